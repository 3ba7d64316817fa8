"""Safety incidents: a red flag that was missed or raised without need, and the second look on it.

Whoever opened an incident does not take the second look, and only after it can it be closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, insert, select, update
from sqlalchemy.orm import aliased

from desk.catalogue import Catalogue
from desk.privacy import audit
from desk.review.errors import CannotReview, Gone
from desk.review.form import MAX_COMMENT, Judgement
from desk.review.reading import SOMEBODY
from desk.transcript.masking import masked, stored
from desk.transcript.outline import Brief
from records.base import now
from records.models import Message
from records.people import User
from records.reviewing import Incident, IncidentComment
from records.words import INCIDENTS, IncidentKind, IncidentStatus, Level, Outcome

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


def open_for(
    connection: Connection,
    who: audit.Actor,
    number: int,
    turn: Brief,
    judgement: Judgement,
    catalogue: Catalogue,
) -> int:
    """Open an incident for a turn, or add to the one of this kind that is open; gives its id.

    The level of a missed flag is that which the content gives the flag at most, that of one raised
    without need what the patient was told.
    """
    kind = INCIDENTS[judgement.ruling]
    asked = select(Incident.id).where(
        Incident.message_id == turn.message_id,
        Incident.kind == str(kind),
        Incident.status != str(IncidentStatus.CLOSED),
    )
    known: int | None = connection.execute(asked).scalar()
    incident = known or _open(connection, who, number, turn, judgement, kind, catalogue)
    _comment(connection, who, incident, number, judgement.comment)
    return incident


def look(
    connection: Connection, who: audit.Actor, incident: int, agrees: bool, comment: str
) -> None:
    """Take the second look.

    Args:
        connection: a transaction that writes.
        who: who looks.
        incident: the incident's id.
        agrees: whether they hold it for an incident too.
        comment: why.

    Raises:
        CannotReview: they opened it themselves, somebody has looked already, it is closed, or the
            comment is missing or too long.
    """
    found = _found(connection, incident)
    if found.opened_by == who.id:
        raise CannotReview("You opened this incident: somebody else takes the second look.")
    _check(comment)
    values: dict[str, Any] = {
        "status": str(IncidentStatus.LOOKED_AT),
        "second_by": who.id,
        "second_at": now(),
        "second_agrees": agrees,
    }
    _move(connection, incident, IncidentStatus.OPEN, values)
    _comment(connection, who, incident, found.number, comment)
    detail = {"agrees": agrees}
    action = audit.Action.INCIDENT_LOOKED_AT
    audit.append(connection, who, action, f"incident:{incident}", detail)


def close(
    connection: Connection, who: audit.Actor, incident: int, outcome: Outcome, comment: str
) -> None:
    """Close an incident that was looked at twice.

    Raises:
        CannotReview: nobody has taken the second look, it is closed already, or the comment is
            missing or too long.
    """
    found = _found(connection, incident)
    _check(comment)
    values = {"status": str(IncidentStatus.CLOSED), "outcome": str(outcome), "closed_at": now()}
    _move(connection, incident, IncidentStatus.LOOKED_AT, values)
    _comment(connection, who, incident, found.number, comment)
    detail = {"outcome": str(outcome)}
    audit.append(connection, who, audit.Action.INCIDENT_CLOSED, f"incident:{incident}", detail)


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


def _open(
    connection: Connection,
    who: audit.Actor,
    number: int,
    turn: Brief,
    judgement: Judgement,
    kind: IncidentKind,
    catalogue: Catalogue,
) -> int:
    level = turn.level
    if kind is IncidentKind.MISSED:
        flag = catalogue.flags.get(judgement.flag or "")
        level = flag.level if flag else Level.NONE
    made = connection.execute(
        insert(Incident).values(
            number=number,
            message_id=turn.message_id,
            kind=str(kind),
            flag=judgement.flag,
            level=int(level),
            release=turn.release,
            opened_by=who.id,
        )
    )
    (incident,) = made.inserted_primary_key or (0,)
    detail = {"conversation": number, "turn": turn.seq, "kind": str(kind), "flag": judgement.flag}
    audit.append(connection, who, audit.Action.INCIDENT_OPENED, f"incident:{incident}", detail)
    return int(incident)


def _found(connection: Connection, incident: int) -> Any:
    asked = select(Incident.number, Incident.opened_by).where(Incident.id == incident)
    found = connection.execute(asked).one_or_none()
    if found is None:
        raise Gone
    return found


def _move(
    connection: Connection, incident: int, from_status: IncidentStatus, values: dict[str, Any]
) -> None:
    moved = connection.execute(
        update(Incident)
        .where(Incident.id == incident, Incident.status == str(from_status))
        .values(values)
    )
    if not moved.rowcount:
        raise CannotReview(
            "This incident has come further meanwhile, or it still waits for the second look. "
            "Nothing was done."
        )


def _comment(
    connection: Connection, who: audit.Actor, incident: int, number: int | None, text: str
) -> None:
    """Keep a comment with the conversation; of one that is erased there are none."""
    if number is not None:
        connection.execute(
            insert(IncidentComment).values(
                incident_id=incident, number=number, author=who.id, text=text.strip()
            )
        )


def _check(comment: str) -> None:
    if not comment.strip() or len(comment) > MAX_COMMENT:
        raise CannotReview(
            f"Please say why in a comment of at most {MAX_COMMENT} characters. Nothing was done."
        )


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
