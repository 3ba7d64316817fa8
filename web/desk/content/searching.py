"""Searching the content by words: in titles, answers and examples alike."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desk.content.shelf import Item, Shelf

MOST = 100
MAX_LENGTH = 200
_AROUND = 60


@dataclass(frozen=True)
class Found:
    """An item that was found, with the line that has the first of the words."""

    item: Item
    line: str


def search(shelf: Shelf, asked: str) -> list[Found]:
    """The items that have all words; those with one in their title first.

    Args:
        shelf: what is searched.
        asked: words with space between; what stands in quotes is looked for as it is.
    """
    words = terms(asked)
    if not words:
        return []
    found = [item for item in shelf.items.values() if _has_all(item.text.lower(), words)]
    found.sort(key=lambda item: -_in_title(item, words))
    return [Found(item, _line(item.text, words)) for item in found[:MOST]]


def terms(asked: str) -> list[str]:
    """What is looked for, in small letters."""
    parts = re.findall(r'"([^"]+)"|“([^”]+)”|(\S+)', asked[:MAX_LENGTH].lower())
    return [word for part in parts if (word := "".join(part).strip('"“” '))]


def _has_all(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _in_title(item: Item, words: Iterable[str]) -> int:
    title = f"{item.title} {item.id}".lower()
    return sum(word in title for word in words)


def _line(text: str, words: list[str]) -> str:
    """The line with most of the words, shortened around the first of them."""
    line = max(text.split("\n"), key=lambda one: sum(word in one.lower() for word in words))
    at = min((at for word in words if (at := line.lower().find(word)) >= 0), default=0)
    begin, end = max(at - _AROUND, 0), at + 2 * _AROUND
    return ("…" if begin else "") + line[begin:end].strip() + ("…" if end < len(line) else "")
