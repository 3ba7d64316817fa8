"""A content file whose fields can be read and changed while all the rest stays as it was written.

Nothing is written anew: the text of what changes is replaced, and afterwards the whole is read
again to see that this changed and nothing else. So comments, quotes, order and lines of everybody
who works on the files by hand are left alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Self

import yaml

from editing import placing, putting
from editing.broken import BrokenYaml
from editing.nodes import compose, plain, same
from editing.order import ordered
from editing.placing import GONE, CannotEdit, Place
from editing.shapes import Key
from editing.splices import Splice, applied, new_list
from editing.writing import as_yaml

__all__ = ["CannotEdit", "Document", "Value", "new"]

type Value = str | int | bool | Sequence[str] | None


class Document:
    """One YAML file."""

    def __init__(self, text: str, root: yaml.Node | None) -> None:
        self._text = text
        self._root = root

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a file.

        Raises:
            BrokenYaml: it cannot be read, or holds no `name: value` lines.
        """
        root = compose(text)
        if root is not None and not isinstance(root, yaml.MappingNode):
            raise BrokenYaml(1, "the file holds no `name: value` lines. Write such lines.")
        return cls(text, root)

    def text(self) -> str:
        """The file as it is now."""
        return self._text

    def value(self, key: Key = ()) -> Any:
        """What stands at a key, in Python's types; None for what is missing."""
        if not key:
            return plain(self._root) or {}
        there = placing.find(self._root, key).there
        return plain(there) if there is not None else None

    def has(self, key: Key) -> bool:
        """Whether something stands at a key, be it nothing more than `null`."""
        return placing.find(self._root, key).there is not None

    def get(self, key: Key) -> str | list[str] | bool | int | None:
        """A text, a list of texts, a number or a flag; None for what is missing or has parts."""
        found = self.value(key)
        if isinstance(found, list):
            simple = all(not isinstance(item, list | dict) for item in found)
            return [str(item) for item in found] if simple else None
        return found if isinstance(found, str | int) else None

    def get_yaml(self, key: Key) -> str:
        """What stands at a key as YAML, its comments with it; empty for what is missing."""
        return putting.cut(self._text, placing.find(self._root, key))

    def line_of(self, key: Key) -> int | None:
        """The line that a key stands on, counted from 1; None for what is missing."""
        place = placing.find(self._root, key)
        node = None if place.there is None else place.name or place.there
        return None if node is None else int(node.start_mark.line) + 1

    def set(self, key: Key, value: Value) -> None:
        """Give a key a value, and the keys above it where they are missing.

        A text stays a text: what YAML would read as something else is put in quotes.

        Raises:
            CannotEdit: the way to the key leads through something that is no list or mapping.
        """
        wanted = (
            list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        )
        place = placing.find(self._root, key)
        old = place.there
        if old is not None and same(plain(old), wanted):
            return
        splices: Sequence[Splice]
        if isinstance(old, yaml.SequenceNode) and isinstance(wanted, list) and _simple(old, wanted):
            splices = new_list(self._text, old, wanted)
        elif isinstance(old, yaml.ScalarNode) and not isinstance(wanted, list):
            splices = putting.new_scalar(self._text, place, wanted)
        else:
            splices = putting.put(self._text, self._root, place, as_yaml(wanted, key[-1]))
        self._change(place, wanted, splices)

    def set_yaml(self, key: Key, body: str) -> None:
        """Give a key a value that is YAML.

        Args:
            key: where; the number after a list's last item adds one.
            body: the value, as `get_yaml` gives it.

        Raises:
            BrokenYaml: it cannot be read; the line is counted in `body`.
            CannotEdit: the way to the key leads through something that is no list or mapping.
        """
        body = body.strip("\n").rstrip()
        node = compose(body)
        if node is None:
            raise BrokenYaml(1, "nothing is written here. Write something, or take the part out.")
        place = placing.find(self._root, key)
        if place.there is not None and body == self.get_yaml(key).rstrip():
            return
        self._change(place, plain(node), putting.put(self._text, self._root, place, body))

    def remove(self, key: Key) -> None:
        """Take a key or an item out, if it is there. Comments above it stay."""
        place = placing.find(self._root, key)
        if place.there is not None:
            self._change(place, GONE, putting.without(self._text, self._root, place))

    def _change(self, place: Place, value: object, splices: Sequence[Splice]) -> None:
        expected = placing.expected(plain(self._root) or {}, place, value)
        line = "\r\n" if "\r\n" in self._text else "\n"
        made = [(begin, stop, put.replace("\n", line)) for begin, stop, put in splices]
        text = applied(self._text, made)
        try:
            root = compose(text)
        except BrokenYaml:
            raise CannotEdit(place.key) from None
        if not same(plain(root) or {}, expected):
            raise CannotEdit(place.key)
        self._text, self._root = text, root


def new(parts: Mapping[str, Any]) -> Document:
    """A new file.

    Args:
        parts: what it holds, in any order; the file has the house's.
    """
    return Document.parse(as_yaml(ordered(parts)) + "\n")


def _simple(old: yaml.SequenceNode, wanted: list[str]) -> bool:
    """Whether it is a list of scalars before and after, and empty at neither time."""
    return bool(old.value and wanted) and all(isinstance(i, yaml.ScalarNode) for i in old.value)
