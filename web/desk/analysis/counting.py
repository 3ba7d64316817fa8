"""How often each topic was asked for, disliked, and asked back about, in a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from desk.figures.period import Period
from desk.intake.handled import is_left
from records.conversations import Conversation, ConversationTopic, Unanswered
from records.models import Feedback, Message


@dataclass(frozen=True)
class Thumbs:
    """How many answers of a topic were rated, and how many of them down."""

    rated: int = 0
    down: int = 0


@dataclass(frozen=True)
class Counts:
    """What happened in a period, by topic.

    Attributes:
        conversations: of how many conversations it was answered in.
        turns: in how many turns.
        thumbs: what patients thought of its answers.
        asked_back: after how many messages that were likeliest about it Dorsi asked what was
            meant.
        left: how many messages without an answer were likeliest about it, and wait for an editor.
        total: how many conversations there were at all.
    """

    conversations: Mapping[str, int] = field(default_factory=dict)
    turns: Mapping[str, int] = field(default_factory=dict)
    thumbs: Mapping[str, Thumbs] = field(default_factory=dict)
    asked_back: Mapping[str, int] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)
    total: int = 0


def counts(connection: Connection, period: Period) -> Counts:
    """What happened in a period."""
    row = ConversationTopic
    within = (Conversation.last_at >= period.begin) & (Conversation.last_at < period.end)
    asked = (
        select(row.topic, func.count(), func.sum(row.turns))
        .join(Conversation, Conversation.number == row.number)
        .where(within)
        .group_by(row.topic)
    )
    found = connection.execute(asked).all()
    total = select(func.count()).select_from(Conversation).where(within)
    return Counts(
        conversations={topic: number for topic, number, _ in found},
        turns={topic: int(turns) for topic, _, turns in found},
        thumbs=_thumbs(connection, period),
        asked_back=_in_vain(connection, period, Unanswered.kind == "clarify"),
        left=_in_vain(connection, period, is_left(Unanswered.message_id)),
        total=connection.execute(total).scalar_one(),
    )


def _thumbs(connection: Connection, period: Period) -> dict[str, Thumbs]:
    """By topic, what was thought of answers that were given in a period."""
    asked = (
        select(Message.topic, func.count(), func.count().filter(Feedback.helpful.is_(False)))
        .join(Message, Message.id == Feedback.message_id)
        .where(
            Message.topic.is_not(None),
            Message.created_at >= period.begin,
            Message.created_at < period.end,
        )
        .group_by(Message.topic)
    )
    return {topic: Thumbs(rated, down) for topic, rated, down in connection.execute(asked) if topic}


def _in_vain(connection: Connection, period: Period, *where: ColumnElement[bool]) -> dict[str, int]:
    """By topic, how many messages without an answer were likeliest about it."""
    row, label = Unanswered, Message.understanding["label"].as_string()
    # Inside: PostgreSQL would not know two such expressions for the same.
    about = (
        select(row.message_id, label.label("topic"))
        .join(Message, Message.reply_to == row.message_id)
        .where(row.at >= period.begin, row.at < period.end, *where)
        .subquery()
    )
    asked = select(about.c.topic, func.count(about.c.message_id.distinct())).group_by(about.c.topic)
    return {topic: count for topic, count in connection.execute(asked) if topic}


@dataclass(frozen=True)
class Since:
    """Since when Dorsi has been asked, and when each of some topics was answered last."""

    asked: datetime | None
    answered: Mapping[str, datetime]


def since(connection: Connection, topics: Iterable[str]) -> Since:
    """Since when there are conversations, and when some topics were last answered in one."""
    first = select(Conversation.last_at).order_by(Conversation.last_at, Conversation.number)
    last = (
        select(ConversationTopic.topic, func.max(Conversation.last_at))
        .join(Conversation, Conversation.number == ConversationTopic.number)
        .where(ConversationTopic.topic.in_(list(topics)))
        .group_by(ConversationTopic.topic)
    )
    asked: datetime | None = connection.execute(first.limit(1)).scalar()
    return Since(asked, {topic: at for topic, at in connection.execute(last)})
