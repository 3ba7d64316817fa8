"""The order that the house writes the parts of a file in."""

from collections.abc import Mapping, Sequence
from typing import Any

_REVIEW = ("reviewed", "review_due")
_ORDERS: Sequence[Sequence[str]] = (
    (
        *("id", "title", "scope", "facts", "examples", "answer", "see_someone"),
        *("follow_ups", "sources", *_REVIEW),
    ),
    ("id", "kind", "title", "examples", "reply", "buttons"),
    (
        *("id", "name", "title", "also_known_as", "goals", "position", "minutes", "hold"),
        *("equipment", "purpose", "cautions", "dose", "steps", "variants", "ask_seconds"),
        *("stop_signs", "mistakes", "sources", "facts", "topic", *_REVIEW),
    ),
    ("say", "explain", "shows", "counts"),
    ("say", "dose", "position"),
    ("easier", "harder"),
    (
        *("id", "title", "level", "clinical_owner", "clinically_reviewed", *_REVIEW, "sources"),
        *("say", "ask", "words", "signs", "rules", "must_fire", "must_not_fire"),
    ),
    ("emergency", "urgent", "soon"),
    ("advice", "reason", "meanwhile", "safety_net", "call_line"),
    ("name", "same_day", "emergency", "advice_line", "crisis_lines", "sources"),
    ("publisher", "title", "url", "verified", "opened"),
    ("id", "ask", "ask_again", "ask_rest", "why", "answers"),
    ("yes", "milder", "graver", "unsure"),
    ("level", "onset", "flags", "signs", "reason", "say", "ignore", "patterns"),
    ("do", "reason", "sooner", "say"),
)

ROWS = frozenset(
    ("facts", "follow_ups", "sources", "goals", "counts", "flags", "signs", "ignore", "offer_after")
)
"""The names of lists that stand between brackets; all others stand in lines."""


def before(name: str, names: Sequence[str]) -> int:
    """Where a new name belongs among others: the number of the one it goes before.

    Args:
        name: the new one.
        names: those that are there, in their order.

    Returns:
        The number, or how many there are: the end, where the house has no order.
    """
    order = max(_ORDERS, key=lambda order: (name in order) * len({*order} & {*names}))
    if name not in order:
        return len(names)
    earlier = {*order[: order.index(name)]}
    found = [number for number, one in enumerate(names) if one in earlier]
    if found:
        return found[-1] + 1
    later = {*order} & {*names}
    return 0 if later else len(names)


def ordered(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Parts of a new file in the house's order."""
    names: list[str] = []
    for name in parts:
        names.insert(before(name, names), name)
    return {name: parts[name] for name in names}
