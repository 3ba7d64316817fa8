"""Lines in order, each once. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable

from actions.summary.values import Item
from content.summary import Heading

ONCE = (Heading.FALLS, Heading.SYMPTOMS, Heading.HEALTH)
"""The same words stand under the first of these that they were found for."""


def ordered(items: Iterable[Item]) -> list[Item]:
    """By heading, as on the page."""
    order = list(Heading)
    return sorted(items, key=lambda item: order.index(item.heading))


def distinct(items: Iterable[Item]) -> list[Item]:
    """Each words once under a heading, and once among symptoms, falls and health."""
    seen: dict[tuple[Heading, str], Item] = {}
    for item in items:
        seen.setdefault((item.heading, _plain(item.text)), item)
    return [
        item for (heading, text), item in seen.items() if not _is_told_above(heading, text, seen)
    ]


def _is_told_above(heading: Heading, text: str, seen: Container[tuple[Heading, str]]) -> bool:
    above = ONCE[: ONCE.index(heading)] if heading in ONCE else ()
    return any((one, text) in seen for one in above)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
