"""One item as staff understand it: each field under its label, ids as what they stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desk.content.shelf import Item, Shelf
from editing.shapes import Field, Key, Kind, Shape

FEW = 12
"""A longer list of lines is folded."""


@dataclass(frozen=True)
class Reference:
    """What an id stands for; `href` is empty where the desk has no page of it."""

    id: str
    title: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Passage:
    """One field with what it holds.

    Attributes:
        label: what the field is called.
        shape: how it is shown.
        value: a text, a list of texts or whatever YAML holds.
        references: for `Shape.IDS`, what each stands for.
    """

    label: str
    shape: Shape
    value: Any
    references: Sequence[Reference] = ()

    @property
    def folded(self) -> bool:
        """Whether the list is long."""
        return self.shape is Shape.LINES and len(self.value) > FEW


def passages(fields: Sequence[Field], body: Any, shelf: Shelf) -> list[Passage]:
    """What fields hold; those that hold nothing are left out.

    Args:
        fields: the fields.
        body: the whole file, in Python's types.
        shelf: where ids are looked up.
    """
    found = []
    for field in fields:
        value = at(body, field.key)
        if value is None or value in ("", [], {}):
            continue
        ids = value if field.shape is Shape.IDS and isinstance(value, list) else []
        meant = [reference(field.key[-1], str(id), shelf) for id in ids]
        found.append(Passage(field.label, field.shape, value, meant))
    return found


def reference(field: str, id: str, shelf: Shelf) -> Reference:
    """What an id stands for.

    Args:
        field: the last name of the key it was found under, such as `sources`.
        id: the id.
        shelf: where it is looked up.
    """
    if field == "facts":
        return Reference(id, shelf.facts.get(id, id))
    for kind in _KINDS.get(field, _SPEAKERS):
        if (item := shelf.items.get((kind, id))) is not None:
            return Reference(id, item.title, item.address, _note(item))
    return Reference(id, id)


def at(body: Any, key: Key) -> Any:
    """What stands at a key; an item of a list is named by its place or its `id`."""
    for name in key:
        if isinstance(body, Mapping):
            body = body.get(name)
        elif isinstance(body, list):
            body = _of_list(body, name)
        else:
            return None
    return body


_SPEAKERS = (Kind.TOPIC, Kind.ACT)
_KINDS = {"sources": (Kind.SOURCES,), "flags": (Kind.RED_FLAG,)}


def _of_list(items: Sequence[Any], name: str) -> Any:
    named = (item for item in items if isinstance(item, Mapping) and item.get("id") == name)
    placed = items[int(name)] if name.isdecimal() and int(name) < len(items) else None
    return next(named, placed)


def _note(item: Item) -> str:
    publisher = str(item.body.get("publisher", ""))
    doubt = "not opened yet" if item.body.get("verified") is False else ""
    return ", ".join(filter(None, (publisher, doubt)))
