"""All that Dorsi says, text by text: what people type and what only code reads is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from content.lint.documents import Document
from content.lint.files import Files

UNSPOKEN = frozenset(
    {
        *("id", "examples", "must_fire", "must_not_fire", "messages", "patterns", "signs", "words"),
        *("rules", "sources", "facts", "follow_ups", "reviewed", "review_due", "buttons", "scope"),
        *("clinical_owner", "level", "kind", "groups", "lemmas", "ignore", "grade", "after"),
    }
)
"""Fields that hold no words of Dorsi's. ``after`` of an aspect names topics."""
FOLDERS = ("topics", "conversation", "red_flags", "coach", "exercises", "widget")
FILES = (
    *("safety_check.yml", "triage/general.yml", "recovery.yml", "progress.yml", "summary.yml"),
    "gateway.yml",
)
SAID_AFTER = "triage/general.yml"

Key = tuple[str, ...]


@dataclass(frozen=True)
class Spoken:
    """One text: all lines of one field."""

    text: str
    path: str
    key: Key
    line: int


def spoken(files: Files) -> dict[tuple[str, Key], Spoken]:
    """What is said, by file and field."""
    found = {}
    names = [name for folder in FOLDERS for name in files.below(folder)]
    for name in (*names, *(name for name in FILES if name in files.names)):
        document = files.document(name, "")
        for key, text in _texts(document.content, (), name == SAID_AFTER):
            line = document.place(*key).line
            found[document.path, key] = Spoken(text, document.path, key, line)
    return found


def _texts(value: Any, key: Key, whole: bool) -> Iterator[tuple[Key, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield key, "\n".join(value)
    else:
        items: Mapping[Any, Any] = value if isinstance(value, dict) else {}
        if isinstance(value, list):
            items = {_name(item, at): item for at, item in enumerate(value)}
        for name, item in items.items():
            if whole or name not in UNSPOKEN:
                yield from _texts(item, (*key, str(name)), whole)


def _name(item: Any, at: int) -> str:
    """An item of a list is called by its id, so that it is the same wherever it stands."""
    return str(item["id"]) if isinstance(item, dict) and "id" in item else str(at)


def reviewed(document: Document) -> tuple[str, tuple[str, ...]]:
    """When a file was reviewed, and what it rests on."""
    sources = document.content.get("sources")
    listed = tuple(map(str, sources)) if isinstance(sources, list) else ()
    return str(document.content.get("reviewed", "")), listed
