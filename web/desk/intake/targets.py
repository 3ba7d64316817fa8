"""What a sentence may become an example of, and where in the content that stands. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desk.catalogue import Catalogue
from records.words import Level


class Aim(StrEnum):
    """What an example teaches."""

    TOPIC = "topic"
    """It asks for a topic, or is a move of conversation, such as a greeting."""
    FIRES = "must_fire"
    """It has to raise a red flag."""
    SPARES = "must_not_fire"
    """It must not raise one."""


LEVELS = {
    level.word: f"{level.word}: {words}"
    for level, words in (
        (Level.EMERGENCY, "call for help now"),
        (Level.URGENT, "get help today"),
        (Level.SOON, "see somebody soon"),
    )
}
"""The groups of examples that have to raise a red flag: by how urgent they are."""
REASONS: Mapping[str, str] = {
    "negated": "it is denied: “no chest pain”",
    "past": "it was long ago",
    "relative": "it is about somebody else\u2019s past",
    "information": "it asks what something is",
    "hypothetical": "it asks what if",
    "idiom": "it is only a way of speaking",
    "everyday": "it is about something harmless",
    "unchanged": "it has been so for long",
}
"""The groups of those that must not: by why."""
_PARTS = " "


class NoTarget(ValueError):
    """What was chosen is nothing that takes examples; the text says what to mend."""


@dataclass(frozen=True)
class Target:
    """What an example is for.

    Attributes:
        aim: what it teaches.
        id: the topic's, act's or red flag's.
        group: of a red flag's examples, the level or the reason.
        is_act: whether it is a move of conversation and no topic.
    """

    aim: Aim
    id: str
    group: str = ""
    is_act: bool = False

    @property
    def path(self) -> str:
        """The file of the content."""
        if self.aim is not Aim.TOPIC:
            return f"data/red_flags/{self.id}.yml"
        return f"data/{'conversation' if self.is_act else 'topics'}/{self.id}.yml"

    @property
    def key(self) -> tuple[str, ...]:
        """Where in the file its examples stand."""
        return ("examples",) if self.aim is Aim.TOPIC else (str(self.aim), self.group)

    @property
    def kept(self) -> str:
        """How the database names it: the id; for a red flag also what it is an example of."""
        if self.aim is Aim.TOPIC:
            return self.id
        return _PARTS.join((self.id, self.aim, self.group))

    def said(self, catalogue: Catalogue) -> str:
        """In words."""
        if self.aim is Aim.TOPIC:
            return catalogue.title(self.id)
        raises = "must raise" if self.aim is Aim.FIRES else "must not raise"
        return f"{raises} “{catalogue.flag(self.id)}” ({self.group})"


def read(kept: str, catalogue: Catalogue) -> Target:
    """A target by the name that the database has for it."""
    id, *rest = kept.split(_PARTS)
    if len(rest) == 2 and rest[0] in list(Aim):
        return Target(Aim(rest[0]), id, rest[1])
    return Target(Aim.TOPIC, id, is_act=id in catalogue.acts)


def chosen(fields: Mapping[str, str], catalogue: Catalogue) -> Target:
    """The target that a form names.

    Args:
        fields: `aim`; `topic`, by its id or its title; `flag`, the same; `level` and `why`.
        catalogue: what there is.

    Raises:
        NoTarget: it names none.
    """
    aim = fields.get("aim", Aim.TOPIC)
    if aim not in list(Aim):
        raise NoTarget("Choose what the sentence is an example of.")
    if aim == Aim.TOPIC:
        topic = _named(fields.get("topic", ""), {**catalogue.acts, **catalogue.topics}, "topic")
        return Target(Aim.TOPIC, topic, is_act=topic not in catalogue.topics)
    titles = {id: flag.title for id, flag in catalogue.flags.items()}
    flag = _named(fields.get("flag", ""), titles, "red flag")
    if aim == Aim.FIRES:
        level = fields.get("level") or catalogue.flags[flag].level.word
        if level not in LEVELS:
            raise NoTarget("Choose how urgent the sentence is.")
        return Target(Aim.FIRES, flag, level)
    if fields.get("why") not in REASONS:
        raise NoTarget("Choose why the sentence must not raise the red flag.")
    return Target(Aim.SPARES, flag, fields["why"])


def _named(typed: str, titles: Mapping[str, str], what: str) -> str:
    """An id, given it or the title that only one has."""
    wanted = typed.strip()
    if not wanted:
        raise NoTarget(f"Choose the {what}.")
    if wanted in titles:
        return wanted
    found = [id for id, title in titles.items() if title.lower() == wanted.lower()]
    if len(found) != 1:
        raise NoTarget(f"There is no {what} of that name. Choose one of the list.")
    return found[0]
