"""Safety incidents: a red flag that was missed or raised without need, and the second look on it.

Whoever opened an incident does not take the second look, and only after it can it be closed.
"""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from desk.catalogue import Catalogue
from desk.privacy import audit
from desk.review.errors import CannotReview, Gone
from desk.review.form import MAX_COMMENT, Judgement
from desk.transcript.outline import Brief
from records.base import now
from records.reviewing import Incident, IncidentComment
from records.words import INCIDENTS, IncidentKind, IncidentStatus, Level, Outcome


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
    without need what the patient was told. Where nobody had said which flag was missed, whoever
    adds to the incident may.
    """
    kind = INCIDENTS[judgement.ruling]
    asked = select(Incident.id).where(
        Incident.message_id == turn.message_id,
        Incident.kind == str(kind),
        Incident.status != str(IncidentStatus.CLOSED),
    )
    known: int | None = connection.execute(asked).scalar()
    if known and kind is IncidentKind.MISSED:
        _name(connection, known, judgement.flag, catalogue)
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


def _name(connection: Connection, incident: int, flag: str | None, catalogue: Catalogue) -> None:
    """Say which flag was missed, where nobody has said so yet."""
    if flag and flag in catalogue.flags:
        connection.execute(
            update(Incident)
            .where(Incident.id == incident, Incident.flag.is_(None))
            .values(flag=flag, level=int(catalogue.flags[flag].level))
        )


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
