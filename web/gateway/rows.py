"""Rows of the transcript: made of what is said, and read back as messages with their buttons."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from gateway.extras import of_message
from gateway.replies import Reply
from records.models import DORSI, Button, Message

type Values = dict[str, Any]


def reply(
    session_id: str, seq: int, said: Reply, at: datetime, reply_to: str | None = None
) -> Values:
    """The row of one reply.

    Args:
        session_id: the session.
        seq: its number there.
        said: the reply.
        at: when it was said.
        reply_to: the patient's message that it answers.
    """
    return {
        "id": str(uuid.uuid4()),
        "session_id": session_id,
        "seq": seq,
        "direction": DORSI,
        "client_id": None,
        "reply_to": reply_to,
        "text": said.text,
        "kind": said.kind,
        "level": said.level,
        "topic": said.topic,
        "payload": {
            "sources": [source.model_dump() for source in said.sources],
            **of_message(said, "document"),
        },
        "understanding": None,
        "created_at": at,
        "answered": True,
    }


def buttons(message: Mapping[str, Any], said: Reply) -> list[Values]:
    """The rows of a reply's buttons.

    Args:
        message: the reply's row.
        said: the reply.
    """
    return [
        {
            "id": uuid.uuid4().hex,
            "session_id": message["session_id"],
            "message_id": message["id"],
            "position": position,
            "title": offer.title,
            "payload": offer.payload,
            "topic": offer.topic,
        }
        for position, offer in enumerate(said.buttons)
    ]


def message(row: Mapping[str, Any], offered: Iterable[Mapping[str, Any]] = ()) -> Message:
    """A message with its buttons, of no database session."""
    return Message(**row, buttons=[Button(**button) for button in offered])


def messages(rows: Sequence[Row[Any]], offered: Iterable[Row[Any]]) -> list[Message]:
    """The messages with their buttons.

    Args:
        rows: the messages, in their order.
        offered: the buttons of all of them, in their order.
    """
    of: dict[str, list[Mapping[str, Any]]] = {}
    for button in offered:
        of.setdefault(button.message_id, []).append(button._asdict())
    return [message(row._asdict(), of.get(row.id, ())) for row in rows]
