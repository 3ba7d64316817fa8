"""The transcript: the only code that reads and writes it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from gateway import queries as sql
from gateway import rows, steps
from gateway.replies import Reply
from gateway.visits import Visits
from records.base import now
from records.models import PATIENT, Button, Feedback, Message, Session

# Above every number of a message.
NEWEST = 2**31 - 1


class SessionGone(Exception):
    """The session was erased meanwhile, or has ended."""


class UnknownMessage(Exception):
    """The session has no such message of Dorsi's."""


@dataclass
class Turn:
    """A patient's message and what was answered so far.

    Attributes:
        message: the patient's; all was answered if it says so.
        replies: those that are recorded.
        note: what was noted last before this message.
        later: what was noted last with the answers to others, given after this message came.
        is_new: whether no earlier try recorded it.
    """

    message: Message
    replies: Sequence[Message] = field(default_factory=list)
    note: Any = None
    later: Any = None
    is_new: bool = True


class Store(Visits):
    """The transcript in a database. Each method is one transaction, committed when it returns."""

    async def offered(self, session_id: str, button_id: str) -> Button | None:
        """The button, if it was offered in this session."""
        parameters = {"of_session": session_id, "button": button_id}
        row = await self._database.read(
            lambda db: db.execute(sql.OFFERED, parameters).one_or_none()
        )
        return None if row is None else Button(**row._asdict())

    async def record(
        self, session: Session, client_id: str, text: str, payload: dict[str, Any]
    ) -> Turn:
        """Record a patient's message, or find it recorded by an earlier try.

        Args:
            session: the session; it may have been looked up a while ago.
            client_id: the client's id of the message.
            text: what the patient wrote, or the title of the button taken.
            payload: for a button taken, which.

        Returns:
            The turn as it now stands.

        Raises:
            SessionGone: there is no such session any more.
        """
        at = now()
        used = {**self._lifetime.parameters(at, session.token_hash), "of_session": session.id}
        values: rows.Values = {
            "id": str(uuid.uuid4()),
            "session_id": session.id,
            "direction": PATIENT,
            "client_id": client_id,
            "text": text,
            "payload": payload,
            "created_at": at,
            "answered": False,
        }

        def work(db: Connection) -> Turn:
            seq = db.execute(sql.USE_SESSION, {**used, "more": 1}).scalar()
            if seq is None:
                raise SessionGone
            found = {"of_session": session.id, "client": client_id}
            known = db.execute(sql.EARLIER_TRY, found).one_or_none()
            if known is not None:
                steps.give_back(db, session.id, 1)
                message = rows.message(known._asdict())
                note = steps.note(db, session.id, message.seq)
                later = steps.later_note(db, message)
                said = steps.replies_to(db, message.id)
                return Turn(message, said, note, later, is_new=False)
            note = steps.note(db, session.id, seq)
            db.execute(sql.ADD_MESSAGES, {**values, "seq": seq})
            return Turn(rows.message({**values, "seq": seq}), note=note)

        return await self._database.write(work)

    async def answer(
        self,
        message: Message,
        replies: Sequence[Reply],
        understanding: Any = None,
        *,
        before: Sequence[Message] = (),
        is_all: bool = True,
    ) -> Sequence[Message]:
        """Record Dorsi's replies to a message, with what was understood; once, however often.

        Args:
            message: the patient's.
            replies: what is said; at least one.
            understanding: the note that goes with them.
            before: the replies to the message that are recorded already.
            is_all: whether nothing more is going to be said to it.

        Returns:
            All replies to the message, in their order: those of another try if there was one.

        Raises:
            SessionGone: there is no such session any more.
        """

        def work(db: Connection) -> Sequence[Message]:
            session_id, count = message.session_id, len(replies)
            last = db.execute(sql.TAKE_NUMBERS, {"of_session": session_id, "more": count}).scalar()
            if last is None:
                raise SessionGone
            if steps.is_said(db, message.id, is_all):
                steps.give_back(db, session_id, count)
                return steps.replies_to(db, message.id)
            if is_all:
                steps.forget_typed(db, message)
            said = steps.add_replies(
                db, session_id, last - count + 1, replies, message.id, understanding
            )
            return [*before, *said]

        return await self._database.write(work)

    async def history(self, session_id: str, after: int = 0) -> Sequence[Message]:
        """All messages of a session after that number, the oldest first, with their buttons."""
        return await self._database.read(lambda db: steps.history(db, session_id, after))

    async def news(self, session_id: str, after: int, at_most: int) -> Sequence[Message]:
        """The same of a session that lasts, so many at a time.

        Raises:
            SessionGone: it was erased, or it has ended.
        """
        lasting = {**self._lifetime.parameters(now()), "of_session": session_id}
        parameters = {"of_session": session_id, "after": after}

        def work(db: Connection) -> Sequence[Message]:
            if db.execute(sql.LASTS, lasting).one_or_none() is None:
                raise SessionGone
            found = db.execute(sql.NEWS, {**parameters, "at_most": at_most}).all()
            if not found:
                return []
            until = {**parameters, "until": found[-1].seq}
            return rows.messages(found, db.execute(sql.NEWS_BUTTONS, until))

        return await self._database.read(work)

    async def unanswered(self, session_id: str, since: datetime) -> Sequence[Message]:
        """The patient's messages since then whose replies are not all there, the oldest first."""
        parameters = {"of_session": session_id, "not_before": since}
        found = await self._database.read(lambda db: db.execute(sql.UNANSWERED, parameters).all())
        return rows.messages(found, ())

    async def unanswered_sessions(self, since: datetime) -> Sequence[Session]:
        """The sessions that have such messages."""
        parameters = {"not_before": since}
        found = await self._database.read(
            lambda db: db.execute(sql.UNANSWERED_SESSIONS, parameters).all()
        )
        return [Session(**row._asdict()) for row in found]

    async def payload(self, session_id: str, message_id: str) -> dict[str, Any] | None:
        """What a message of this session carries beside its words; None if there is no such."""
        parameters = {"of_session": session_id, "of_message": message_id}
        found: dict[str, Any] | None = await self._database.read(
            lambda db: db.execute(sql.PAYLOAD, parameters).scalar()
        )
        return found

    async def last_note(self, session_id: str) -> Any:
        """What was noted with the latest reply that has a note; None if none has."""
        return await self._database.read(lambda db: steps.note(db, session_id, NEWEST))

    async def feedback(
        self, session_id: str, message_id: str, helpful: bool | None, reason: str | None
    ) -> None:
        """Keep what a patient thinks of a message; what was thought before is replaced.

        Args:
            session_id: the session.
            message_id: one of Dorsi's messages.
            helpful: whether it helped; None takes back what was said of it.
            reason: why, in the patient's words.

        Raises:
            UnknownMessage: it is not one of Dorsi's in this session.
        """
        found = {"of_session": session_id, "of_message": message_id}
        values = {
            "message_id": message_id,
            "session_id": session_id,
            "helpful": helpful,
            "reason": reason,
            "at": now(),
        }

        def work(db: Connection) -> None:
            if db.execute(sql.DORSIS_MESSAGE, found).one_or_none() is None:
                raise UnknownMessage
            db.execute(sql.DELETE_FEEDBACK, {"of_message": message_id})
            if helpful is not None:
                db.execute(sql.ADD_FEEDBACK, values)

        await self._database.write(work)

    async def opinions(self, session_id: str) -> Sequence[Feedback]:
        """What the patient thinks of Dorsi's messages, the oldest first."""
        parameters = {"of_session": session_id}
        found = await self._database.read(lambda db: db.execute(sql.FEEDBACK, parameters).all())
        return [Feedback(**row._asdict()) for row in found]
