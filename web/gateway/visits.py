"""Sessions in the database: how they begin, last and end, and that nothing is left of them."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, text

from gateway import queries as sql
from gateway import steps
from gateway.replies import Reply
from gateway.sessions import Lifetime
from records import audit, erasing, retention, search
from records.base import now
from records.database import Database
from records.models import Erasure, Message, Session

# How long the token before is still taken: an answer that was lost must not lock anybody out.
PREVIOUS_TOKEN = timedelta(seconds=60)
# Use is noted this often, which is exact enough and spares a write with each request.
NOTE_USE_EVERY = timedelta(hours=1)


class Visits:
    """The sessions. Each method is one transaction, committed when it returns.

    Args:
        database: where they are.
        lifetime: how long they last.
    """

    def __init__(self, database: Database, lifetime: Lifetime | None = None) -> None:
        self._database = database
        self._lifetime = lifetime or Lifetime()

    async def ping(self) -> None:
        """Ask the database for a sign of life; raises whatever its driver raises."""
        await self._database.read(lambda db: db.execute(text("SELECT 1")))

    async def open_session(
        self,
        token_hash: str,
        region: str,
        welcome: Sequence[Reply],
        diary_hash: str | None = None,
    ) -> tuple[Session, Sequence[Message]]:
        """Begin a session with Dorsi's first words in it."""
        at = now()
        session_id = uuid.uuid4().hex
        values = {
            "id": session_id,
            "token_hash": token_hash,
            "region": region,
            "diary_hash": diary_hash,
            "created_at": at,
            "used_at": at,
            "last_seq": len(welcome),
        }

        def work(db: Connection) -> list[Message]:
            db.execute(sql.ADD_SESSION, values)
            return steps.add_replies(db, session_id, 1, welcome)

        said = await self._database.write(work)
        return Session(**values), said

    async def find_session(self, token_hash: str) -> Session | None:
        """The session of a token, if it has not ended; that it is used is noted."""
        parameters = self._lifetime.parameters(now(), token_hash)
        row = await self._database.read(
            lambda db: db.execute(sql.FIND_SESSION, parameters).one_or_none()
        )
        if row is None:
            return None
        session = Session(**row._asdict())
        if parameters["present"] - session.used_at > NOTE_USE_EVERY:
            used = {"of_session": session.id, "present": parameters["present"]}
            await self._database.write(lambda db: db.execute(sql.TOUCH_SESSION, used))
        return session

    async def kept_session(self, token_hash: str) -> Session | None:
        """The session of a token, even if it has ended."""
        parameters = {"token": token_hash}
        row = await self._database.read(
            lambda db: db.execute(sql.KEPT_SESSION, parameters).one_or_none()
        )
        return None if row is None else Session(**row._asdict())

    async def is_taken(self, token_hash: str) -> bool:
        """Whether a token is that of a session that is kept, even if it has ended."""
        parameters = {"token": token_hash}
        found = await self._database.read(
            lambda db: db.execute(sql.IS_TAKEN, parameters).one_or_none()
        )
        return found is not None

    async def rotate(self, session: Session, presented: str, token_hash: str) -> None:
        """Let another token be the session's; the one it was asked with is taken a little longer.

        Args:
            session: the session.
            presented: the hash of the token that the request came with.
            token_hash: the hash of the new one.
        """
        until = now() + PREVIOUS_TOKEN
        if presented == session.previous_hash and session.previous_until:
            until = session.previous_until  # asking again makes nothing last longer
        values = {
            "of_session": session.id,
            "token": token_hash,
            "before": presented,
            "until": until,
        }
        await self._database.write(lambda db: db.execute(sql.ROTATE, values))

    async def is_there(self, session_id: str) -> bool:
        """Whether the session is kept, even if it has ended."""
        parameters = {"of_session": session_id}
        found = await self._database.read(
            lambda db: db.execute(sql.IS_THERE, parameters).one_or_none()
        )
        return found is not None

    async def erase(self, session: Session, *, with_diary: bool = True) -> Erasure:
        """Delete everything of a session, and note that Rasa has yet to be told.

        Args:
            session: which.
            with_diary: whether the diary of the patient's browser is to go as well.
        """
        diary_hash = session.diary_hash if with_diary else None
        erasure = await self._database.write(lambda db: erasing.erase(db, session.id, diary_hash))
        await self._database.empty_log()
        return erasure

    async def outdated(self, before: datetime, at_most: int) -> Sequence[Session]:
        """Sessions in which nothing was said since then, and which nobody holds."""
        return await self._database.read(lambda db: retention.outdated(db, before, at_most))

    async def erase_outdated(
        self, sessions: Sequence[Session], before: datetime
    ) -> Sequence[Erasure]:
        """Erase all of these that are outdated still, or none; the audit log has one entry."""
        ids = [session.id for session in sessions]
        erased = await self._database.write(
            lambda db: retention.erase(db, ids, before, audit.GATEWAY)
        )
        await self._database.empty_log()
        return erased

    async def purge_search(self) -> bool:
        """Take the words of what was erased out of the file of the desk's search as well.

        Returns:
            Whether they are out; where somebody reads for long they are still in SQLite's log.
        """
        return await search.purge(self._database) or not self._database.is_sqlite

    async def owe_erasure(self, session_id: str) -> None:
        """Note that Rasa has to be told, maybe once more, of a session that is erased."""
        values = {"session_id": session_id, "diary_hash": None, "erased_at": now()}

        def work(db: Connection) -> None:
            if db.execute(sql.ERASURE, {"of_session": session_id}).one_or_none() is None:
                db.execute(sql.ADD_ERASURE, values)

        await self._database.write(work)

    async def erasures(self) -> Sequence[Erasure]:
        """The erased sessions of which Rasa has yet to be told."""
        found = await self._database.read(lambda db: db.execute(sql.ERASURES).all())
        return [Erasure(**row._asdict()) for row in found]

    async def erased_everywhere(self, session_id: str) -> None:
        """Rasa has been told: nothing at all is left of the session. Staff who erased it see so."""
        parameters = {"of_session": session_id}

        def work(db: Connection) -> None:
            number = db.execute(sql.DELETE_ERASURE, parameters).scalar()
            if number is not None:
                told = audit.Action.ASSISTANT_TOLD
                audit.append(db, audit.GATEWAY, told, audit.conversation(number), {})

        await self._database.write(work)
