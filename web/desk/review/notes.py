"""Notes: what staff write about a conversation. They are added and never changed."""

from sqlalchemy import Connection, insert, select

from desk.privacy import audit
from desk.review.errors import CannotReview, Gone
from records.conversations import Conversation
from records.reviewing import Note

MAX_NOTE = 4000


def add(connection: Connection, who: audit.Actor, number: int, text: str) -> None:
    """Add a note.

    Args:
        connection: a transaction that writes.
        who: its author.
        number: the conversation's.
        text: what is written; personal data in it is masked where it is shown.

    Raises:
        CannotReview: it is empty or too long, or the conversation is gone.
    """
    text = text.strip()
    if not text or len(text) > MAX_NOTE:
        raise CannotReview(f"A note has between one and {MAX_NOTE} characters. Nothing was added.")
    if connection.execute(select(1).where(Conversation.number == number)).first() is None:
        raise Gone
    connection.execute(insert(Note).values(number=number, author=who.id, text=text))
    detail = {"characters": len(text)}
    audit.append(connection, who, audit.Action.NOTE_ADDED, audit.conversation(number), detail)
