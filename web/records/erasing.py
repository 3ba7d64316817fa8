"""Erasing a session with everything that was made of it, in the caller's transaction."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, or_, select

from records.base import Base, now
from records.conversations import Conversation
from records.models import Erasure, Message, Session


def number_of(db: Connection, session_id: str) -> int | None:
    """What staff call a session; None where it is not indexed yet."""
    asked = select(Conversation.number).where(Conversation.session_id == session_id)
    return db.execute(asked).scalar_one_or_none()


def hold_still(db: Connection, session_id: str) -> Session | None:
    """The session, with nothing written in it until the transaction ends; None if it is gone."""
    asked = select(Session).where(Session.id == session_id).with_for_update()
    row = db.execute(asked).one_or_none()
    return None if row is None else Session(**row._asdict())


def erase(
    db: Connection, session_id: str, diary_hash: str | None, number: int | None = None
) -> Erasure:
    """Delete everything of a session, and note that Rasa has yet to be told.

    Args:
        db: a transaction that writes.
        session_id: which.
        diary_hash: the diary that goes with it, if one does.
        number: what staff called it, if that Rasa was told is to be noted.
    """
    noted = {
        "session_id": session_id,
        "diary_hash": diary_hash,
        "erased_at": now(),
        "number": number,
    }
    # What it leaves in `changes` tells the desk's index, which drops it.
    db.execute(delete(Session).where(Session.id == session_id))
    db.execute(delete(Erasure).where(Erasure.session_id == session_id))
    db.execute(insert(Erasure).values(**noted))
    return Erasure(**noted)


def rows(db: Connection, session_id: str, number: int | None) -> dict[str, int]:
    """How many rows of each table belong to a session.

    Args:
        db: the database.
        session_id: which.
        number: what staff call it, if it is indexed; it may be gone by now.
    """
    return {
        table.name: db.execute(select(func.count()).select_from(table).where(belongs)).scalar_one()
        for table, belongs in _belonging(session_id, number)
    }


def _belonging(session_id: str, number: int | None) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """The tables whose rows hang on a session, as their references say, and which rows those are.

    A table that is added belongs here without being named.
    """
    messages = select(Message.id).where(Message.session_id == session_id)
    yield _table(Session), Session.id == session_id
    for table in Base.metadata.sorted_tables:
        if table is _table(Conversation):
            # By either, for it can be asked for when the other is forgotten.
            yield table, or_(Conversation.session_id == session_id, Conversation.number == number)
            continue
        to = {key.target_fullname: key.parent for key in table.foreign_keys}
        if "sessions.id" in to:
            yield table, to["sessions.id"] == session_id
        elif "conversations.number" in to:
            yield table, to["conversations.number"] == (-1 if number is None else number)
        elif "messages.id" in to:
            yield table, to["messages.id"].in_(messages)


def _table(model: type[Base]) -> Table:
    found = model.__table__
    assert isinstance(found, Table)
    return found
