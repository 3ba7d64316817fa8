"""What the checks say of a form, each finding beside the field it belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desk.content.forms.filling import Filled
from desk.content.forms.placing import field_at, key_at
from editing.shapes import Field, Key, Shape

ERROR = "error"
_QUOTED = 40
_MEASURED = frozenset({Shape.TEXT, Shape.PARAGRAPHS})


class Finding(Protocol):
    """One thing that a check found."""

    @property
    def path(self) -> str:
        """The file."""

    @property
    def line(self) -> int:
        """Where in it, from 1."""

    @property
    def severity(self) -> str:
        """`error` for what has to be mended."""

    @property
    def wrong(self) -> str:
        """What is wrong."""

    @property
    def mend(self) -> str:
        """What to do."""


class Measured(Protocol):
    """How long and how hard a text is."""

    @property
    def grade(self) -> float:
        """The reading grade."""

    @property
    def words(self) -> int:
        """How many words."""

    @property
    def hard(self) -> Sequence[str]:
        """The words that make it hard."""


@dataclass(frozen=True)
class Said:
    """A finding as a page shows it; `where` says which of a field's texts it is on."""

    wrong: str
    mend: str
    bad: bool
    where: str = ""


@dataclass(frozen=True)
class Checked:
    """Whether the checks looked at the form, and why they could not."""

    done: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Sorted:
    """Findings by field; those of no field of the form are `elsewhere`."""

    found: Mapping[Key, Sequence[Said]]
    elsewhere: Sequence[Said]


NOTHING = Sorted({}, [])
NOT_YET = Checked()


def beside(
    findings: Sequence[Finding], path: str, text: str, fields: Sequence[Field], shown: set[Key]
) -> Sorted:
    """Findings, each put to its field.

    Args:
        findings: what was found.
        path: the file that the form is of.
        text: that file as it was looked at.
        fields: all fields of the file.
        shown: the keys of those that the form has.
    """
    by_key = {field.key: field for field in fields}
    found: dict[Key, list[Said]] = {}
    elsewhere = []
    for one in findings:
        at = key_at(text, one.line) if one.path == path else ()
        key = field_at(at, list(by_key))
        said = Said(_sentence(one.wrong), one.mend, one.severity == ERROR)
        if one.path != path:
            elsewhere.append(_on(said, f"In {one.path}"))
        elif key is None:
            elsewhere.append(_on(said, f"Line {one.line} of the file" if at else ""))
        elif key not in shown:
            elsewhere.append(_on(said, f"In “{by_key[key].label}”"))
        else:
            rest = at[len(key) :]
            where = _within(by_key[key].shape, rest, one.line, text)
            found.setdefault(key, []).append(_on(said, where))
    return Sorted(found, elsewhere)


def texts(fields: Sequence[Filled]) -> dict[str, str]:
    """The texts whose length and grade are shown, by the id of what they are typed into."""
    return {
        box_id(field, number): text
        for field in fields
        if field.field.shape in _MEASURED
        for number, text in enumerate(field.boxes)
    }


def box_id(field: Filled, number: int) -> str:
    """What an input of a field is called on its page, counted from 0."""
    return field.id if number == 0 else f"{field.id}-{number + 1}"


def size(measured: Measured | None, text: str) -> str:
    """How long and how hard a text is, in words; without a measure, its length alone."""
    words = measured.words if measured else len(text.split())
    if not words:
        return ""
    said = f"{words} word{'' if words == 1 else 's'}"
    if measured:
        said += f", reading grade {measured.grade:.1f}"
        if measured.hard:
            said += f". Long words: {', '.join(measured.hard)}"
    return said


def _sentence(text: str) -> str:
    """A finding as it stands by itself: the lint's go on from the name of a file."""
    begun = text[:1].upper() + text[1:]
    return begun if begun.endswith((".", "?", "!")) else f"{begun}."


def _on(said: Said, where: str) -> Said:
    return Said(said.wrong, said.mend, said.bad, where)


def _within(shape: Shape, rest: Key, line: int, text: str) -> str:
    """Which of a field's texts a finding is on."""
    number = int(rest[0]) + 1 if rest and rest[0].isdecimal() else 0
    if shape is Shape.PARAGRAPHS and number:
        return f"Message {number}"
    if shape is Shape.LINES and number:
        typed = text.split("\n")[line - 1].strip().removeprefix("- ")
        quoted = typed if len(typed) <= _QUOTED else typed[: _QUOTED - 1] + "…"
        return f"Line {number}, {quoted}"
    if shape is Shape.YAML and rest:
        return ", ".join(str(int(one) + 1) if one.isdecimal() else one for one in rest)
    return ""
