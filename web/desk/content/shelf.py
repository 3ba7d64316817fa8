"""All content there is to read and change: every item, by what its file holds.

A file is one item, but for those that hold many: texts, regions and sources, each an item of its
own. Files are read anew only where they have changed.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from desk.content.bodies import body
from editing.broken import BrokenYaml
from editing.kinds import kind_of
from editing.shapes import Kind
from editing.values import load

log = logging.getLogger(__name__)

FOLDER = "data"
FAMILIES = f"{FOLDER}/families.yml"
FACTS = f"{FOLDER}/facts.yml"
# Where the parts of a file that holds many stand in it.
PARTED: Mapping[Kind, tuple[str, ...]] = {
    Kind.TEXTS: ("texts",),
    Kind.REGIONS: (),
    Kind.SOURCES: (),
}
_FILES_KEPT = 1000
_UNREADABLE = (BrokenYaml, LookupError, TypeError, ValueError, AttributeError)
_MISSHAPEN = "It does not hold what such a file has to hold."


class Files(Protocol):
    """The content's files at one moment, such as a commit's."""

    def paths(self, under: str = "") -> Sequence[str]:
        """The files in a folder, and below."""

    def read(self, path: str) -> str | None:
        """A file's text; None where there is none."""


@dataclass(frozen=True)
class Item:
    """One thing that Dorsi says or knows.

    Attributes:
        kind: what it is.
        id: its name among its kind.
        path: its file.
        title: what staff call it.
        body: what the file has of it.
        part: its name in a file that holds many; empty where the file is its own.
        text: all that it holds, a line for each of its texts.
    """

    kind: Kind
    id: str
    path: str
    title: str
    body: Mapping[str, Any] = field(repr=False, hash=False)
    part: str = ""
    text: str = field(default="", repr=False, compare=False)

    @property
    def family(self) -> str:
        """The family of a topic."""
        return self.id.partition("/")[0] if self.kind is Kind.TOPIC else ""

    @property
    def examples(self) -> int | None:
        """How many messages of patients it has; None for what has none."""
        counted = [self.body[name] for name in _MESSAGES if name in self.body]
        return sum(map(_how_many, counted)) if counted else None

    @property
    def review_due(self) -> str:
        """The day its review is due; empty where it has none."""
        return str(self.body.get("review_due", ""))

    @property
    def address(self) -> str:
        """Its page at the desk."""
        return f"/content/{self.kind}/{self.id}"


# Where messages as patients type them stand.
_MESSAGES = ("examples", "also_known_as", "must_fire", "must_not_fire")


@dataclass(frozen=True)
class Shelf:
    """All items, in the order of their files.

    Attributes:
        items: by kind and id.
        families: titles of the topics' families, by their ids, in the order of the file.
        facts: what Dorsi must be able to say, by its ids.
        broken: files that cannot be read, each with why.
    """

    items: Mapping[tuple[Kind, str], Item]
    families: Mapping[str, str]
    facts: Mapping[str, str]
    broken: Mapping[str, str]

    def of(self, kind: Kind) -> list[Item]:
        """The items of a kind."""
        return [item for item in self.items.values() if item.kind is kind]

    def at(self, path: str, part: str = "") -> Item | None:
        """The item of a file, or of a part of one."""
        found = (one for one in self.items.values() if (one.path, one.part) == (path, part))
        return next(found, None)

    def title(self, id: str) -> str:
        """The title of a topic or an act by its id; empty where there is none."""
        found = self.items.get((Kind.TOPIC, id)) or self.items.get((Kind.ACT, id))
        return found.title if found else ""


def read(files: Files) -> Shelf:
    """What there is in files; one that cannot be read is named, and the rest is there."""
    found: dict[tuple[Kind, str], Item] = {}
    broken: dict[str, str] = {}
    for path in sorted(path for path in files.paths(FOLDER) if kind_of(path)):
        try:
            held = _by_id(files, path)
        except _UNREADABLE as error:
            _log(error)
            broken[path] = str(error) if isinstance(error, BrokenYaml) else _MISSHAPEN
        else:
            found.update(held)
            if not held:
                broken[path] = _MISSHAPEN
    families, groups = _mapping(files, FAMILIES), _mapping(files, FACTS)
    known = [group for group in groups.values() if isinstance(group, dict)]
    facts = {str(id): str(said) for group in known for id, said in group.items()}
    return Shelf(found, {id: str(title) for id, title in families.items()}, facts, broken)


def items(files: Files, path: str) -> Mapping[tuple[Kind, str], Item]:
    """The items of a file; none where it cannot be read."""
    try:
        return _by_id(files, path)
    except _UNREADABLE as error:
        _log(error)
        return {}


def _by_id(files: Files, path: str) -> Mapping[tuple[Kind, str], Item]:
    return {(one.kind, one.id): one for one in _items(path, files.read(path) or "")}


def _log(error: Exception) -> None:
    log.warning("a content file cannot be read", extra={"reason": type(error).__name__})


def _mapping(files: Files, path: str) -> Mapping[str, Any]:
    try:
        return body(files.read(path) or "")
    except BrokenYaml:
        return {}


@lru_cache(maxsize=_FILES_KEPT)
def _items(path: str, text: str) -> Sequence[Item]:
    kind = kind_of(path)
    assert kind is not None
    held = load(text)
    if kind not in PARTED:
        return [_item(kind, path, held)]
    for name in PARTED[kind]:
        held = held[name]
    return [_part(kind, path, str(name), dict(part)) for name, part in held.items()]


def _item(kind: Kind, path: str, body: Mapping[str, Any]) -> Item:
    id = str(body.get("id") or path.rpartition("/")[2].removesuffix(".yml"))
    title = str(body.get("title") or body.get("name") or _in_words(id))
    return Item(kind, id, path, title, body, text=_text(id, body))


def _part(kind: Kind, path: str, name: str, body: Mapping[str, Any]) -> Item:
    title = str(body.get("title") or body.get("name") or _in_words(name))
    return Item(kind, name, path, title, body, part=name, text=_text(name, body))


def _in_words(id: str) -> str:
    return id.replace("_", " ").capitalize()


def _text(id: str, body: object) -> str:
    return "\n".join([id, *_texts(body)])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for held in value.values():
            yield from _texts(held)
    elif isinstance(value, list):
        for held in value:
            yield from _texts(held)
    else:
        yield str(value)


def _how_many(value: object) -> int:
    if isinstance(value, Mapping):
        return sum(map(_how_many, value.values()))
    return len(value) if isinstance(value, list) else 0
