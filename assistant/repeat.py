"""A message that comes a second time: what was said to it then, and nothing happens again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.events import BotUttered, Event, UserUttered

from assistant.tracking.store import Conversations, innermost


class Orders:
    """Lets one message of a conversation be looked at and answered at a time.

    Rasa's own lock is held while a message is answered, but not from the look to the answer.
    """

    def __init__(self) -> None:
        # A lock is gone as soon as nobody holds or awaits it.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(self, sender: str) -> AsyncIterator[None]:
        """Wait until no other message of the conversation is under way, and keep it so."""
        lock = self._locks.get(sender)
        if lock is None:
            lock = self._locks[sender] = asyncio.Lock()
        async with lock:
            yield


async def said_before(agent: Agent, sender: str, message_id: str) -> list[dict[str, Any]] | None:
    """What was said to a message of the conversation.

    Rasa stores a whole turn or nothing of it, and it sends what it stores: these are the messages
    that were sent then.

    Args:
        agent: Rasa's agent, for its tracker store.
        sender: the conversation's id.
        message_id: the message's.

    Returns:
        The messages as they are given to a channel; None if there was no such message.
    """
    store = innermost(agent)
    if isinstance(store, Conversations):
        events = await store.turn(sender, message_id)
        return None if events is None else _said(events)
    if isinstance(store, SQLTrackerStore) and not _is_known(store, sender, message_id):
        return None  # mostly so, and much sooner found out than by reading all of it
    tracker = await agent.tracker_store.retrieve_full_tracker(sender)
    return None if tracker is None else _after(tracker.events, message_id)


def _is_known(store: TrackerStore, sender: str, message_id: str) -> bool:
    written = f'"message_id": {json.dumps(message_id)}'
    with store.session_scope() as session:
        event = store.SQLEvent
        found = session.query(event.id).filter(
            event.sender_id == sender,
            event.type_name == UserUttered.type_name,
            event.data.contains(written, autoescape=True),
        )
        return found.first() is not None


def _said(events: Iterable[Event]) -> list[dict[str, Any]]:
    return [event.message() for event in events if isinstance(event, BotUttered)]


def _after(events: Iterable[Event], message_id: str) -> list[dict[str, Any]] | None:
    said: list[dict[str, Any]] | None = None
    for event in events:
        if isinstance(event, UserUttered):
            if said is not None:
                return said
            said = [] if event.message_id == message_id else None
        elif isinstance(event, BotUttered) and said is not None:
            said.append(event.message())
    return said
