"""Reading one conversation unmasked, for a while and with a reason."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update

from desk.access.permissions import Permission
from desk.access.visitors import User
from desk.errors import NotFound
from desk.privacy import audit, reasons
from desk.privacy.audit import Action, Actor
from records.base import now
from records.conversations import Conversation
from records.people import Unmasking

LASTS = timedelta(minutes=15)


def may_read_unmasked(db: Connection, user: User, number: int) -> bool:
    """Whether a user may read a conversation unmasked at this moment."""
    return unmasked_until(db, user, number) is not None


def unmasked_until(db: Connection, user: User, number: int) -> datetime | None:
    """Until when a user may read a conversation unmasked; None if they may not.

    Who has lost the permission may not, whatever was granted before.
    """
    if not user.may(Permission.UNMASK):
        return None
    asked = select(func.max(Unmasking.until)).where(_in_force(user.id, number))
    found: datetime | None = db.execute(asked).scalar_one()
    return found


def unmask(db: Connection, user: User, number: int, reason: str) -> datetime:
    """Let a user read a conversation unmasked from now on.

    Args:
        db: a transaction that writes.
        user: who.
        number: the conversation.
        reason: why.

    Returns:
        Until when.

    Raises:
        NotFound: there is no such conversation.
        CannotBe: the reason will not do.
    """
    exists = select(Conversation.number).where(Conversation.number == number)
    if db.execute(exists.with_for_update(read=True)).one_or_none() is None:
        raise NotFound
    kept, at = reasons.checked(db, number, reason), now()
    values = {"user_id": user.id, "number": number, "reason": kept, "at": at, "until": at + LASTS}
    db.execute(insert(Unmasking).values(values))
    detail = {"reason": kept, "minutes": LASTS.seconds // 60}
    audit.append(db, _actor(user), Action.UNMASKED, audit.conversation(number), detail)
    return at + LASTS


def mask_again(db: Connection, user: User, number: int) -> None:
    """End it before its time; nothing happens where it has ended."""
    ended = update(Unmasking).where(_in_force(user.id, number)).values(until=now())
    if db.execute(ended).rowcount:
        audit.append(db, _actor(user), Action.MASKED_AGAIN, audit.conversation(number), {})


def _in_force(user_id: int, number: int) -> ColumnElement[bool]:
    return and_(Unmasking.user_id == user_id, Unmasking.number == number, Unmasking.until > now())


def _actor(user: User) -> Actor:
    return Actor(user.name, user.id)
