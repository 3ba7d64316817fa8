"""Finding the place of a key in a YAML text."""

from dataclasses import dataclass, replace
from typing import Any

import yaml

from editing.nodes import plain
from editing.shapes import Key

GONE = object()
"""Stands for a value that is taken out."""


class CannotEdit(ValueError):
    """This part of a file cannot be changed by itself, for how it is written."""

    def __init__(self, key: Key) -> None:
        super().__init__(
            f"`{'.'.join(key)}` cannot be changed here, for how the file is written. "
            "Change the part above it as a whole."
        )
        self.key = key


@dataclass(frozen=True)
class Place:
    """Where a key is, or would be.

    Attributes:
        key: what was looked for.
        way: the names and numbers that lead to what there is of it.
        parent: the list or mapping it is in; None for the file itself.
        name: the node of its name, in a mapping.
        node: its value; for a key under a `null`, that `null`.
        missing: the names that are not there yet, from the one after `way` on.
        blocked: whether something that holds no parts stands in the way.
    """

    key: Key
    way: tuple[str | int, ...] = ()
    parent: yaml.CollectionNode | None = None
    name: yaml.Node | None = None
    node: yaml.Node | None = None
    missing: Key = ()
    blocked: bool = False

    @property
    def there(self) -> yaml.Node | None:
        """The value, if the whole key is there."""
        return None if self.missing else self.node

    @property
    def within(self) -> Key:
        """The missing names that the new value is to be put under, where it is put."""
        return self.missing if self.node is not None else self.missing[1:]

    @property
    def flow(self) -> bool:
        """Whether it is, or would be, between brackets."""
        return self.parent is not None and bool(self.parent.flow_style)


def find(root: yaml.Node | None, key: Key) -> Place:
    """The place of a key under a node."""
    place = Place(key, node=root)
    for number, step in enumerate(key):
        node, rest = place.node, key[number:]
        if not isinstance(node, yaml.CollectionNode):
            blocked = node is not None and plain(node) is not None
            return replace(place, missing=rest, blocked=blocked)
        index = _child(node, step)
        if index is None:
            blocked = isinstance(node, yaml.SequenceNode) and step != str(len(node.value))
            return Place(key, place.way, node, missing=rest, blocked=blocked)
        found = node.value[index]
        name, value = found if isinstance(found, tuple) else (None, found)
        last: str | int = index if name is None else step
        place = Place(key, (*place.way, last), node, name, value)
    return place


def expected(whole: Any, place: Place, value: object) -> Any:
    """What a file is to say once a place has a new value.

    Args:
        whole: what the file says now; it is changed.
        place: where.
        value: the new value; `GONE` takes it out.
    """
    for step in reversed(place.within):
        value = {step: value}
    way: tuple[str | int, ...] = place.way
    if place.node is None:
        listed = isinstance(place.parent, yaml.SequenceNode)
        way = (*way, int(place.missing[0]) if listed else place.missing[0])
    if not way:
        return value
    holder = whole
    for part in way[:-1]:
        holder = holder[part]
    if value is GONE:
        del holder[way[-1]]
    elif isinstance(holder, list) and way[-1] == len(holder):
        holder.append(value)
    else:
        holder[way[-1]] = value
    return whole


def _child(node: yaml.CollectionNode, step: str) -> int | None:
    """The number of a child; of two equal names the last, which is what readers see."""
    if isinstance(node, yaml.MappingNode):
        names = [name.value for name, _ in node.value]
        return len(names) - 1 - names[::-1].index(step) if step in names else None
    for index, item in enumerate(node.value):
        if isinstance(item, yaml.MappingNode) and _id(item) == step:
            return index
    return int(step) if step.isdecimal() and int(step) < len(node.value) else None


def _id(item: yaml.MappingNode) -> str | None:
    return next((value.value for name, value in item.value if name.value == "id"), None)
