"""Rasa's events as rows of the table, and rows as events."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from rasa.shared.core.events import Event, SessionStarted, UserUttered
from rasa.shared.nlu.constants import INTENT_NAME_KEY
from sqlalchemy import and_, func, literal_column, select

from assistant.tracking.errors import TrackingError
from assistant.tracking.table import EVENTS, WIDTH

logger = logging.getLogger(__name__)
column = EVENTS.c
# Written out in the statement: SQLite takes a partial index for no value that comes beside it.
MESSAGE = literal_column(f"'{UserUttered.type_name}'")
SESSION = literal_column(f"'{SessionStarted.type_name}'")


class Stored(NamedTuple):
    """One event as it is stored. Two are the same row only if both fields are equal.

    SQLite gives an id again once the row that had it was the last and was deleted.
    """

    id: int
    data: str


def as_row(sender: str, event: Event) -> dict[str, Any]:
    """The row of an event, as Rasa's SQLTrackerStore writes it, and the message's id."""
    said = event.as_dict()
    intent = said.get("parse_data", {}).get("intent", {}).get(INTENT_NAME_KEY)
    is_user = isinstance(event, UserUttered)
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": said.get("timestamp"),
        "intent_name": _fitting(intent),
        "action_name": _fitting(said.get("name")),
        "data": json.dumps(said),
        "message_id": _fitting(event.message_id or "") if is_user else None,
    }


def as_events(rows: Iterable[Stored]) -> list[Event]:
    """The events of rows. One that nobody can read is left out, and the log says which."""
    found = []
    for row in rows:
        try:
            event = _as_event(json.loads(row.data))
        except (ValueError, TypeError, KeyError, AttributeError):
            event = None
        if event is None:
            logger.error("The stored event %s cannot be read; it is left out", row.id)
        else:
            found.append(event)
    return found


def storable(sender: str) -> str:
    """The id of a conversation, if both databases can hold it as it is.

    Raises:
        TrackingError: it is empty or too long, or holds a NUL or half a character.
    """
    if not sender or _fitting(sender) != sender:
        raise TrackingError("The id of a conversation cannot be stored")
    return sender


def insert(connection: Any, rows: list[dict[str, Any]]) -> None:
    """Write rows in their order."""
    connection.execute(EVENTS.insert(), rows)


def last(connection: Any, sender: str) -> Stored | None:
    """The newest event of a conversation."""
    query = select(column.id, column.data).where(column.sender_id == sender)
    return _one(connection.execute(query.order_by(column.id.desc()).limit(1)).first())


def since(connection: Any, sender: str, first: int) -> list[Stored]:
    """The events of a conversation from the row ``first`` on."""
    query = select(column.id, column.data).where(column.sender_id == sender, column.id >= first)
    return [Stored(*row) for row in connection.execute(query.order_by(column.id))]


def of_session(connection: Any, sender: str) -> list[Stored]:
    """The events of a conversation since its last session began, which are what Rasa works on."""
    began = select(func.max(column.id)).where(
        column.sender_id == sender, column.type_name == SESSION
    )
    return since(connection, sender, connection.execute(began).scalar() or 0)


def turn(connection: Any, sender: str, message_id: str) -> list[Stored] | None:
    """The events from a message of the patient's up to the next; None if there was none such."""
    first = _heard(connection, sender, message_id)
    if first is None:
        return None
    after = select(func.min(column.id)).where(_heard_from(sender), column.id > first)
    end = connection.execute(after).scalar()
    return [one for one in since(connection, sender, first) if end is None or one.id < end]


def _heard(connection: Any, sender: str, message_id: str) -> int | None:
    """The row of a message of the patient's."""
    name = _fitting(message_id) or ""
    # Rows that Rasa's own store wrote have no message id beside the data.
    written = f'"message_id": {json.dumps(message_id)}'
    for same, is_said in (
        # Of a row whose data nobody can read, the column says the id, unless it was cut.
        (column.message_id == name, len(name) < WIDTH),
        (and_(column.message_id.is_(None), column.data.contains(written, autoescape=True)), False),
    ):
        query = select(column.id, column.data).where(_heard_from(sender), same).order_by(column.id)
        for row in (Stored(*found) for found in connection.execute(query)):
            [event] = as_events([row]) or [None]
            if event.message_id == message_id if event else is_said:
                return row.id
    return None


def _heard_from(sender: str) -> Any:
    return and_(column.sender_id == sender, column.type_name == MESSAGE)


def _one(row: Any) -> Stored | None:
    return None if row is None else Stored(*row)


def _fitting(name: Any) -> str | None:
    """A name as both databases can hold it; the whole of it stands in the data."""
    if name is None:
        return None
    clean = str(name).replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode("utf-8")
    return clean[:WIDTH]


def _as_event(said: dict[str, Any]) -> Event | None:
    kind = _kind(said["event"])
    return kind and kind._from_parameters(said)


@lru_cache(maxsize=64)
def _kind(name: str) -> Any:
    # Rasa looks through all classes of events for each event anew.
    return Event.resolve_by_type(name)
