"""What the transactions of the transcript are made of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from gateway import queries as sql
from gateway import rows
from gateway.replies import Reply
from records.base import now
from records.models import Message

# In the payload of a message that was too long: all that was typed, until it is answered.
TYPED = "typed"


def give_back(db: Connection, session_id: str, count: int) -> None:
    """Return numbers that were taken for messages which are there already."""
    db.execute(sql.TAKE_NUMBERS, {"of_session": session_id, "more": -count})


def note(db: Connection, session_id: str, below: int) -> Any:
    """What was noted last before the message of that number; None if nothing was."""
    return db.execute(sql.NOTE, {"of_session": session_id, "below": below}).scalar()


def later_note(db: Connection, message: Message) -> Any:
    """What was noted last with replies to other messages after it; None if nothing was."""
    parameters = {
        "of_session": message.session_id,
        "of_message": message.id,
        "above": message.seq,
    }
    return db.execute(sql.LATER_NOTE, parameters).scalar()


def is_said(db: Connection, message_id: str, is_all: bool) -> bool:
    """Whether another try said this already: all of it, or its beginning."""
    if is_all:
        return db.execute(sql.MARK_ANSWERED, {"of_message": message_id}).rowcount == 0
    return db.execute(sql.REPLIES, {"of_message": message_id}).first() is not None


def forget_typed(db: Connection, message: Message) -> None:
    """Drop what was typed beyond the text, which was kept only until the message is answered."""
    if TYPED in message.payload:
        kept = {name: value for name, value in message.payload.items() if name != TYPED}
        db.execute(sql.FORGET_TYPED, {"of_message": message.id, "kept": kept})


def history(db: Connection, session_id: str, after: int) -> Sequence[Message]:
    """The messages after that number, with their buttons."""
    parameters = {"of_session": session_id, "after": after}
    found = db.execute(sql.HISTORY, parameters).all()
    return rows.messages(found, db.execute(sql.HISTORY_BUTTONS, parameters)) if found else []


def replies_to(db: Connection, message_id: str) -> Sequence[Message]:
    """The replies to a message, with their buttons."""
    parameters = {"of_message": message_id}
    found = db.execute(sql.REPLIES, parameters).all()
    return rows.messages(found, db.execute(sql.REPLIES_BUTTONS, parameters)) if found else []


def add_replies(
    db: Connection,
    session_id: str,
    seq: int,
    replies: Sequence[Reply],
    reply_to: str | None = None,
    understanding: Any = None,
) -> list[Message]:
    """Add replies to a session.

    Args:
        db: the transaction.
        session_id: the session.
        seq: the number of the first.
        replies: what is said; at least one.
        reply_to: the patient's message that they answer.
        understanding: the note that goes with them.
    """
    at = now()
    said = [
        rows.reply(session_id, seq + number, one, at, reply_to)
        for number, one in enumerate(replies)
    ]
    said[0]["understanding"] = understanding
    offered = [rows.buttons(row, one) for row, one in zip(said, replies, strict=True)]
    db.execute(sql.ADD_MESSAGES, said)
    if any(offered):
        db.execute(sql.ADD_BUTTONS, [button for some in offered for button in some])
    return [rows.message(row, some) for row, some in zip(said, offered, strict=True)]
