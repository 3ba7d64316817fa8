"""Safety incidents as their pages show them, everything that was written masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, select
from sqlalchemy.orm import aliased

from desk.review.errors import Gone
from desk.review.reading import SOMEBODY
from desk.transcript.masking import masked, stored
from records.models import Message
from records.people import User
from records.reviewing import Incident, IncidentComment
from records.words import IncidentKind, IncidentStatus, Level

LIST = 100
"""So many stand on a list at once."""
# A missed flag of which nobody has said which it is may be the worst.
_IS_UNKNOWN = and_(Incident.kind == str(IncidentKind.MISSED), Incident.level == Level.NONE.value)
_PRESSING = case((_IS_UNKNOWN, Level.EMERGENCY.value), else_=Incident.level)


@dataclass(frozen=True)
class IncidentView:
    """An incident. What came of an erased conversation stays, without number and words."""

    id: int
    number: int | None
    seq: int | None
    kind: str
    flag: str | None
    level: Level
    release: str | None
    status: str
    outcome: str
    opened_by: int | None
    opener: str
    opened_at: datetime
    second: str | None
    second_at: datetime | None
    second_agrees: bool | None
    closed_at: datetime | None
    text: str


@dataclass(frozen=True)
class Comment:
    """What somebody wrote about an incident, masked."""

    author: str
    text: str
    at: datetime


def listed(connection: Connection, *, closed: bool) -> Sequence[IncidentView]:
    """The incidents that are open, the most urgent first, or those closed, the latest first."""
    is_closed = Incident.status == str(IncidentStatus.CLOSED)
    order = (
        (Incident.closed_at.desc(), Incident.id.desc())
        if closed
        else (_PRESSING.desc(), Incident.opened_at)
    )
    return _views(connection, is_closed if closed else ~is_closed, order)


def one(connection: Connection, incident: int) -> IncidentView:
    """An incident.

    Raises:
        Gone: there is none of that id.
    """
    found = _views(connection, Incident.id == incident, (Incident.id,))
    if not found:
        raise Gone
    return found[0]


def comments(connection: Connection, incident: int) -> Sequence[Comment]:
    """What was written about an incident, the oldest first."""
    asked = (
        select(User.shown, IncidentComment.text, IncidentComment.at)
        .outerjoin(User, User.id == IncidentComment.author)
        .where(IncidentComment.incident_id == incident)
        .order_by(IncidentComment.id)
    )
    return [
        Comment(row.shown or SOMEBODY, masked(row.text), row.at)
        for row in connection.execute(asked)
    ]


def _views(connection: Connection, where: Any, order: Sequence[Any]) -> list[IncidentView]:
    opener, second = aliased(User), aliased(User)
    asked = (
        select(
            *Incident.__table__.c,
            opener.shown.label("opener"),
            second.shown.label("second"),
            Message.seq,
            Message.text,
        )
        .select_from(Incident)
        .outerjoin(opener, opener.id == Incident.opened_by)
        .outerjoin(second, second.id == Incident.second_by)
        .outerjoin(Message, Message.id == Incident.message_id)
        .where(where)
        .order_by(*order)
        .limit(LIST)
    )
    rows = connection.execute(asked).all()
    kept = stored(connection, [row.message_id for row in rows if row.message_id])
    return [_view(row, kept.get(row.message_id)) for row in rows]


def _view(row: Any, kept: object) -> IncidentView:
    return IncidentView(
        id=row.id,
        number=row.number,
        seq=row.seq,
        kind=row.kind,
        flag=row.flag,
        level=Level(row.level),
        release=row.release,
        status=row.status,
        outcome=row.outcome,
        opened_by=row.opened_by,
        opener=row.opener or SOMEBODY,
        opened_at=row.opened_at,
        second=row.second,
        second_at=row.second_at,
        second_agrees=row.second_agrees,
        closed_at=row.closed_at,
        text=masked(row.text or "", kept),
    )
