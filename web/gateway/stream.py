"""What happens in a session, told as it happens to whoever has it open: server-sent events."""

import asyncio
import json
import logging
import math
from collections import Counter, deque
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import aclosing, contextmanager
from typing import Final, NamedTuple

from fastapi.responses import StreamingResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect
from starlette.types import Message as ASGIMessage
from starlette.types import Receive, Scope, Send

from gateway import entries
from gateway.errors import TooMany
from gateway.metrics import Metrics
from gateway.sessions import short_hash
from gateway.store import SessionGone, Store
from records.models import Message
from served.addresses import network

log = logging.getLogger(__name__)

EVENT_STREAM = "text/event-stream"
HEARTBEAT_SECONDS = 15.0
# Who takes nothing for so long is not there any more.
SEND_SECONDS = 30.0
# Who has not read so many is not reading; the stream ends, and goes on where it is taken up again.
MOST_WAITING = 100
# Tabs of one patient; one more ends the oldest.
MOST_READERS = 10
# One that is ended may be stuck until its time to send is up; so many are open at the very most.
MOST_OPEN = 2 * MOST_READERS
MOST_OF_ADDRESS = 300
# So many messages are read from the transcript at a time.
PAGE = 100
HEARTBEAT = b": \n\n"


class Event(NamedTuple):
    """One thing that happened; `seq` is the number of a message."""

    kind: str
    data: str
    seq: int | None = None

    def encoded(self) -> bytes:
        """The event as it is sent."""
        number = "" if self.seq is None else f"id: {self.seq}\n"
        return f"event: {self.kind}\n{number}data: {self.data}\n\n".encode()


TYPING: Final = Event("typing", '{"typing": true}')
NOT_TYPING: Final = Event("typing", '{"typing": false}')
ERASED: Final = Event("erased", "{}")


class Reader:
    """One who has a session open."""

    def __init__(self) -> None:
        self._waiting: deque[Event] = deque()
        self._news = asyncio.Event()
        self.is_closed = False

    def tell(self, event: Event) -> None:
        """Have an event read; too many end the stream."""
        if len(self._waiting) >= MOST_WAITING:
            self.close()
        elif not self.is_closed:
            self._waiting.append(event)
            self._news.set()

    def close(self) -> None:
        """End the stream at once."""
        self._waiting.clear()
        self.is_closed = True
        self._news.set()

    async def read(self, seconds: float) -> list[Event]:
        """What has happened since, as soon as there is something; nothing after some seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return []
        self._news.clear()
        events = list(self._waiting)
        self._waiting.clear()
        return events


class Streams:
    """Who has which session open.

    Args:
        metrics: is told how many there are.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._readers: dict[str, list[Reader]] = {}
        self._of_address = Counter[str]()
        self._is_closed = False

    @contextmanager
    def open(self, session_id: str, address: str | None = None) -> Iterator[Reader]:
        """A reader of the session, for as long as the context lasts.

        Args:
            session_id: the session.
            address: where the reader is; what is not known is not counted.

        Raises:
            TooMany: the session or the address has too many open.
        """
        where = network(address) if address else ""
        if (
            len(self._readers.get(session_id, ())) >= MOST_OPEN
            or self._of_address[where] >= MOST_OF_ADDRESS
        ):
            raise TooMany(math.ceil(SEND_SECONDS))
        reader = Reader()
        if self._is_closed:
            reader.close()
        readers = self._readers.setdefault(session_id, [])
        readers.append(reader)
        listening = [one for one in readers if not one.is_closed]
        if len(listening) > MOST_READERS:
            listening[0].close()
        if where:
            self._of_address[where] += 1
        self._metrics.streams(1)
        try:
            yield reader
        finally:
            self._metrics.streams(-1)
            readers.remove(reader)
            if where:
                self._of_address[where] -= 1
                self._of_address += Counter()  # without those that have none
            if not readers and self._readers.get(session_id) is readers:
                del self._readers[session_id]

    def publish(self, session_id: str, *events: Event) -> None:
        """Tell of what is no message."""
        for reader in tuple(self._readers.get(session_id, ())):
            for event in events:
                reader.tell(event)

    def said(self, session_id: str, messages: Iterable[Message]) -> None:
        """Tell of messages that were recorded."""
        if session_id in self._readers:
            self.publish(session_id, *map(_of_message, messages))

    def close(self) -> None:
        """End all streams, and every one that is still opened."""
        self._is_closed = True
        for readers in tuple(self._readers.values()):
            for reader in tuple(readers):
                reader.close()


class EventStream(StreamingResponse):
    """A session's events: the messages after a number, then what happens.

    The transcript is looked into now and then as well: what another process recorded, or erased,
    is told with some delay.

    Args:
        streams: tells of what happens here.
        store: the transcript.
        session_id: the session.
        after: the number of the last message that is known.
        address: where the listener is, if that is known.
    """

    media_type = EVENT_STREAM

    def __init__(
        self, streams: Streams, store: Store, session_id: str, after: int, address: str | None
    ) -> None:
        # Proxies are to pass each event on at once.
        super().__init__((), headers={"X-Accel-Buffering": "no"})
        self._streams = streams
        self._store = store
        self._session_id = session_id
        self._after = after
        self._address = address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve it.

        Raises:
            gateway.errors.TooMany: there are too many streams, before this one began.
            ClientDisconnect: the client takes nothing any more.
        """
        with self._streams.open(self._session_id, self._address) as reader:
            events = follow(reader, self._store, self._session_id, self._after)
            async with aclosing(events) as self.body_iterator:
                await super().__call__(scope, receive, send)

    async def stream_response(self, send: Send) -> None:
        """Send all of it, for as long as each part is taken in time."""

        async def send_in_time(message: ASGIMessage) -> None:
            async with asyncio.timeout(SEND_SECONDS):
                await send(message)

        try:
            await super().stream_response(send_in_time)
        except TimeoutError:
            raise ClientDisconnect from None


async def follow(
    reader: Reader, store: Store, session_id: str, after: int
) -> AsyncGenerator[bytes]:
    """A session's events as they are sent.

    Args:
        reader: hears what happens here.
        store: the transcript.
        session_id: the session.
        after: the number of the last message that is known.
    """
    try:
        yield HEARTBEAT  # the headers go out with it
        is_behind = True
        events: list[Event] = []
        while True:
            while is_behind:  # page by page: a long transcript is never held whole
                missed = await _news(store, session_id, after)
                for event in missed:
                    after = event.seq or after
                    yield event.encoded()
                is_behind = bool(missed)
            for event in events:
                if event.seq is None:
                    yield event.encoded()
                    if event is ERASED:
                        return
                elif event.seq == after + 1:
                    after = event.seq
                    yield event.encoded()
                while event.seq and event.seq > after:  # one between them was not told
                    missed = await _news(store, session_id, after)
                    for one in missed:
                        after = one.seq or after
                        yield one.encoded()
                    if not missed:
                        break
            if reader.is_closed:
                return
            events = await reader.read(HEARTBEAT_SECONDS)
            if not events and not reader.is_closed:
                yield HEARTBEAT
                is_behind = True
    except SessionGone:
        if not await store.is_there(session_id):
            yield ERASED.encoded()
    except (SQLAlchemyError, OSError) as error:
        reason = type(error).__name__
        log.warning("a stream ended", extra={"session": short_hash(session_id), "reason": reason})


async def _news(store: Store, session_id: str, after: int) -> list[Event]:
    return [_of_message(message) for message in await store.news(session_id, after, PAGE)]


def _of_message(message: Message) -> Event:
    return Event("message", json.dumps(entries.entry(message)), message.seq)
