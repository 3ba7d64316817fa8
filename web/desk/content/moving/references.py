"""Where the content files name an item: follow-ups, buttons, offers, aspects, sentences. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto

import yaml

from editing.broken import BrokenYaml
from editing.kinds import Kind
from editing.nodes import compose

type Key = tuple[str, ...]

LEARNING = "data/triage/learning/"
# What patients say, and what Dorsi says to them, names nothing by its id.
_SPOKEN = frozenset(
    {"examples", "answer", "reply", "patterns", "words", "must_fire", "must_not_fire", "title"}
)
_SCOPE = "scope"
# Of kinds whose ids are everyday words: the lists in which such a word is an id.
_LISTS: Mapping[Kind, frozenset[str]] = {
    Kind.ACT: frozenset({"buttons"}),
    Kind.SOURCES: frozenset({"sources"}),
    Kind.RED_FLAG: frozenset({"flags", "signs"}),
    Kind.EXERCISE: frozenset(),
}


class How(StrEnum):
    """What a reference is in its file."""

    OWN = auto()
    """The item's own id."""
    ITEM = auto()
    """One of a list."""
    VALUE = auto()
    """What stands behind a name."""
    NAME = auto()
    """A name that has something behind it."""
    MENTION = auto()
    """A word of a sentence."""


@dataclass(frozen=True)
class Reference:
    """A place that names an item.

    Attributes:
        path: the file.
        key: the way to it; items of lists by their place, from "0" on. Of a `NAME` it ends with it.
        how: what it is there.
        start: where it begins in the file, in characters.
        end: where the file goes on.
    """

    path: str
    key: Key
    how: How
    start: int
    end: int


def references(kind: Kind, id: str, files: Mapping[str, str]) -> list[Reference]:
    """All places that name an item, its own file's id among them.

    Args:
        kind: the item's.
        id: what it is called.
        files: the texts of the content files by their paths.
    """
    found: list[Reference] = []
    for path in sorted(files):
        # Reading a file takes long, and most do not even hold the letters.
        if id in files[path]:
            found += _in_file(kind, id, path, files[path])
    return found


def _in_file(kind: Kind, id: str, path: str, text: str) -> Iterator[Reference]:
    try:
        root = compose(text)
    except BrokenYaml:
        return
    named = named_pattern(id)
    for key, how, node in _scalars(root, ()):
        said = str(node.value)
        if _SPOKEN.intersection(key):
            continue
        if key[-1:] == (_SCOPE,) and kind is Kind.TOPIC:
            if named.search(said):
                yield _reference(path, key, How.MENTION, node)
        elif key == ("id",) and said == id and path.endswith(f"/{id}.yml"):
            yield _reference(path, key, How.OWN, node)
        elif _names(kind, id, path, key, how, said):
            yield _reference(path, key, how, node)


def named_pattern(id: str) -> re.Pattern[str]:
    """What finds an id in a sentence, and not in an address or a longer id."""
    return re.compile(rf"(?<![\w./-]){re.escape(id)}(?![\w/-])")


def _names(kind: Kind, id: str, path: str, key: Key, how: How, said: str) -> bool:
    if kind is Kind.TOPIC:
        # No other word has a family, a slash and a name.
        return said == id
    if kind is Kind.RED_FLAG and path.startswith(LEARNING):
        return how is How.NAME and len(key) == 1 and said.partition(":")[0] == id
    if how is not How.ITEM or key[-2] not in _LISTS[kind]:
        return False
    # "dvt.swollen_leg" is a sign of the red flag dvt.
    return said == id or (kind is Kind.RED_FLAG and said.partition(".")[0] == id)


def _scalars(node: yaml.Node | None, key: Key) -> Iterator[tuple[Key, How, yaml.ScalarNode]]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            here = (*key, str(name.value))
            yield here, How.NAME, name
            if isinstance(value, yaml.ScalarNode):
                yield here, How.VALUE, value
            else:
                yield from _scalars(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            here = (*key, str(index))
            if isinstance(value, yaml.ScalarNode):
                yield here, How.ITEM, value
            else:
                yield from _scalars(value, here)


def _reference(path: str, key: Key, how: How, node: yaml.ScalarNode) -> Reference:
    return Reference(path, key, how, node.start_mark.index, node.end_mark.index)
