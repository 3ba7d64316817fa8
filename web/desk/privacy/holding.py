"""Keeping a conversation beyond its time, such as for a complaint or a court."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from desk.errors import CannotBe, NotFound
from desk.privacy import audit, reasons
from desk.privacy.audit import Action, Actor
from records import erasing
from records.base import now
from records.conversations import Conversation
from records.people import User
from records.reviewing import Hold


def held(db: Connection, number: int) -> Row[Any] | None:
    """Since when, by whom and why a conversation is held; None if it is not."""
    return db.execute(_holds().where(Conversation.number == number)).one_or_none()


def everything(db: Connection) -> Sequence[Row[Any]]:
    """All conversations that are held, the oldest hold first."""
    return db.execute(_holds().order_by(Hold.at, Conversation.number)).all()


def hold(db: Connection, who: Actor, number: int, reason: str) -> None:
    """Keep a conversation until somebody lets it go.

    Args:
        db: a transaction that writes.
        who: who does it.
        number: the conversation.
        reason: why.

    Raises:
        NotFound: there is no such conversation.
        CannotBe: it is held already, or the reason will not do.
    """
    session_id = session_of(db, number)
    if held(db, number):
        raise CannotBe("This conversation is held already.")
    kept = reasons.checked(db, number, reason)
    values = {"session_id": session_id, "reason": kept, "by": who.id, "at": now()}
    db.execute(insert(Hold).values(values))
    audit.append(db, who, Action.HELD, audit.conversation(number), {"reason": kept})


def lift(db: Connection, who: Actor, number: int, reason: str) -> None:
    """Let a conversation go: from now on it is erased when it is time.

    The arguments are those of `hold`.

    Raises:
        NotFound: there is no such conversation.
        CannotBe: it is not held, or the reason will not do.
    """
    session_id = session_of(db, number)
    if not held(db, number):
        raise CannotBe("This conversation is not held.")
    kept = reasons.checked(db, number, reason)
    db.execute(delete(Hold).where(Hold.session_id == session_id))
    audit.append(db, who, Action.HOLD_LIFTED, audit.conversation(number), {"reason": kept})


def session_of(db: Connection, number: int) -> str:
    """The id of a conversation's session, in which nothing is written until the transaction ends.

    Raises:
        NotFound: there is no such conversation.
    """
    found = select(Conversation.session_id).where(Conversation.number == number)
    session_id = db.execute(found).scalar_one_or_none()
    if session_id is None or erasing.hold_still(db, session_id) is None:
        raise NotFound
    return str(session_id)


def _holds() -> Any:
    return (
        select(Conversation.number, Conversation.last_at, Hold.reason, Hold.at, User.shown)
        .join(Hold, Hold.session_id == Conversation.session_id)
        .outerjoin(User, User.id == Hold.by)
    )
