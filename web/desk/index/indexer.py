"""Keeping the digests up to date: what changed is read anew, a few sessions at a time."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select, update

from desk.index import purging, reading, writing
from desk.index.digest import Digest, digest, made_by
from desk.index.purging import Purger
from desk.index.reading import Found
from desk.index.told import Mask
from records.conversations import Change, Conversation
from records.database import Database
from records.models import Session

log = logging.getLogger(__name__)

EVERY_SECONDS = 0.7
"""An emergency shows within two seconds of its telling."""
AFTER_FAILURE = 5.0
SHARE = 1.0
"""After each write patients' turns have the database for so many times as long."""


@dataclass
class Done:
    """What came of a batch, or of several.

    Attributes:
        sessions: how many were dealt with.
        odd: how many parts of notes could not be read.
        failed: how many sessions were indexed without their notes, or not at all.
    """

    sessions: int = 0
    odd: int = 0
    failed: int = 0


class Indexer:
    """Reads what changed and writes what is to be found of it. Several may run at once.

    Args:
        database: the desk's.
        mask: hides personal data.
        purger: purges erased words from the search.
    """

    def __init__(self, database: Database, mask: Mask, purger: Purger | None = None) -> None:
        self._database = database
        self._mask = mask
        self._purger = purger or Purger(database)

    async def keep_indexing(self) -> None:
        """Index what changes, for ever."""
        is_renewed = False
        while True:
            try:
                if not is_renewed:
                    await self._database.write(self._renew)
                    is_renewed = True
                while (await self.batch()).sessions:
                    pass
                await self._purger.purge()
            except Exception as error:
                # Without the error's text: it may hold what somebody said.
                log.error("the index is not up to date", extra={"reason": type(error).__name__})
                await asyncio.sleep(AFTER_FAILURE)
            await asyncio.sleep(EVERY_SECONDS)

    async def batch(self) -> Done:
        """Index a few sessions that changed, those in which something was said last first.

        Returns:
            How many; none where nothing changed, or another indexer is at it.
        """
        rules = made_by(self._mask)
        found = await self._database.read(lambda db: reading.changed(db, rules))
        if not found:
            return Done()
        done = Done()
        digests = await asyncio.to_thread(self._digests, found, done)
        began = time.monotonic()
        written = await self._database.write(lambda db: _write(db, found, digests))
        await asyncio.sleep(SHARE * (time.monotonic() - began))
        if done.odd or done.failed:
            extra = {"odd": done.odd, "failed": done.failed}
            log.warning("notes could not be read by the index", extra=extra)
        return replace(done, sessions=written)

    async def ask_for_all(self) -> None:
        """Have every session indexed anew, and nothing kept of what was found before."""

        def ask(db: Connection) -> None:
            db.execute(update(Conversation).values(made_by=0))
            db.execute(insert(Change).from_select(["session_id"], select(Session.id)))

        await self._database.write(ask)

    def _renew(self, db: Connection) -> None:
        """Ask for what was indexed by other rules."""
        old = select(Conversation.session_id).where(Conversation.made_by != made_by(self._mask))
        db.execute(insert(Change).from_select(["session_id"], old))

    def _digests(self, found: Mapping[str, Found], done: Done) -> dict[str, Digest]:
        made = {one: self._digest(session, done) for one, session in found.items()}
        return {one: made_of for one, made_of in made.items() if made_of is not None}

    def _digest(self, found: Found, done: Done) -> Digest | None:
        """The digest of a session; where that fails one without its notes, or none."""
        if found.visit is None:
            return None
        noteless = [replace(line, note=None) for line in found.lines]
        for lines in (found.lines, noteless):
            try:
                made = digest(found.visit, lines, found.opinions, self._mask)
            except Exception as error:
                log.error("a session cannot be indexed", extra={"reason": type(error).__name__})
                done.failed += 1
            else:
                done.odd += made.odd if made else 0
                return made
        return None


def _write(db: Connection, found: Mapping[str, Found], digests: Mapping[str, Digest]) -> int:
    """Write what is still to be written; how many sessions are dealt with."""
    mine = writing.still_mine(db, {one: session.changes for one, session in found.items()})
    wanted = [digests[one] for one in sorted(mine) if one in digests]
    written = writing.write(db, wanted) if wanted else set()
    # A session that is being erased is left: the next time it is gone.
    dealt_with = [one for one in mine if one in written or one not in digests]
    if dealt_with:
        writing.forget(db, [change for one in dealt_with for change in found[one].changes])
    if any(found[one].visit is None for one in dealt_with):
        purging.ask(db)
    return len(dealt_with)
