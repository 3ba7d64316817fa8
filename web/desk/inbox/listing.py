"""The conversations that a search finds: a page of them, and how many there are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Integer, func, literal_column, select

from desk.inbox.asked import Asked
from desk.inbox.filters import Around
from records.conversations import Conversation, ConversationFlag, ConversationTopic

PAGE = 50
COUNTED = 10_000
"""Up to so many are counted; more are only said to be more."""

_ROW = select(
    Conversation.number,
    Conversation.last_at,
    Conversation.region,
    Conversation.turns,
    Conversation.fallbacks,
    Conversation.liked,
    Conversation.disliked,
    Conversation.level,
    Conversation.confidence,
    Conversation.sureness,
    Conversation.doubt,
    Conversation.unfinished,
    Conversation.opening,
    Conversation.status,
    Conversation.assignee,
    Conversation.version,
)


@dataclass(frozen=True)
class Listing:
    """A page of conversations.

    Attributes:
        rows: the conversations.
        flags, topics: by a conversation's number, those it has; the highest and the most first.
        newer: the place before which there are more; None on the first page.
        older: the place after which there are more; None on the last.
    """

    rows: Sequence[Any]
    flags: Mapping[int, Sequence[tuple[str, int]]] = field(default_factory=dict)
    topics: Mapping[int, Sequence[str]] = field(default_factory=dict)
    newer: str | None = None
    older: str | None = None


def listing(db: Connection, asked: Asked, around: Around) -> Listing:
    """A page of what a search finds, the page's size being `PAGE`."""
    order = asked.order
    backwards = asked.before is not None
    place = asked.before if backwards else asked.after
    statement = _ROW.where(*asked.conditions(around))
    if place is not None:
        statement = statement.where(order.beyond(place, backwards=backwards))
    statement = statement.order_by(*order.order(backwards=backwards)).limit(PAGE + 1)
    found = db.execute(statement).all()
    is_more = len(found) > PAGE
    rows = found[:PAGE]
    if backwards:
        rows = rows[::-1]
    numbers = [row.number for row in rows]
    before, after = (is_more, True) if backwards else (place is not None, is_more)
    return Listing(
        rows,
        _flags(db, numbers),
        _topics(db, numbers),
        order.place_of(rows[0]) if rows and before else None,
        order.place_of(rows[-1]) if rows and after else None,
    )


def count(db: Connection, asked: Asked, around: Around, most: int = COUNTED) -> int:
    """How many conversations a search finds; one more than `most` stands for all beyond."""
    one = select(literal_column("1", Integer).label("one")).select_from(Conversation)
    found = one.where(*asked.conditions(replace(around, counts=True))).limit(most + 1).subquery()
    return db.execute(select(func.count()).select_from(found)).scalar_one()


def _flags(db: Connection, numbers: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    asked = select(ConversationFlag.number, ConversationFlag.flag, ConversationFlag.level)
    asked = asked.where(ConversationFlag.number.in_(numbers))
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for number, flag, level in db.execute(
        asked.order_by(ConversationFlag.level.desc(), ConversationFlag.flag)
    ):
        found[number].append((flag, level))
    return dict(found)


def _topics(db: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    asked = select(ConversationTopic.number, ConversationTopic.topic)
    asked = asked.where(ConversationTopic.number.in_(numbers))
    found: dict[int, list[str]] = defaultdict(list)
    for number, topic in db.execute(
        asked.order_by(ConversationTopic.turns.desc(), ConversationTopic.topic)
    ):
        found[number].append(topic)
    return dict(found)
