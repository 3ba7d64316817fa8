"""What reviewers found wanting and nobody has dealt with: the first source of the inbox."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from desk.intake.turns import Turn, by_ids
from desk.intake.wanted import PAGE
from desk.review.reading import SOMEBODY
from desk.transcript.masking import masked
from records.models import Message
from records.people import User
from records.reviewing import Verdict, Work
from records.words import WorkStatus


@dataclass(frozen=True)
class Job:
    """Something of the work list; the comment is masked.

    `topic` is the right one where the reviewer named it.
    """

    id: int
    kind: str
    topic: str | None
    comment: str
    reviewer: str
    opened_at: datetime
    turn: Turn


def listed(connection: Connection, topic: str = "", page: int = 1) -> list[Job]:
    """A page of what is open, the oldest first.

    Args:
        connection: a transaction that reads.
        topic: only what it is the right topic of, or the wrong one; empty for all.
        page: counted from 1.
    """
    where = _open(topic)
    return _jobs(connection, *where, limit=PAGE, offset=PAGE * (page - 1))


def count(connection: Connection, topic: str = "") -> int:
    """How much is open."""
    asked = select(func.count()).select_from(Work).where(*_open(topic))
    return connection.execute(asked).scalar_one()


def about(connection: Connection, message_id: str) -> list[Job]:
    """What is open about one message."""
    return _jobs(connection, *_open(""), Work.message_id == message_id)


def _open(topic: str) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = [Work.status == str(WorkStatus.OPEN)]
    if topic:
        answered = exists().where(Message.reply_to == Work.message_id, Message.topic == topic)
        where.append(or_(Work.topic == topic, answered))
    return where


def _jobs(
    connection: Connection, *where: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> list[Job]:
    asked = (
        select(
            Work.id,
            Work.message_id,
            Work.kind,
            Work.topic,
            Work.opened_at,
            Verdict.comment,
            User.shown,
        )
        .outerjoin(Verdict, Verdict.id == Work.verdict_id)
        .outerjoin(User, User.id == Verdict.reviewer)
        .where(*where)
        .order_by(Work.opened_at, Work.id)
        .limit(limit)
        .offset(offset)
    )
    rows = connection.execute(asked).all()
    turns = by_ids(connection, [row.message_id for row in rows])
    return [
        Job(
            id=row.id,
            kind=row.kind,
            topic=row.topic,
            comment=masked(row.comment or ""),
            reviewer=row.shown or SOMEBODY,
            opened_at=row.opened_at,
            turn=turns[row.message_id],
        )
        for row in rows
        if row.message_id in turns
    ]
