"""A form that was sent after somebody else had saved the same fields: nothing of either is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desk.content.forms.filling import Filled
from desk.content.forms.sheets import Rows
from editing.documents import Document
from editing.merging import Conflict, merge_file
from editing.shapes import Key

_NOTHING = "nothing"


@dataclass(frozen=True)
class Together:
    """What a form is filled in from when it comes back.

    Attributes:
        text: the file as it was saved meanwhile, with all that was typed.
        saved: by key of what both changed, what is saved there.
    """

    text: str
    saved: Mapping[Key, str]


def together(path: str, base: str, saved: str, typed: str) -> Together:
    """Put what was typed onto what was saved meanwhile; where both differ, what was typed stands.

    Args:
        path: the file.
        base: the file as the form was made from.
        saved: the file as it is by now.
        typed: the file as it was to become.
    """
    merged = merge_file(path, base, saved, typed)
    document = Document.parse(merged.changes.get(path) or saved)
    for conflict in merged.conflicts:
        _take(document, conflict)
    return Together(document.text(), {one.key: one.ours or _NOTHING for one in merged.conflicts})


def marked(rows: Rows, saved: Mapping[Key, str]) -> Rows:
    """A form whose fields say what is saved, the first of those that belong to one conflict."""
    told: set[Key] = set()
    return [(group, [_mark(box, saved, told) for box in boxes]) for group, boxes in rows]


def _take(document: Document, conflict: Conflict) -> None:
    if conflict.theirs is None:
        document.remove(conflict.key)
    else:
        document.set_yaml(conflict.key, conflict.theirs)


def _mark(box: Filled, saved: Mapping[Key, str], told: set[Key]) -> Filled:
    for key, text in saved.items():
        if box.field.key[: len(key)] == key and key not in told:
            told.add(key)
            return replace(box, saved=text)
    return box
