"""Items of a list taken out or put into another order, their comments going with them."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from editing.documents import Document
from editing.shapes import Key

_DASH = "- "


def rearrange(document: Document, key: Key, order: Sequence[int]) -> None:
    """Give a list another order; what is left out is taken out.

    Args:
        document: what is changed.
        key: where the list is.
        order: the numbers that its items have now, from 0, in the order they are to have.
    """
    items = document.value(key)
    many = len(items) if isinstance(items, list) else 0
    kept = [number for number in order if 0 <= number < many]
    if kept == list(range(many)):
        return
    if kept == sorted(kept):
        for number in reversed(range(many)):
            if number not in kept:
                document.remove((*key, str(number)))
        return
    chunks = _chunks(document.get_yaml(key))
    if len(chunks) != many:
        chunks = [_dumped(item) for item in items]
    document.set_yaml(key, "\n".join(chunks[number] for number in kept))


def moved(many: int, places: Mapping[int, int], out: set[int]) -> list[int]:
    """The order of a list after some of its items were given other places.

    Args:
        many: how many items it has.
        places: by number from 0, the place that an item is to have, from 1.
        out: the numbers of those that are taken out.
    """
    order = list(range(many))
    for number, place in places.items():
        if number in order and place != number + 1:
            order.remove(number)
            order.insert(max(place - 1, 0), number)
    return [number for number in order if number not in out]


def _chunks(text: str) -> list[str]:
    """The items of a list as YAML, each with the lines below its dash."""
    chunks: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith(_DASH):
            chunks.append([])
        if chunks:
            chunks[-1].append(line)
    return ["\n".join(lines) for lines in chunks]


def _dumped(item: Any) -> str:
    """An item as YAML, where the list is written in another way than line by line."""
    return yaml.safe_dump([item], sort_keys=False, allow_unicode=True).rstrip()
