"""Which conversations are taken away.

A selection is conditions on `conversations`, so that a search of the inbox can be one as well.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from desk.errors import CannotBe
from records.conversations import Conversation

MOST_PARTS = 200
HIGHEST = 2**31 - 1
HOW = "Write numbers and ranges with spaces or commas between, such as 12, 15, 20-30."
_PART = re.compile(r"(\d{1,10})(?:-(\d{1,10}))?", re.ASCII)


@dataclass(frozen=True)
class Selection:
    """Some conversations.

    Attributes:
        conditions: what all of them have in common.
        said: the same for the audit log: of what was searched for the length alone, since it may
            hold a name.
    """

    conditions: Sequence[ColumnElement[bool]] = ()
    said: Mapping[str, Any] = field(default_factory=dict)


EVERYTHING = Selection(said={"all": True})


def numbered(typed: str) -> Selection:
    """The conversations of some numbers.

    Args:
        typed: numbers and ranges of them, with spaces or commas between.

    Raises:
        CannotBe: it cannot be read, or there are too many.
    """
    parts = typed.replace(",", " ").split()
    if not parts:
        raise CannotBe(f"Say which conversations. {HOW}")
    if len(parts) > MOST_PARTS:
        raise CannotBe(f"These are more than {MOST_PARTS} numbers and ranges. Take ranges.")
    ranges = [_range(part) for part in parts]
    found = or_(*(Conversation.number.between(first, last) for first, last in ranges))
    named = [str(first) if first == last else f"{first}-{last}" for first, last in ranges]
    return Selection([found], {"numbers": named})


def count(db: Connection, selection: Selection) -> int:
    """How many conversations those are."""
    asked = select(func.count()).select_from(Conversation).where(*selection.conditions)
    return db.execute(asked).scalar_one()


def numbers(db: Connection, selection: Selection) -> Sequence[int]:
    """The numbers of all of them, the lowest first."""
    asked = select(Conversation.number).where(*selection.conditions)
    return db.execute(asked.order_by(Conversation.number)).scalars().all()


def _range(part: str) -> tuple[int, int]:
    found = _PART.fullmatch(part)
    if found is None:
        raise CannotBe(f"Some of this is no number. {HOW}")
    first = int(found[1])
    last = int(found[2] or first)
    return min(first, HIGHEST), min(last, HIGHEST)
