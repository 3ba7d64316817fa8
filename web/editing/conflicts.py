"""What comes of two changes: what is to be changed, and what somebody has to choose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from editing.documents import Document
from editing.shapes import Key

WHOLE: Key = ()
"""The key of a whole file."""


@dataclass(frozen=True)
class Conflict:
    """A field that both sides changed in different ways.

    Attributes:
        path: the file.
        key: the field; empty for the whole file.
        label: what the field is called.
        base: what stood there before either changed it, as YAML; None for nothing.
        ours: what stands there on our side.
        theirs: what stands there on their side.
        said: what happened, in one sentence.
    """

    path: str
    key: Key
    label: str
    base: str | None
    ours: str | None
    theirs: str | None
    said: str


@dataclass(frozen=True)
class Merged:
    """What comes of two changes.

    Attributes:
        changes: what is to be changed on our side, by path; None takes a file away.
        conflicts: what somebody has to decide; until then our side stands.
        lost: remarks that found no place where they were and stand at a file's end, in words.
    """

    changes: Mapping[str, str | None] = field(default_factory=dict)
    conflicts: Sequence[Conflict] = ()
    lost: Sequence[str] = ()


@dataclass(frozen=True)
class Choice:
    """How a conflict is settled: with theirs, or with a YAML of somebody's own; else with ours."""

    theirs: bool = False
    own: str | None = None


def settled(text: str | None, conflict: Conflict, choice: Choice) -> str | None:
    """A file's text with one conflict settled.

    Raises:
        BrokenYaml: what somebody wrote cannot be read.
    """
    wanted = choice.own
    if wanted is None:
        if not choice.theirs:
            return text
        wanted = conflict.theirs
    if conflict.key == WHOLE or text is None:
        return wanted
    document = Document.parse(text)
    if wanted is None:
        document.remove(conflict.key)
    else:
        document.set_yaml(conflict.key, wanted)
    return document.text()


def in_words(label: str, ours: str | None, theirs: str | None) -> str:
    """What two did to a field, in one sentence."""
    if theirs is None:
        return f"{label}: changed here, and taken away there."
    if ours is None:
        return f"{label}: taken away here, and changed there."
    return f"{label}: both changed it, in different ways."


def conflicts_by_file(conflicts: Sequence[Conflict]) -> Iterator[tuple[str, Sequence[Conflict]]]:
    """The conflicts of each file, in the order of the files."""
    for path in sorted({conflict.path for conflict in conflicts}):
        yield path, [conflict for conflict in conflicts if conflict.path == path]
