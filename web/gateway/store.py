"""The transcript: the only code that reads and writes it."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import selectinload

from gateway import database
from gateway.extras import of_message
from gateway.models import DORSI, PATIENT, Button, Erasure, Message, Session
from gateway.replies import Reply

# A queue that stands still, as behind a locked database, is a failure to be told of in time.
QUEUE_SECONDS = 5.0


class SessionGone(Exception):
    """The session was erased meanwhile."""


@dataclass
class Turn:
    """A patient's message and what was answered; no replies means that none was made yet."""

    message: Message
    replies: Sequence[Message] = field(default_factory=list)


class Store:
    """The transcript in a database. Each method is one transaction, committed when it returns."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._reading = async_sessionmaker(engine, expire_on_commit=False)
        self._writing = async_sessionmaker(
            engine.execution_options(begin="IMMEDIATE"), expire_on_commit=False
        )
        # SQLite lets one write at a time, and who waits for long may wait for ever: queue here.
        one_writer = engine.dialect.name == "sqlite"
        self._writer = asyncio.Lock() if one_writer else None

    @asynccontextmanager
    async def _turn_to_write(self) -> AsyncIterator[None]:
        if self._writer is None:
            yield
            return
        async with asyncio.timeout(QUEUE_SECONDS):
            await self._writer.acquire()
        try:
            yield
        finally:
            self._writer.release()

    @asynccontextmanager
    async def _write(self) -> AsyncIterator[AsyncSession]:
        async with self._turn_to_write(), self._writing.begin() as db:
            yield db

    async def ping(self) -> None:
        """Ask the database for a sign of life; raises whatever its driver raises."""
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def open_session(
        self,
        token_hash: str,
        region: str,
        welcome: Sequence[Reply],
        diary_hash: str | None = None,
    ) -> tuple[Session, Sequence[Message]]:
        """Begin a session with Dorsi's first words in it."""
        session = Session(
            id=uuid.uuid4().hex, token_hash=token_hash, region=region, diary_hash=diary_hash
        )
        async with self._write() as db:
            db.add(session)
            await db.flush()
            said = _add_replies(db, session.id, 1, welcome)
        return session, said

    async def find_session(self, token_hash: str) -> Session | None:
        """The session of a token."""
        async with self._reading.begin() as db:
            return await db.scalar(select(Session).where(Session.token_hash == token_hash))

    async def offered(self, session_id: str, button_id: str) -> Button | None:
        """The button, if it was offered in this session."""
        query = select(Button).where(Button.session_id == session_id, Button.id == button_id)
        async with self._reading.begin() as db:
            return await db.scalar(query)

    async def record(
        self, session_id: str, client_id: str, text: str, payload: dict[str, Any]
    ) -> Turn:
        """Record a patient's message, or find it recorded by an earlier try.

        Args:
            session_id: the session.
            client_id: the client's id of the message.
            text: what the patient wrote, or the title of the button taken.
            payload: for a button taken, which.

        Returns:
            The turn as it now stands.

        Raises:
            SessionGone: there is no such session any more.
        """
        async with self._write() as db:
            await _lock_session(db, session_id)
            known = await db.scalar(
                select(Message).where(
                    Message.session_id == session_id, Message.client_id == client_id
                )
            )
            if known is not None:
                return Turn(known, await _replies_to(db, known))
            message = Message(
                id=str(uuid.uuid4()),
                session_id=session_id,
                seq=await _next_seq(db, session_id),
                direction=PATIENT,
                client_id=client_id,
                text=text,
                payload=payload,
            )
            db.add(message)
        return Turn(message)

    async def answer(
        self, message: Message, replies: Sequence[Reply], understanding: Any = None
    ) -> Sequence[Message]:
        """Record Dorsi's replies to a message, with what was understood.

        Raises:
            SessionGone: there is no such session any more.
        """
        async with self._write() as db:
            await _lock_session(db, message.session_id)
            seq = await _next_seq(db, message.session_id)
            said = _add_replies(db, message.session_id, seq, replies, reply_to=message.id)
            said[0].understanding = understanding
        return said

    async def history(self, session_id: str) -> Sequence[Message]:
        """All messages of a session, the oldest first, with their buttons."""
        query = select(Message).where(Message.session_id == session_id).order_by(Message.seq)
        async with self._reading.begin() as db:
            return (await db.scalars(query.options(selectinload(Message.buttons)))).all()

    async def payload(self, session_id: str, message_id: str) -> dict[str, Any] | None:
        """What a message of this session carries beside its words; None if there is no such."""
        query = select(Message.payload).where(
            Message.id == message_id, Message.session_id == session_id, Message.direction == DORSI
        )
        async with self._reading.begin() as db:
            return await db.scalar(query)

    async def last_note(self, session_id: str) -> Any:
        """What was noted with the latest reply that has a note; None if none has."""
        query = (
            select(Message.understanding)
            .where(Message.session_id == session_id, Message.understanding.is_not(None))
            .order_by(Message.seq.desc())
            .limit(1)
        )
        async with self._reading.begin() as db:
            return await db.scalar(query)

    async def erase(self, session: Session) -> Erasure:
        """Delete everything of a session, and note that Rasa has yet to be told."""
        erasure = Erasure(session_id=session.id, diary_hash=session.diary_hash)
        async with self._write() as db:
            await db.execute(delete(Session).where(Session.id == session.id))
            await db.merge(erasure)
        if self._engine.dialect.name == "sqlite":
            async with self._turn_to_write():
                await database.empty_log(self._engine)
        return erasure

    async def erasures(self) -> Sequence[Erasure]:
        """The erased sessions of which Rasa has yet to be told."""
        async with self._reading.begin() as db:
            return (await db.scalars(select(Erasure))).all()

    async def erased_everywhere(self, session_id: str) -> None:
        """Rasa has been told: nothing at all is left of the session."""
        async with self._write() as db:
            await db.execute(delete(Erasure).where(Erasure.session_id == session_id))


async def _lock_session(db: AsyncSession, session_id: str) -> None:
    """Hold the session's row, so that two processes cannot give out the same number."""
    query = select(Session.id).where(Session.id == session_id).with_for_update()
    if await db.scalar(query) is None:
        raise SessionGone


async def _next_seq(db: AsyncSession, session_id: str) -> int:
    last = await db.scalar(select(func.max(Message.seq)).where(Message.session_id == session_id))
    return (last or 0) + 1


async def _replies_to(db: AsyncSession, message: Message) -> Sequence[Message]:
    query = select(Message).where(Message.reply_to == message.id).order_by(Message.seq)
    return (await db.scalars(query.options(selectinload(Message.buttons)))).all()


def _add_replies(
    db: AsyncSession,
    session_id: str,
    seq: int,
    replies: Sequence[Reply],
    reply_to: str | None = None,
) -> Sequence[Message]:
    said = [
        _message(session_id, seq + number, reply, reply_to) for number, reply in enumerate(replies)
    ]
    db.add_all(said)
    return said


def _message(session_id: str, seq: int, reply: Reply, reply_to: str | None) -> Message:
    return Message(
        id=str(uuid.uuid4()),
        session_id=session_id,
        seq=seq,
        direction=DORSI,
        reply_to=reply_to,
        text=reply.text,
        kind=reply.kind,
        level=reply.level,
        topic=reply.topic,
        payload={
            "sources": [source.model_dump() for source in reply.sources],
            **of_message(reply, "document"),
        },
        buttons=[
            Button(
                id=uuid.uuid4().hex,
                session_id=session_id,
                position=position,
                title=offer.title,
                payload=offer.payload,
                topic=offer.topic,
            )
            for position, offer in enumerate(reply.buttons)
        ],
    )
