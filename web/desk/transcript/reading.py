"""What the pages of a conversation are made of, as the database has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from records.conversations import Conversation
from records.models import DORSI, PATIENT, Button, Feedback, Message
from records.people import User

type Row = Mapping[str, Any]


@dataclass(frozen=True)
class Head:
    """A conversation at a glance; what the columns of the same names are."""

    number: int
    session_id: str
    chain: str | None
    began_at: datetime
    last_at: datetime
    region: str
    level: int
    status: str
    assignee: int | None
    assignee_name: str | None
    version: int
    made_by: int = 0
    last_seq: int = 0


@dataclass(frozen=True)
class Part:
    """The messages of one page, with what belongs to them by the messages' ids."""

    messages: Sequence[Row]
    buttons: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    feedback: Mapping[str, Row] = field(default_factory=dict)


def head(connection: Connection, number: int) -> Head | None:
    """The conversation of that number; None if there is none."""
    asked = (
        select(
            Conversation.number,
            Conversation.session_id,
            Conversation.chain,
            Conversation.began_at,
            Conversation.last_at,
            Conversation.region,
            Conversation.level,
            Conversation.status,
            Conversation.assignee,
            User.shown.label("assignee_name"),
            Conversation.version,
            Conversation.made_by,
            Conversation.last_seq,
        )
        .outerjoin(User, User.id == Conversation.assignee)
        .where(Conversation.number == number)
    )
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else Head(**row)


def neighbours(connection: Connection, of: Head) -> tuple[int | None, int | None]:
    """The conversations before and after it in the same browser, by their numbers.

    Without a chain nobody knows of others, and there are none.
    """
    if of.chain is None:
        return None, None
    at, number = Conversation.began_at, Conversation.number
    earlier = or_(at < of.began_at, and_(at == of.began_at, number < of.number))
    later = or_(at > of.began_at, and_(at == of.began_at, number > of.number))

    def nearest(where: ColumnElement[bool], *order: Any) -> int | None:
        same = Conversation.chain == of.chain
        found: int | None = connection.execute(
            select(number).where(same, where).order_by(*order).limit(1)
        ).scalar()
        return found

    return nearest(earlier, at.desc(), number.desc()), nearest(later, at, number)


def brief_rows(connection: Connection, session_id: str) -> list[Row]:
    """The messages of a session without their texts, and without what replies carry."""
    said = select(Message.id, Message.seq, Message.payload, Message.answered).where(
        Message.session_id == session_id, Message.direction == PATIENT
    )
    replies = select(
        Message.id,
        Message.seq,
        Message.reply_to,
        Message.kind,
        Message.level,
        Message.understanding,
    ).where(Message.session_id == session_id, Message.direction == DORSI)
    rows: list[Row] = [{**row, "direction": PATIENT} for row in connection.execute(said).mappings()]
    rows += [{**row, "direction": DORSI} for row in connection.execute(replies).mappings()]
    return sorted(rows, key=lambda row: row["seq"])


def part(connection: Connection, session_id: str, first: int, until: int | None) -> Part:
    """The messages from a number on up to another, with late replies to them."""
    here = [Message.session_id == session_id, Message.seq >= first]
    if until is not None:
        here.append(Message.seq < until)
    asked = select(Message.id).where(*here, Message.direction == PATIENT)
    wanted = and_(Message.session_id == session_id, or_(and_(*here), Message.reply_to.in_(asked)))
    messages = _rows(connection, select(Message.__table__).where(wanted).order_by(Message.seq))
    ids = [message["id"] for message in messages]
    buttons: dict[str, list[Row]] = {}
    offered = select(Button.id, Button.message_id, Button.title)
    for row in _rows(
        connection, offered.where(Button.message_id.in_(ids)).order_by(Button.position)
    ):
        buttons.setdefault(row["message_id"], []).append(row)
    given = select(Feedback.message_id, Feedback.helpful, Feedback.reason)
    feedback = _rows(connection, given.where(Feedback.message_id.in_(ids)))
    return Part(messages, buttons, {row["message_id"]: row for row in feedback})


def _rows(connection: Connection, asked: Any) -> list[Row]:
    return [dict(row) for row in connection.execute(asked).mappings()]
