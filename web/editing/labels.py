"""What a place in a file is called, and what it holds."""

from editing.documents import Document
from editing.following import words
from editing.kinds import fields, kind_of
from editing.shapes import Field, Key, Shape


def field_of(path: str, document: Document, key: Key) -> Field | None:
    """The field that a key is, or lies in; None for what no form shows."""
    kind = kind_of(path)
    found = [f for f in fields(kind, document) if key[: len(f.key)] == f.key] if kind else []
    return max(found, key=lambda f: len(f.key), default=None)


def label_of(path: str, document: Document, key: Key) -> str:
    """What a place is called: its field's label, and what of it, where it is a part."""
    found = field_of(path, document, key)
    rest = key[len(found.key) :] if found else key
    parts = [found.label] if found else []
    parts += [f"number {int(name) + 1}" if name.isdigit() else words(name) for name in rest]
    return ", ".join(parts)


def shape_of(path: str, document: Document, key: Key) -> Shape | None:
    """What a field holds; None for a place that is no field."""
    found = field_of(path, document, key)
    return found.shape if found and found.key == key else None
