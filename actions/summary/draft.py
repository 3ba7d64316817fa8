"""The draft that the patient reviews: what is taken out, added and changed. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from actions.summary.lines import distinct, ordered
from actions.summary.tokens import split
from actions.summary.values import Item
from content.summary import Heading

STEPS = 5
ASIDES = 6
MOST = 40
LAST = -1


class Waits(str, Enum):
    """What was asked last, beside whether the draft is right."""

    ADD = "add"
    QUESTION = "question"
    REMOVE = "remove"
    CHANGE = "change"


@dataclass(frozen=True)
class Draft:
    """A draft; small enough for a slot.

    Attributes:
        items: the lines, in order; their numbers count from 1.
        earlier: the lines before each of the last few changes, the newest last.
        waits: what the next message answers, if something was asked.
        line: the number of the line that waits for new words.
        made: whether the page was made of it.
        asides: how many messages in a row were about something else.
    """

    items: tuple[Item, ...] = ()
    earlier: tuple[tuple[Item, ...], ...] = ()
    waits: Waits | None = None
    line: int | None = None
    made: bool = False
    asides: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing beside questions to ask."""
        return all(item.heading is Heading.QUESTIONS and not item.quoted for item in self.items)

    @property
    def is_full(self) -> bool:
        """Whether no line can be added."""
        return len(self.items) >= MOST

    def as_json(self) -> dict[str, Any]:
        """The draft as a slot keeps it."""
        return {
            "items": _plain(self.items),
            "earlier": [_plain(items) for items in self.earlier],
            "waits": self.waits.value if self.waits else None,
            "line": self.line,
            "made": self.made,
            "asides": self.asides,
        }


def begin(items: Iterable[Item]) -> Draft:
    """A new draft."""
    return Draft(tuple(ordered(distinct(items)))[:MOST])


def read(value: Any) -> Draft | None:
    """The draft that a slot kept; None for none, or for what is no draft."""
    if not isinstance(value, dict):
        return None
    try:
        return Draft(
            items=_items(value["items"]),
            earlier=tuple(_items(items) for items in value["earlier"]),
            waits=Waits(value["waits"]) if value["waits"] else None,
            line=None if value["line"] is None else int(value["line"]),
            made=bool(value["made"]),
            asides=int(value["asides"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def lines(draft: Draft, numbers: Iterable[int]) -> tuple[int, ...]:
    """The numbers of lines that there are; -1 is the last line."""
    count = len(draft.items)
    named = [count if number == LAST else number for number in numbers]
    return tuple(dict.fromkeys(number for number in named if 1 <= number <= count))


def naming(draft: Draft, words: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the lines in which all these words stand; a single typed one goes before."""
    found = [
        number
        for number, item in enumerate(draft.items, 1)
        if words and {token.word for token in split(item.text)}.issuperset(words)
    ]
    own = [number for number in found if draft.items[number - 1].quoted]
    return tuple(own if len(own) == 1 else found)


def remove(draft: Draft, numbers: Iterable[int]) -> Draft:
    """Without these lines."""
    gone = set(numbers)
    return _changed(draft, [one for at, one in enumerate(draft.items, 1) if at not in gone])


def keep_only(draft: Draft, numbers: Iterable[int]) -> Draft:
    """With these lines alone."""
    kept = set(numbers)
    return _changed(draft, [one for at, one in enumerate(draft.items, 1) if at in kept])


def add(draft: Draft, item: Item) -> Draft:
    """With one line more, at the end of its heading; a full draft stays as it is."""
    return draft if draft.is_full else _changed(draft, [*draft.items, item])


def change(draft: Draft, number: int, text: str) -> Draft:
    """With other words in a line; they are the patient's own then."""
    items = list(draft.items)
    items[number - 1] = replace(items[number - 1], text=text, quoted=True)
    return _changed(draft, items)


def undo(draft: Draft) -> Draft | None:
    """Before the last change; None if there was none."""
    if not draft.earlier:
        return None
    *before, items = draft.earlier
    return Draft(items, tuple(before))


def waiting(draft: Draft, waits: Waits | None, line: int | None = None) -> Draft:
    """With something asked."""
    return replace(draft, waits=waits, line=line, asides=0)


def aside(draft: Draft) -> Draft | None:
    """After a message about something else; None when there were too many in a row."""
    return replace(draft, asides=draft.asides + 1) if draft.asides < ASIDES else None


def _changed(draft: Draft, items: Iterable[Item]) -> Draft:
    after = tuple(ordered(distinct(items)))
    earlier = draft.earlier if after == draft.items else (*draft.earlier, draft.items)
    return Draft(after, earlier[-STEPS:])


def _plain(items: Iterable[Item]) -> list[list[Any]]:
    return [[item.heading.value, item.text, item.quoted] for item in items]


def _items(value: Any) -> tuple[Item, ...]:
    return tuple(Item(Heading(name), str(text), bool(quoted)) for name, text, quoted in value)
