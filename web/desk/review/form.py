"""The form of a verdict: what it may say, and reading it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.catalogue import Catalogue
from records.words import INCIDENTS, Ruling

MAX_COMMENT = 2000

RULINGS: Mapping[Ruling, str] = {
    Ruling.RIGHT: "Right",
    Ruling.WRONG_TOPIC: "Wrong topic",
    Ruling.SHOULD_HAVE_ESCALATED: "Should have escalated",
    Ruling.SHOULD_NOT_HAVE_ESCALATED: "Should not have escalated",
    Ruling.UNCLEAR_ANSWER: "Unclear answer",
    Ruling.NEW_TOPIC_NEEDED: "New topic needed",
}


class Wrong(ValueError):
    """What was filled in cannot be taken; the text says what to mend."""


@dataclass(frozen=True)
class Judgement:
    """What a reviewer says of a turn."""

    ruling: Ruling
    topic: str | None = None
    flag: str | None = None
    comment: str = ""


@dataclass(frozen=True)
class Filled:
    """What somebody filled in, to be shown again where it has to be mended."""

    topic: str = ""
    flag: str = ""
    comment: str = ""


def read(fields: Mapping[str, str], catalogue: Catalogue) -> Judgement:
    """The verdict that a form gives.

    Args:
        fields: `verdict`, `topic`, `flag` and `comment`; each may be missing.
        catalogue: the topics and flags there are.

    Raises:
        Wrong: it cannot be taken.
    """
    if fields.get("verdict") not in list(Ruling):
        raise Wrong("Please choose one of the verdicts.")
    ruling = Ruling(fields["verdict"])
    comment = fields.get("comment", "").strip()
    if len(comment) > MAX_COMMENT:
        raise Wrong(f"Please keep the comment to {MAX_COMMENT} characters.")
    if ruling in INCIDENTS:
        if not comment:
            raise Wrong("Please say in a comment what went wrong: it opens a safety incident.")
        return Judgement(ruling, flag=_flag(fields.get("flag", ""), catalogue), comment=comment)
    topic = _topic(fields.get("topic", ""), catalogue) if ruling is Ruling.WRONG_TOPIC else None
    return Judgement(ruling, topic=topic, comment=comment)


def _topic(given: str, catalogue: Catalogue) -> str:
    """A topic, by its id or by its title."""
    wanted = given.strip()
    if not wanted:
        raise Wrong("Please say which topic is the right one.")
    if wanted in catalogue.topics:
        return wanted
    if (titled := _titled(wanted, catalogue.topics)) is None:
        raise Wrong("There is no topic of that name. Please choose one of the list.")
    return titled


def _flag(given: str, catalogue: Catalogue) -> str | None:
    """A red flag, by its id or by its title; None where nobody says which."""
    wanted = given.strip()
    if not wanted or wanted in catalogue.flags:
        return wanted or None
    titles = {id: flag.title for id, flag in catalogue.flags.items()}
    if (titled := _titled(wanted, titles)) is None:
        raise Wrong("There is no red flag of that name. Please choose one of the list.")
    return titled


def _titled(wanted: str, titles: Mapping[str, str]) -> str | None:
    """The id of the only one with that title; None if there is none or more."""
    found = [id for id, title in titles.items() if title.lower() == wanted.lower()]
    return found[0] if len(found) == 1 else None
