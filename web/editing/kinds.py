"""Which kind of content a file holds, where it is, and what in it can be changed."""

import re
from collections.abc import Sequence

from editing import following, tables
from editing.documents import Document
from editing.shapes import CONTENT, Field, Key, Kind, Shape

__all__ = [
    "CONTENT",
    "Field",
    "Key",
    "Kind",
    "Shape",
    "fields",
    "id_of",
    "is_content",
    "kind_of",
    "path_of",
]

_NAME = r"[a-z][a-z0-9_]*"
_FOLDERS = {
    Kind.TOPIC: ("data/topics/", f"{_NAME}/{_NAME}"),
    Kind.ACT: ("data/conversation/", _NAME),
    Kind.EXERCISE: ("data/exercises/", _NAME),
    Kind.RED_FLAG: ("data/red_flags/", _NAME),
}
_FILES = {
    Kind.TEXTS: "data/conversation/texts.yml",
    Kind.REGIONS: "data/regions.yml",
    Kind.SOURCES: "data/sources.yml",
    Kind.SAFETY_CHECK: "data/safety_check.yml",
}
_NO_ACTS = ("data/conversation/texts.yml", "data/conversation/aspects.yml")
_END = ".yml"
_CONTENT = re.compile(r"data(/[A-Za-z0-9][A-Za-z0-9_-]*)+\.yml")


def kind_of(path: str) -> Kind | None:
    """The kind of a file, by its path from the repository's root; None for what has no forms."""
    for kind, file in _FILES.items():
        if path == file:
            return kind
    for kind, (folder, name) in _FOLDERS.items():
        if path not in _NO_ACTS and re.fullmatch(re.escape(folder) + name + r"\.yml", path):
            return kind
    return None


def id_of(path: str) -> str | None:
    """What a file is called among those of its kind; for a kind of one file, the kind."""
    kind = kind_of(path)
    if kind is None or kind in _FILES:
        return kind
    return path.removeprefix(_FOLDERS[kind][0]).removesuffix(_END)


def path_of(kind: Kind, id: str) -> str:
    """Where the file of that kind and id is, from the repository's root.

    Raises:
        ValueError: nothing of that kind can have such an id.
    """
    if kind in _FILES:
        return _FILES[kind]
    folder, name = _FOLDERS[kind]
    path = f"{folder}{id}{_END}"
    if not re.fullmatch(name, id) or path in _NO_ACTS:
        raise ValueError("Use small letters, figures and _; for a topic also its family and /.")
    return path


def is_content(path: str) -> bool:
    """Whether a path is one that may be written: a YAML file under `data/`."""
    return len(path) <= 200 and _CONTENT.fullmatch(path) is not None


def fields(kind: Kind, document: Document | None = None) -> Sequence[Field]:
    """What can be changed in a file, in the order of its form.

    Args:
        kind: the file's kind.
        document: the file; what there is of some parts follows from it.
    """
    if kind in tables.FIXED:
        return tables.FIXED[kind]
    return following.follow(kind, document.value() if document else {})
