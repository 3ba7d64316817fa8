"""What has been kept for long enough, and erasing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, exists, func, select

from records import audit, erasing
from records.conversations import Conversation
from records.models import Erasure, Message, Session
from records.reviewing import Hold

SILENT = and_(
    Session.created_at < bindparam("before"),
    ~exists().where(Message.session_id == Session.id, Message.created_at >= bindparam("before")),
)
HELD: ColumnElement[bool] = exists().where(Hold.session_id == Session.id)
OUTDATED = and_(SILENT, ~HELD)


@dataclass(frozen=True)
class Due:
    """What a sweep would erase.

    `oldest` is when the last message of the one that has been silent for longest came; `held` are
    the numbers of those that are kept although it is their time.
    """

    count: int
    oldest: datetime | None
    numbers: Sequence[int]
    held: Sequence[int]


def due(db: Connection, before: datetime, at_most: int = 1000) -> Due:
    """What a sweep would erase now, with so many numbers at the most."""
    parameters = {"before": before}
    silent_since = (
        select(func.max(Message.created_at))
        .where(Message.session_id == Session.id)
        .correlate(Session)
        .scalar_subquery()
    )
    last = func.coalesce(silent_since, Session.created_at, type_=Session.created_at.type)
    count = db.execute(select(func.count()).select_from(Session).where(OUTDATED), parameters)
    oldest = db.execute(select(func.min(last)).where(OUTDATED), parameters).scalar_one()
    return Due(
        count=count.scalar_one(),
        oldest=oldest,
        numbers=_numbers(db, OUTDATED, before, at_most),
        held=_numbers(db, and_(SILENT, HELD), before, at_most),
    )


def outdated(db: Connection, before: datetime, at_most: int) -> Sequence[Session]:
    """Sessions in which nothing was said since then, and which nobody holds."""
    # In an order, so that two that erase them do not wait for each other for ever.
    asked = select(Session).where(OUTDATED).order_by(Session.id).limit(at_most)
    found = db.execute(asked, {"before": before})
    return [Session(**row._asdict()) for row in found]


def erase(
    db: Connection, session_ids: Sequence[str], before: datetime, actor: audit.Actor
) -> list[Erasure]:
    """Erase those of some sessions that are outdated still, with one entry in the audit log.

    The diary is no part of them: it goes with the patient's browser, and its key erases it.

    Args:
        db: a transaction that writes.
        session_ids: which; something may have been said in them since they were looked up.
        before: since when nothing must have been said.
        actor: who erases them.
    """
    erased, numbers = [], []
    still = select(Session.id).where(Session.id == bindparam("of_session"), OUTDATED)
    for id in session_ids:
        erasing.hold_still(db, id)
        if db.execute(still, {"of_session": id, "before": before}).one_or_none() is None:
            continue
        number = erasing.number_of(db, id)
        erased.append(erasing.erase(db, id, None))
        if number is not None:
            numbers.append(number)
    if erased:
        detail = {"count": len(erased), "numbers": numbers, "before": before.isoformat()}
        audit.append(db, actor, audit.Action.RETENTION_SWEPT, "retention", detail)
    return erased


def _numbers(
    db: Connection, which: ColumnElement[bool], before: datetime, at_most: int
) -> Sequence[int]:
    asked = (
        select(Conversation.number)
        .join(Session, Session.id == Conversation.session_id)
        .where(which)
        .order_by(Conversation.number)
        .limit(at_most)
    )
    return db.execute(asked, {"before": before}).scalars().all()
