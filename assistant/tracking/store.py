"""The tracker store that ``endpoints.yml`` names: a turn reads and writes only what is new."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from functools import partial
from itertools import islice
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import select

from assistant.tracking import rows
from assistant.tracking.address import at_home, left_over
from assistant.tracking.attempt import Attempt
from assistant.tracking.cache import Cache
from assistant.tracking.database import Database
from assistant.tracking.errors import TrackingError
from assistant.tracking.rows import Stored
from assistant.tracking.table import EVENTS
from assistant.tracking.threads import Threads
from assistant.tracking.window import Window, settled

KEPT_EVENTS, PACKED_BYTES = 3_000, 8 * 2**20
"""Of the hot conversations: some fifty of twenty turns at hand, a thousand more packed."""

logger = logging.getLogger(__name__)


class ChangedError(TrackingError):
    """Another process wrote to the conversation, or erased it, while a turn was under way."""


class Conversations(TrackerStore):
    """Rasa's events, in the table of Rasa's own SQL store, and the hot conversations in memory.

    What is kept in memory counts only while the database's newest event of the conversation is the
    one it ended with. Every call waits in a thread, so that other conversations go on meanwhile.
    Whatever cannot be read or written is a TrackingError: nothing is forgotten in silence.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
    ) -> None:
        """Open the database, or go on without until it is there.

        Args:
            domain: the domain, for the slots.
            host: the database's address, ``url`` in endpoints.yml; the environment's if not given.
            event_broker: whom to tell of new events.

        Raises:
            TrackingError: the address is of no use.
        """
        super().__init__(domain, event_broker)
        self._kept = Cache(KEPT_EVENTS, PACKED_BYTES)
        self._database = Database(host or at_home(os.environ))
        if host is None and (old := left_over(os.environ)):
            logger.warning("Patients' words are left in %s, which is not used: delete it", old)
        self._threads = Threads(self._database.writers, self._database.seconds)
        try:
            self._database.prepare()
        except TrackingError as error:
            logger.error("No message can be taken yet. %s", error)

    @property
    def domain(self) -> Domain:
        """The domain, which gives each tracker its slots."""
        return self._domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        self._domain = domain or Domain.empty()
        self._kept.clear()

    def init_tracker(self, sender_id: str) -> Window:
        """A tracker of a conversation in which nothing happened yet."""
        return Window(sender_id, self.domain.slots)

    async def retrieve(self, sender_id: str) -> Window | None:
        """The conversation since its last session began; None if there is none.

        Raises:
            TrackingError: it cannot be read.
        """
        kept = self._kept.get(sender_id)
        found = await self._threads.read(lambda: self._read(sender_id, kept))
        if found is None:
            self._kept.drop(sender_id)
            return None
        self._kept.put(sender_id, found)
        tracker: Window = found.copy()
        return tracker

    def at_hand(self, sender_id: str) -> Window | None:
        """The conversation as this process stored or read it last, if it is in memory.

        Nobody may change it; another process may have gone on with it since.
        """
        return self._kept.get(sender_id)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The conversation with all its sessions, and every event of them; None if there is none.

        Raises:
            TrackingError: it cannot be read.
        """
        events = await self._threads.read(lambda: self._all(conversation_id))
        if not events:
            return None
        return DialogueStateTracker.from_events(conversation_id, events, self.domain.slots)

    async def exists(self, conversation_id: str) -> bool:
        """Whether anything happened in a conversation."""
        return await self._threads.read(lambda: self._newest(conversation_id)) is not None

    async def keys(self) -> Iterable[str]:
        """The ids of all conversations."""
        return await self._threads.read(self._senders)

    async def turn(self, sender_id: str, message_id: str) -> list[Event] | None:
        """A message of the patient's, however old, and what followed up to the next.

        Args:
            sender_id: the conversation's id.
            message_id: the message's.

        Returns:
            The events, the message first unless its row cannot be read; None if there was no such
            message.

        Raises:
            TrackingError: the conversation cannot be read.
        """
        return await self._threads.read(lambda: self._turn(sender_id, message_id))

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what a tracker has and the database has not: all of it, or nothing.

        Raises:
            ChangedError: somebody else wrote to the conversation or erased it meanwhile.
            TrackingError: it cannot be written in time. Then it is not written later either, nor
                if this is cancelled.
        """
        kept = self._kept.get(tracker.sender_id)
        self._kept.drop(tracker.sender_id)
        new, settled_one = await self._threads.write(partial(self._write, tracker))
        if settled_one is not None:
            self._kept.put(tracker.sender_id, settled_one)
        elif not new and kept is not None:
            self._kept.put(tracker.sender_id, kept)
        if new and self.event_broker is not None:
            await self._publish(new, tracker.sender_id)

    async def erase(self, sender_id: str) -> None:
        """Delete every event of a conversation, so that no word of it is left in a file.

        Raises:
            TrackingError: it cannot be deleted.
        """
        self._kept.drop(sender_id)
        await self._threads.write_at_last(lambda: self._erase(sender_id))

    def close(self) -> None:
        """Close the connections; nothing can be read or written afterwards."""
        self._threads.close()
        self._database.close()

    def _read(self, sender: str, kept: Window | None) -> Window | None:
        with self._database.reading() as connection:
            if kept is not None and kept.last is not None:
                found = rows.since(connection, sender, kept.last.id)
                if found == [kept.last]:
                    return kept
                if found[:1] == [kept.last]:
                    added = rows.as_events(found[1:])
                    # What was kept says nothing of a session that has begun since.
                    if not any(isinstance(event, SessionStarted) for event in added):
                        return self._settled(kept, added, found[-1])
            found = rows.of_session(connection, rows.storable(sender))
        if not found:
            return None
        return self._settled(self.init_tracker(sender), rows.as_events(found), found[-1])

    def _settled(self, before: Window, added: list[Event], newest: Stored) -> Window:
        """A conversation after it, and the events that somebody else added."""
        now = before.copy()
        for event in added:
            now.update(event)
        return self._at_rest(now, list(now.events), newest)

    def _at_rest(self, tracker: Window, events: list[Event], newest: Stored) -> Window:
        older = partial(self._older, tracker.sender_id)
        made = settled(tracker, tracker.past, events, older)
        made.last = newest
        return made

    def _write(
        self, tracker: DialogueStateTracker, attempt: Attempt
    ) -> tuple[list[Event], Window | None]:
        sender = rows.storable(tracker.sender_id)
        new = self._new(tracker)
        if not new:
            return [], None
        written = [rows.as_row(sender, event) for event in new]
        with self._database.writing(sender, attempt) as connection:
            if isinstance(tracker, Window) and rows.last(connection, sender) != tracker.last:
                raise ChangedError("The conversation changed while a turn was under way")
            rows.insert(connection, written)
            newest = rows.last(connection, sender)
        self._database.empty_owed_log()
        if not isinstance(tracker, Window) or newest is None:
            return new, None
        # As they would be read back, so that it makes no difference whether they are.
        again = rows.as_events(Stored(0, row["data"]) for row in written)
        events = [*islice(tracker.events, tracker.stored), *again]
        tracker.stored, tracker.last = len(tracker.events), newest
        return new, self._at_rest(tracker, events, newest)

    def _new(self, tracker: DialogueStateTracker) -> list[Event]:
        if isinstance(tracker, Window):
            stored = tracker.stored
        else:
            # A tracker made by somebody else: all of a session, as Rasa's own store takes it.
            with self._database.reading() as connection:
                stored = len(rows.of_session(connection, tracker.sender_id))
        return list(islice(tracker.events, stored, None))

    def _older(self, sender: str, length: int) -> list[Event]:
        """The first events of a session, for a tracker whose window does not reach back enough."""
        with self._database.reading() as connection:
            events = rows.as_events(rows.of_session(connection, sender))
        if len(events) < length:
            raise ChangedError("The conversation was erased while a turn was under way")
        return events[:length]

    def _all(self, sender: str) -> list[Event]:
        with self._database.reading() as connection:
            return rows.as_events(rows.since(connection, rows.storable(sender), 0))

    def _newest(self, sender: str) -> Stored | None:
        with self._database.reading() as connection:
            return rows.last(connection, rows.storable(sender))

    def _senders(self) -> list[str]:
        with self._database.reading() as connection:
            return list(connection.execute(select(EVENTS.c.sender_id).distinct()).scalars())

    def _turn(self, sender: str, message_id: str) -> list[Event] | None:
        with self._database.reading() as connection:
            found = rows.turn(connection, rows.storable(sender), message_id)
        return None if found is None else rows.as_events(found)

    def _erase(self, sender: str) -> None:
        with self._database.writing(rows.storable(sender)) as connection:
            connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == sender))
        self._database.empty_log()

    async def _publish(self, new: list[Event], sender: str) -> None:
        # Only now is it true; and the turn has happened, whether anybody can be told or not.
        try:
            await self._stream_new_events(self.event_broker, new, sender)
        except Exception as error:
            logger.error("New events were stored, but not published: %s", type(error).__name__)


def refusing(agent: Any) -> None:
    """Let a failure of the store reach whoever sent the message.

    Rasa wraps every tracker store in one that goes on with an empty conversation in memory when the
    database fails, and takes memory alone for a class that cannot be imported. Both would forget
    in silence what a patient said.

    Args:
        agent: Rasa's agent; its store and its processor's are changed.

    Raises:
        TrackingError: conversations would not be kept.
    """
    store = innermost(agent)
    if not isinstance(store, Conversations):
        kind = type(store).__name__
        raise TrackingError(f"Conversations would be in a {kind}, see the log and endpoints.yml")
    agent.tracker_store = store
    if agent.processor is not None:
        agent.processor.tracker_store = store


def innermost(agent: Any) -> TrackerStore:
    """The tracker store that holds the events, without what Rasa wraps it in."""
    store = agent.tracker_store
    while hasattr(store, "_tracker_store"):
        store = store._tracker_store
    return store
