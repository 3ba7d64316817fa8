"""Parts of a file that hold fields of their own, opened up so that each of these has its input.

A step of an exercise, a number of a region, an answer of the safety check: what would be a box of
YAML becomes groups of fields. A list has a group for each item and an empty one for another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from editing.shapes import Field, Key, Kind, Shape

_PATTERNS = "One pattern a line, in the notation of the red flags; see docs/red_flags.md."


@dataclass(frozen=True)
class Group:
    """Fields that belong together, under a title.

    Attributes:
        key: where they stand; for an item of a list its number is the last name.
        title: what it is called.
        many: how many items its list has; None where it is no list.
    """

    key: Key
    title: str
    many: int | None = None

    @property
    def name(self) -> str:
        """What it is called in a form."""
        return ".".join(quote(part, safe="") for part in self.key)

    @property
    def place(self) -> int:
        """Which item of its list it is, from 1."""
        return int(self.key[-1]) + 1

    @property
    def is_new(self) -> bool:
        """Whether it stands for an item that is not there yet."""
        return self.many is not None and self.place > self.many


@dataclass(frozen=True)
class Opened:
    """A field, and the group it is in."""

    field: Field
    group: Group | None = None


@dataclass(frozen=True)
class _Sub:
    """One field of a group."""

    name: str
    label: str
    help: str
    shape: Shape
    required: bool = True
    choices: tuple[str, ...] = ()

    def at(self, key: Key, *, required: bool = True) -> Field:
        # A tick is never left open: what is not ticked is a no.
        needed = self.required and (required or self.shape is Shape.FLAG)
        return Field((*key, self.name), self.label, self.help, self.shape, needed, self.choices)


_DOSE = (
    _Sub("repetitions", "How often", "A number, or [least, most].", Shape.YAML, False),
    _Sub("seconds", "Seconds", "A number, or [least, most].", Shape.YAML, False),
)
_POSITIONS = ("seated", "standing", "lying")
_VARIANT = (
    _Sub("say", "What the coach says", "How it is done in this way.", Shape.TEXT),
    _Sub("dose", "Dose", "If it is another one: repetitions: 5", Shape.YAML, False),
    _Sub("position", "Position", "If it is another one.", Shape.CHOICE, False, _POSITIONS),
)
_STEP = (
    _Sub("say", "What the coach says", "One idea; write {repetitions}, {seconds}.", Shape.TEXT),
    _Sub("explain", "In more words", "Said when somebody asks.", Shape.TEXT),
    _Sub("shows", "The picture in words", "All that who does not see it has.", Shape.TEXT),
    _Sub("counts", "Counts", "repetitions, seconds or both, if the step does.", Shape.IDS, False),
)
_LINE = (
    _Sub("name", "Name", "What the line is called.", Shape.LINE),
    _Sub("number", "Number", "As its own page has it. A wrong number costs lives.", Shape.LINE),
)
_SOURCE = (
    _Sub("title", "Title", "What the page is called.", Shape.LINE),
    _Sub("publisher", "Publisher", "Who published it.", Shape.LINE),
    _Sub("url", "Address", "The whole of it, from https:// on.", Shape.LINE),
    _Sub("verified", "Opened, and it says so", "Tick it only if you opened it.", Shape.FLAG),
    _Sub("opened", "Opened on", "The day.", Shape.DATE, False),
)
_LEVELS = ("emergency", "urgent", "soon")
_ANSWER = (
    _Sub("level", "Level", "How soon somebody needs help then.", Shape.CHOICE, False, _LEVELS),
    _Sub("reason", "Why", "Said to the patient, in one sentence.", Shape.TEXT, False),
    _Sub("say", "For the telephone", "What the patient told, in words.", Shape.TEXT, False),
    _Sub("flags", "Red flags", "Ids of the red flags that it stands for.", Shape.IDS, False),
    _Sub("signs", "Signs", "Signs that it stands for: flag.sign", Shape.IDS, False),
    _Sub("onset", "Asks since when", "Whether a time is part of it.", Shape.FLAG, False),
    _Sub("ignore", "Left out", "What a message may not be, such as past.", Shape.IDS, False),
    _Sub("patterns", "Patterns", _PATTERNS, Shape.LINES, False),
)

# The lists of groups, and what an item of each is called, by kind and last name of the key.
_LISTS: Mapping[tuple[Kind, str], tuple[str, Sequence[_Sub]]] = {
    (Kind.EXERCISE, "steps"): ("Step", _STEP),
    (Kind.REGIONS, "crisis_lines"): ("Crisis line", _LINE),
    (Kind.REGIONS, "sources"): ("Page of the numbers", _SOURCE),
}
# Parts with fields of their own, and parts that hold such parts by name.
_PARTS: Mapping[tuple[Kind, str], Sequence[_Sub]] = {(Kind.EXERCISE, "dose"): _DOSE}
_NAMED: Mapping[tuple[Kind, str], tuple[Sequence[str], Sequence[_Sub]]] = {
    (Kind.EXERCISE, "variants"): (("easier", "harder"), _VARIANT),
    (Kind.SAFETY_CHECK, "answers"): ((), _ANSWER),
}


def opened(kind: Kind, fields: Sequence[Field], body: Any) -> list[Opened]:
    """The fields with their parts opened up; what cannot be is left a box of YAML.

    Args:
        kind: the kind of the file.
        fields: its fields.
        body: by key, what the file holds in Python's types.
    """
    return [one for field in fields for one in _opened(kind, field, body(field.key))]


def _opened(kind: Kind, field: Field, value: Any) -> Iterator[Opened]:
    which = (kind, field.key[-1])
    if field.shape is not Shape.YAML:
        yield Opened(field)
    elif which in _LISTS and _is_list_of_parts(value):
        yield from _list(field, value or [], *_LISTS[which])
    elif which in _PARTS and isinstance(value, Mapping):
        group = Group(field.key, field.label)
        yield from (Opened(sub.at(field.key), group) for sub in _PARTS[which])
    elif which in _NAMED and isinstance(value, Mapping):
        yield from _named(field, value, *_NAMED[which])
    else:
        yield Opened(field)


def _list(field: Field, value: Sequence[Any], one: str, subs: Sequence[_Sub]) -> Iterator[Opened]:
    for number in range(len(value) + 1):
        is_new = number == len(value)
        title = f"One more: {one.lower()}" if is_new else f"{one} {number + 1}"
        group = Group((*field.key, str(number)), title, len(value))
        for sub in subs:
            yield Opened(sub.at(group.key, required=not is_new), group)


def _named(
    field: Field, value: Mapping[str, Any], names: Sequence[str], subs: Sequence[_Sub]
) -> Iterator[Opened]:
    for name in dict.fromkeys((*value, *names)):
        group = Group((*field.key, name), f"{field.label}: {name}")
        for sub in subs:
            yield Opened(sub.at(group.key, required=name in value), group)


def _is_list_of_parts(value: Any) -> bool:
    return value is None or (
        isinstance(value, list) and all(isinstance(item, Mapping) for item in value)
    )
