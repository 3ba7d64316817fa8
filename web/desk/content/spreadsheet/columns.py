"""Which columns a kind of content has, and which fields of an item stand in them. Pure."""

from collections.abc import Callable, Mapping, Sequence

from desk.content.shelf import PARTED, Item
from editing.documents import Document
from editing.kinds import fields
from editing.shapes import Field, Key, Kind, Shape

MADE_OF = "made_of"
"""The column with the commit that a row was made of."""
KINDS = (
    Kind.TOPIC,
    Kind.ACT,
    Kind.TEXTS,
    Kind.EXERCISE,
    Kind.RED_FLAG,
    Kind.REGIONS,
    Kind.SOURCES,
)
"""The kinds that a spreadsheet can have: those of which there are many."""
_ID = ("id",)


class Columns:
    """The columns of some items of a kind.

    Parts with a shape of their own, such as steps and patterns, have none: they need their forms.

    Args:
        items: what they are of.
        document: the file of a path.

    Attributes:
        names: all columns that any of the items needs, in the order of their forms.
    """

    def __init__(self, items: Sequence[Item], document: Callable[[str], Document]) -> None:
        kinds = {item.path: item.kind for item in items}
        # Once a file: some hold hundreds of items, and each takes a look at all of it.
        found = {path: fields(kind, document(path)) for path, kind in kinds.items()}
        self._of = {(item.path, item.part): _named(found[item.path], _way(item)) for item in items}
        self.names = list(dict.fromkeys(name for each in self._of.values() for name in each))

    def of(self, item: Item) -> Mapping[str, Field]:
        """The fields of an item by the names of their columns."""
        return self._of[item.path, item.part]


def chosen(items: Sequence[Item], family: str = "") -> list[Item]:
    """The items of one family of topics; all where none is named."""
    return [one for one in items if not family or one.family == family]


def _named(found: Sequence[Field], way: Key) -> dict[str, Field]:
    return {
        ".".join(field.key[len(way) :]): field
        for field in found
        if field.key[: len(way)] == way and field.key != _ID and field.shape is not Shape.YAML
    }


def _way(item: Item) -> Key:
    """The way to an item in its file; empty where the file is its own."""
    return (*PARTED[item.kind], item.part) if item.kind in PARTED else ()
