"""Dismissing what needs no example, with a reason, and taking that back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from desk.errors import CannotBe
from desk.intake.turns import Place, Turn, by_ids, by_places
from desk.intake.wanted import PAGE
from desk.privacy import audit
from desk.privacy.audit import Action, Actor
from desk.review.reading import SOMEBODY
from desk.transcript.masking import masked
from records.base import now
from records.people import User
from records.publishing import Dismissal
from records.reviewing import Work
from records.words import WorkStatus

MOST = 500
"""So many messages are dismissed at once."""
MAX_REASON = 1000
NO_REASON = f"Say why it needs no example, in at most {MAX_REASON} characters. Nothing was done."
NOTHING_MARKED = "Mark at least one message. Nothing was done."


@dataclass(frozen=True)
class Dismissed:
    """A message that was dismissed, and why; both masked."""

    turn: Turn
    reason: str
    by: str
    at: datetime


def dismiss(connection: Connection, who: Actor, places: Sequence[Place], reason: str) -> int:
    """Dismiss messages, and what is open on the work list about them.

    Args:
        connection: a transaction that writes.
        who: who does it.
        places: the messages; those that are gone or dismissed already are left out.
        reason: why.

    Returns:
        How many there were.

    Raises:
        CannotBe: the reason is missing or too long, or nothing is named.
    """
    kept = reason.strip()
    if not kept or len(kept) > MAX_REASON:
        raise CannotBe(NO_REASON)
    if not places:
        raise CannotBe(NOTHING_MARKED)
    turns = by_places(connection, places[:MOST])
    new = put_away(connection, who, [turn.message_id for turn in turns], kept)
    for turn in turns:
        if turn.message_id in new:
            _log(connection, who, Action.TURN_DISMISSED, turn.place)
    return len(new)


def put_away(connection: Connection, who: Actor, ids: Sequence[str], reason: str) -> set[str]:
    """Have messages be shown no more, and close the work about them, without an entry of the log.

    Args:
        connection: a transaction that writes.
        who: who does it.
        ids: of the messages.
        reason: why.

    Returns:
        The ids of those that were not dismissed before.
    """
    known = set(
        connection.scalars(select(Dismissal.message_id).where(Dismissal.message_id.in_(ids)))
    )
    new = set(ids) - known
    if new:
        values = {"reason": reason, "by": who.id, "at": now()}
        connection.execute(insert(Dismissal), [{"message_id": id, **values} for id in new])
    close_work(connection, who, ids, WorkStatus.DISMISSED, reason)
    return new


def close_work(
    connection: Connection, who: Actor, ids: Sequence[str], status: WorkStatus, reason: str = ""
) -> None:
    """Close what is open on the work list about some messages."""
    values = {"status": str(status), "reason": reason, "closed_by": who.id, "closed_at": now()}
    connection.execute(
        update(Work)
        .where(Work.message_id.in_(ids), Work.status == str(WorkStatus.OPEN))
        .values(values)
    )


def undo(connection: Connection, who: Actor, place: Place) -> None:
    """Take a dismissal back: the message is on the list again, with the work about it.

    Raises:
        CannotBe: it is not dismissed any more.
    """
    turns = by_places(connection, [place])
    ids = [turn.message_id for turn in turns]
    gone = connection.execute(delete(Dismissal).where(Dismissal.message_id.in_(ids)))
    if not gone.rowcount:
        raise CannotBe("It is not dismissed any more. Nothing was done.")
    reopen_work(connection, ids, WorkStatus.DISMISSED)
    _log(connection, who, Action.DISMISSAL_UNDONE, place)


def reopen_work(connection: Connection, ids: Sequence[str], status: WorkStatus) -> None:
    """Open work again that an editor closed with a status; what a reviewer took back stays so."""
    values = {"status": str(WorkStatus.OPEN), "reason": "", "closed_by": None, "closed_at": None}
    connection.execute(
        update(Work)
        .where(Work.message_id.in_(ids), Work.status == str(status), Work.closed_by.is_not(None))
        .values(values)
    )


def listed(connection: Connection, page: int = 1) -> list[Dismissed]:
    """A page of what was dismissed, the newest first."""
    asked = (
        select(Dismissal.message_id, Dismissal.reason, Dismissal.at, User.shown)
        .outerjoin(User, User.id == Dismissal.by)
        .order_by(Dismissal.at.desc(), Dismissal.message_id)
        .limit(PAGE)
        .offset(PAGE * (page - 1))
    )
    rows = connection.execute(asked).all()
    turns = by_ids(connection, [row.message_id for row in rows])
    return [
        Dismissed(turns[row.message_id], masked(row.reason), row.shown or SOMEBODY, row.at)
        for row in rows
        if row.message_id in turns
    ]


def count(connection: Connection) -> int:
    """How many messages are dismissed."""
    return connection.execute(select(func.count()).select_from(Dismissal)).scalar_one()


def _log(connection: Connection, who: Actor, action: Action, place: Place) -> None:
    detail = {"turn": place.seq}
    audit.append(connection, who, action, audit.conversation(place.number), detail)
