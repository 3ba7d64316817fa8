"""Two changes of one file put together, field by field."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from editing import lists
from editing.broken import BrokenYaml
from editing.comments import comments
from editing.conflicts import WHOLE, Choice, Conflict, in_words, settled
from editing.documents import CannotEdit, Document
from editing.labels import label_of, shape_of
from editing.nodes import same
from editing.shapes import Key, Shape


def join(
    path: str, base: Document, ours: Document, theirs: Document
) -> tuple[str, Sequence[Conflict]]:
    """The text of one side with what the other changed put into it."""
    said = [comments(document.text()) for document in (base, ours, theirs)]
    if said[2] == said[0] or said[1] != said[0]:
        merging = _File(path, base, Document.parse(ours.text()), theirs)
        merging.go(WHOLE)
        return merging.result.text(), merging.conflicts
    merging = _File(path, base, Document.parse(theirs.text()), ours)
    merging.go(WHOLE)
    text = merging.result.text()
    conflicts = []
    for found in merging.conflicts:
        text = settled(text, found, Choice(theirs=True)) or ""
        said_ = in_words(found.label, found.theirs, found.ours)
        conflicts.append(replace(found, ours=found.theirs, theirs=found.ours, said=said_))
    return text, conflicts


class _File:
    """The merge of one file: `result` begins as ours and takes in what theirs changed."""

    def __init__(self, path: str, base: Document, ours: Document, theirs: Document) -> None:
        self._path = path
        self._base = base
        self._ours = Document.parse(ours.text() or "{}")
        self._theirs = theirs
        self.result = ours
        self.conflicts: list[Conflict] = []

    def go(self, key: Key) -> None:
        """Merge what stands at a key, and all below it."""
        base, ours, theirs = (_at(side, key) for side in (self._base, self._ours, self._theirs))
        if same(theirs, base) or same(theirs, ours):
            return
        if same(ours, base) and key != WHOLE:
            self._take(key)
        elif isinstance(ours, dict) and isinstance(theirs, dict):
            before = base if isinstance(base, dict) else {}
            for name in dict.fromkeys([*before, *ours, *theirs]):
                self.go((*key, str(name)))
        elif isinstance(base, list) and isinstance(ours, list) and isinstance(theirs, list):
            self._list(key, base, ours, theirs)
        else:
            self._conflict(key)

    def _list(self, key: Key, base: list[Any], ours: list[Any], theirs: list[Any]) -> None:
        ordered = shape_of(self._path, self._ours, key) is Shape.PARAGRAPHS
        plain = all(not isinstance(item, dict | list) for item in (*base, *ours, *theirs))
        if len(base) == len(ours) == len(theirs) and (ordered or not plain):
            for number in range(len(base)):
                self.go((*key, str(number)))
            return
        moved = [lists.moved(base, side) for side in (ours, theirs)]
        is_order = shape_of(self._path, self._ours, key) is Shape.IDS and any(moved)
        if ordered or not plain or is_order:
            self._conflict(key)
            return
        sides = (theirs, ours) if moved == [False, True] else (ours, theirs)
        try:
            self.result.set(key, [str(item) for item in lists.merge(base, *sides)])
        except CannotEdit:
            self._conflict(key)

    def _take(self, key: Key) -> None:
        """Take theirs; what cannot be put into our file is somebody's to decide."""
        value = self._theirs.value(key)
        try:
            if not self._theirs.has(key):
                self.result.remove(key)
            elif _is_simple(value) and _is_simple(self.result.value(key)):
                self.result.set(key, value)
            else:
                self.result.set_yaml(key, self._theirs.get_yaml(key))
        except (CannotEdit, BrokenYaml):
            self._conflict(key)

    def _conflict(self, key: Key) -> None:
        label = label_of(self._path, self._ours, key)
        sides = (self._base, self._ours, self._theirs)
        base, ours, theirs = (side.get_yaml(key) if side.has(key) else None for side in sides)
        self.conflicts.append(
            Conflict(self._path, key, label, base, ours, theirs, in_words(label, ours, theirs))
        )


def _at(document: Document, key: Key) -> Any:
    """What stands at a key; something that equals nothing else where there is none."""
    return document.value(key) if not key or document.has(key) else _MISSING


_MISSING = ("missing",)


def _is_simple(value: Any) -> bool:
    """Whether it is a text, or a list of texts, that can be changed without its remarks."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, str) for item in value)
    return isinstance(value, str | bool | int)
