"""The database of Rasa's events, SQLite or PostgreSQL. It knows nothing of Rasa but the table."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from assistant.tracking import engine
from assistant.tracking.attempt import Attempt
from assistant.tracking.errors import TrackingError, guarded
from assistant.tracking.table import EVENTS, INDEXES, WIDTH

LOG_SECONDS, LOG_TRIES = 0.05, 40
EMPTY_LOG_SECONDS = 0.5
# Any number that nothing else in the database locks.
SETTING_UP = 5_402_118_377


class Database:
    """Connections to the events: each ``with`` is one transaction.

    Every failure is a TrackingError. The tables are made as soon as the database can be reached.
    """

    def __init__(self, url: str) -> None:
        """Plan connections to ``url``; none is opened yet.

        Raises:
            TrackingError: the address is of no use, or the file's folder cannot be made.
        """
        self.seconds = engine.WAIT_SECONDS
        self._engine = engine.connect(url)
        self._is_ready = False
        # The process before may have ended before it came to it.
        self._log_is_owed = self.is_sqlite

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file."""
        return bool(self._engine.dialect.name == "sqlite")

    @property
    def writers(self) -> int:
        """How many may write at a time; in SQLite others would not queue, but poll."""
        return 1 if self.is_sqlite else engine.POSTGRES_WRITERS

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A transaction that reads.

        Raises:
            TrackingError: the database cannot be reached or read.
        """
        self.prepare()
        with guarded(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, sender: str, attempt: Attempt | None = None) -> Iterator[Any]:
        """A transaction that alone writes to the conversation of ``sender``.

        Args:
            sender: the conversation's id.
            attempt: how long it may take; whether it is committed is asked of it at the end.

        Raises:
            TrackingError: the database cannot be reached or written, or the attempt was given up.
        """
        attempt = attempt or Attempt(self.seconds)
        self.prepare(attempt)
        with guarded(), self._to_write(attempt).begin() as connection:
            if not self.is_sqlite:
                # So that ids of one conversation are committed in their order.
                lock = "SET LOCAL statement_timeout = :wait; "
                lock += "SELECT pg_advisory_xact_lock(hashtext(:sender))"
                wait = _milliseconds(attempt)
                connection.execute(text(lock), {"wait": wait, "sender": sender})
            yield connection
            if not attempt.may_commit():
                raise TrackingError("The conversations' database took too long")

    def prepare(self, attempt: Attempt | None = None) -> None:
        """Make the table and its indexes, or add to a table of Rasa's own what it lacks.

        Args:
            attempt: how long it may wait for others.

        Raises:
            TrackingError: the database cannot be reached or changed.
        """
        if self._is_ready:
            return
        attempt = attempt or Attempt(self.seconds)
        with guarded(), self._to_write(attempt).begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                lock = text("SELECT pg_advisory_xact_lock(:key)")
                connection.execute(lock, {"key": SETTING_UP})
            EVENTS.metadata.create_all(connection)
            there = {column["name"] for column in inspect(connection).get_columns(EVENTS.name)}
            if EVENTS.c.message_id.name not in there:
                more = f"ALTER TABLE events ADD COLUMN message_id VARCHAR({WIDTH})"
                connection.execute(text(more))
            for index in INDEXES:
                connection.execute(text(index))
        with guarded():
            self._keep_log()
        self._is_ready = True

    def empty_log(self) -> None:
        """Empty SQLite's write-ahead log, which still holds what was erased from the table.

        Where another process reads for long it is left for the next time: patients must not wait.

        Raises:
            TrackingError: the database cannot be reached.
        """
        self._log_is_owed = self.is_sqlite
        self._empty_log(EMPTY_LOG_SECONDS)

    def empty_owed_log(self) -> None:
        """Empty the log at once, if that was left over and nobody stands in the way now."""
        with suppress(TrackingError):
            self._empty_log(0)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._engine.dispose()

    def _to_write(self, attempt: Attempt) -> Any:
        if attempt.left <= 0:
            raise TrackingError("The conversations' database took too long")
        return self._engine.execution_options(begin="IMMEDIATE", wait=_milliseconds(attempt))

    def _empty_log(self, seconds: float) -> None:
        if not self._log_is_owed:
            return
        with guarded(), self._engine.execution_options(begin=None).connect() as connection:
            # Each transaction sets its own again.
            connection.execute(text(f"PRAGMA busy_timeout = {int(seconds * 1000)}"))
            is_busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
        self._log_is_owed = bool(is_busy)

    def _keep_log(self) -> None:
        """Let SQLite's readers and its writer not wait for each other, and sync once a commit.

        SQLite refuses at once, rather than wait, where another process is busy at that moment.
        Where it never comes to it, all works the same, only slower.
        """
        if not self.is_sqlite:
            return
        with self._engine.execution_options(begin=None).connect() as connection:
            for _ in range(LOG_TRIES):
                with suppress(OperationalError):
                    connection.execute(text("PRAGMA journal_mode = WAL"))
                    return
                time.sleep(LOG_SECONDS)


def _milliseconds(attempt: Attempt) -> int:
    return max(1, int(attempt.left * 1000))
