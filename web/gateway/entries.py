"""Messages as the chat API shows them, ready for JSON.

What is stored was checked when it came: checking it again would cost more than all the rest.
"""

from collections.abc import Iterable
from typing import Any

from gateway.downloads import downloads
from gateway.extras import Extras, of_message
from records.models import DORSI, PATIENT, Feedback, Message

_EXTRAS = frozenset(Extras.model_fields)


def replies(messages: Iterable[Message]) -> dict[str, Any]:
    """Dorsi's messages, of the shape `schemas.Replies`."""
    return {"messages": [reply(message) for message in messages]}


def history(messages: Iterable[Message]) -> dict[str, Any]:
    """A transcript, of the shape `schemas.History`."""
    return {"messages": [entry(message) for message in messages]}


def entry(message: Message) -> dict[str, Any]:
    """One message of a transcript."""
    if message.direction == DORSI:
        return {"from": DORSI, **reply(message)}
    shown = {
        "from": PATIENT,
        "id": message.client_id or message.id,
        "seq": message.seq,
        "at": message.created_at.isoformat(),
        "text": message.text,
    }
    if "choice" in message.payload:
        shown["choice"] = message.payload["choice"]
    return shown


def feedback(given: Iterable[Feedback]) -> list[dict[str, Any]]:
    """What a patient thinks of messages, of the shape `schemas.Opinion`."""
    return [
        {
            "message": one.message_id,
            "helpful": one.helpful,
            "reason": one.reason,
            "at": one.at.isoformat(),
        }
        for one in given
    ]


def reply(message: Message) -> dict[str, Any]:
    """One message of Dorsi's, of the shape `schemas.ReplyOut`."""
    shown: dict[str, Any] = {
        "id": message.id,
        "seq": message.seq,
        "at": message.created_at.isoformat(),
        "text": message.text,
        "kind": message.kind,
        "level": message.level,
        "topic": message.topic,
        "buttons": [
            {"id": button.id, "title": button.title}
            | ({"topic": button.topic} if button.topic else {})
            for button in message.buttons
        ],
        "sources": message.payload.get("sources", []),
    }
    carried = {name: message.payload[name] for name in _EXTRAS & message.payload.keys()}
    if carried:  # of an older release, perhaps
        shown |= of_message(Extras.model_validate(carried))
    if "document" in message.payload:
        files = downloads(message.id, message.payload) or []
        shown |= {"downloads": [file.model_dump() for file in files]} if files else {}
    return shown
