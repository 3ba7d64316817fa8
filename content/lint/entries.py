"""What an editor owns, thing by thing, with the place of each of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from content.lint.documents import Document
from content.lint.problems import Place


class Text(NamedTuple):
    """Words somebody wrote, and where they stand."""

    words: str
    place: Place


@dataclass(frozen=True)
class Entry:
    """One thing an editor owns: a topic, an act, an aspect, a text, a region or a source.

    What has the wrong type is left out here; the schema names it.
    """

    id: str
    document: Document
    steps: tuple[str, ...] = ()

    @property
    def body(self) -> Mapping[str, Any]:
        """Its fields."""
        body: Any = self.document.content
        for step in self.steps:
            body = body.get(step)
        return body if isinstance(body, dict) else {}

    def place(self, *steps: str | int) -> Place:
        """Where it stands, or one of its fields."""
        return self.document.place(*self.steps, *steps)

    def text(self, name: str) -> Text | None:
        """The text of a field, if it has one."""
        value = self.body.get(name)
        return Text(value, self.place(name)) if isinstance(value, str) else None

    def items(self, name: str) -> list[Any]:
        """What a field's list holds; nothing for a field without one."""
        items = self.body.get(name)
        return items if isinstance(items, list) else []

    def texts(self, name: str) -> list[Text]:
        """The texts of a field that holds a list."""
        return [
            Text(item, self.place(name, index))
            for index, item in enumerate(self.items(name))
            if isinstance(item, str)
        ]


class Listing(dict[str, Entry]):
    """Entries by id.

    Attributes:
        path: the file or folder they are in, as shown to the editor.
        complete: false when something there could not be read: what seems to lack may be in it.
    """

    def __init__(self, entries: Mapping[str, Entry], path: str, complete: bool = True) -> None:
        """Hold ``entries``."""
        super().__init__(entries)
        self.path = path
        self.complete = complete
