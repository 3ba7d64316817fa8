"""The database of Rasa's events, SQLite or PostgreSQL. It knows nothing of Rasa but the table."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    inspect,
    text,
)
from sqlalchemy import event as engine_event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from assistant.tracking.attempt import Attempt

ROOT = Path(__file__).resolve().parents[2]
NAME = "rasa.db"
WIDTH = 255
READERS, POSTGRES_WRITERS = 4, 4
# For a save with all that it waits for. Below the gateway's ten seconds, so that it hears of the
# failure and says so itself.
WAIT_SECONDS = 4.0
CONNECT_SECONDS = 2
LOG_SECONDS, LOG_TRIES = 0.05, 40
EMPTY_LOG_SECONDS = 0.5
KEEPALIVE = {
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}
# Any number that nothing else in the database locks.
SETTING_UP = 5_402_118_377

DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg2",
    "postgres": "postgresql+psycopg2",
}
EVENTS = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(WIDTH), nullable=False, index=True),
    Column("type_name", String(WIDTH), nullable=False),
    Column("timestamp", Float),
    Column("intent_name", String(WIDTH)),
    Column("action_name", String(WIDTH)),
    Column("data", Text),
    Column("message_id", String(WIDTH)),
)
"""Rasa's own table, to its last name; only ``message_id`` is more, and may be missing in a row."""

INDEXES = (
    "CREATE INDEX IF NOT EXISTS ix_events_sender_id_id ON events (sender_id, id)",
    "CREATE INDEX IF NOT EXISTS ix_events_sender_id_message_id ON events (sender_id, message_id)"
    " WHERE type_name = 'user'",
    "CREATE INDEX IF NOT EXISTS ix_events_sessions ON events (sender_id, id)"
    " WHERE type_name = 'session_started'",
)


class TrackingError(Exception):
    """A conversation cannot be read or written now. The text holds nothing of a patient."""


def at_home(environ: Mapping[str, str]) -> str:
    """The address of the database.

    Args:
        environ: the environment: EVENTS_URL; or DATABASE_URL, the gateway's database; or
            DORSI_HOME, the folder of a file rasa.db (``var`` beside the code if not set).

    Returns:
        The address with a driver that is not asynchronous.

    Raises:
        TrackingError: the address is neither of SQLite nor of PostgreSQL.
    """
    url = environ.get("EVENTS_URL") or environ.get("DATABASE_URL")
    if url:
        return str(_synchronous(url).render_as_string(hide_password=False))
    home = Path(environ.get("DORSI_HOME") or ROOT / "var").absolute()
    return f"sqlite:///{home / NAME}"


def left_over(environ: Mapping[str, str]) -> Path | None:
    """The file of conversations that nobody uses any more, if there is one beside the database."""
    file = Path(environ.get("DORSI_HOME") or ROOT / "var").absolute() / NAME
    is_used = make_url(at_home(environ)).database == str(file)
    return file if file.exists() and not is_used else None


class Database:
    """Connections to the events: each ``with`` is one transaction.

    Every failure is a TrackingError. The tables are made as soon as the database can be reached.
    """

    def __init__(self, url: str) -> None:
        """Plan connections to ``url``; none is opened yet.

        Raises:
            TrackingError: the address is of no use, or the file's folder cannot be made.
        """
        self.seconds = WAIT_SECONDS
        self._engine = _connect(url)
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
        return 1 if self.is_sqlite else POSTGRES_WRITERS

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A transaction that reads.

        Raises:
            TrackingError: the database cannot be reached or read.
        """
        self.prepare()
        with _guarded(), self._engine.begin() as connection:
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
        with _guarded(), self._to_write(attempt).begin() as connection:
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
        with _guarded(), self._to_write(attempt).begin() as connection:
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
        with _guarded():
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
        with _guarded(), self._engine.execution_options(begin=None).connect() as connection:
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


@contextmanager
def _guarded() -> Iterator[None]:
    """Turns every failure of the database, and of what it cannot hold, into a TrackingError."""
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError) as error:
        # A driver's own text may quote the row it could not write.
        raise TrackingError(f"The conversations' database failed: {type(error).__name__}") from None


def _connect(url: str) -> Any:
    target = _synchronous(url)
    common = {
        "future": True,
        "hide_parameters": True,
        "pool_pre_ping": True,
        "poolclass": QueuePool,
        "pool_size": READERS + POSTGRES_WRITERS,
        # What reads for a tracker outside of these threads.
        "max_overflow": READERS,
        "pool_timeout": WAIT_SECONDS,
    }
    with _guarded():
        if target.get_backend_name() != "sqlite":
            wait = int(WAIT_SECONDS * 1000)
            options = f"-c lock_timeout={wait} -c statement_timeout={wait}"
            limits: dict[str, Any] = {
                "connect_timeout": CONNECT_SECONDS,
                "options": f"{target.query.get('options', '')} {options}",
                # A server that went without a word is noticed, rather than waited for: one that
                # does not take what is sent to it, and one that is asked and does not answer.
                "tcp_user_timeout": wait,
                **KEEPALIVE,
            }
            # Whatever the server's own default is: the newest row must be seen under the lock.
            return create_engine(
                target, connect_args=limits, isolation_level="READ COMMITTED", **common
            )
        Path(target.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # One thread at a time has a connection: the pool sees to that.
        limits = {"timeout": WAIT_SECONDS, "check_same_thread": False}
        engine = create_engine(target, connect_args=limits, **common)
    engine_event.listen(engine, "connect", _set_pragmas)
    engine_event.listen(engine, "begin", _begin)
    return engine


def _synchronous(url: str) -> Any:
    """The address with the driver used here; asyncpg's ``ssl`` becomes libpq's ``sslmode``."""
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError):
        raise TrackingError("EVENTS_URL is not an address, such as postgresql://…") from None
    driver = DRIVERS.get(parsed.drivername.partition("+")[0])
    if driver is None or not (parsed.database or driver != "sqlite"):
        raise TrackingError("EVENTS_URL must start with sqlite:///<file> or postgresql://")
    query = dict(parsed.query)
    if "ssl" in query:
        query["sslmode"] = query.pop("ssl")
    return parsed.set(drivername=driver, query=query)


def _set_pragmas(connection: Any, _: Any) -> None:
    # Python's sqlite3 would begin transactions late, only before the first write: `_begin` does it.
    connection.isolation_level = None
    # What was said to be kept must outlast a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    # What a patient erased must not be readable in the file's free pages.
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: Any) -> None:
    # A transaction that reads and then writes would fail at once where another wrote meanwhile;
    # one that says at its start that it will write waits for its turn.
    options = connection.get_execution_options()
    mode = options.get("begin", "DEFERRED")
    if mode is not None:
        wait = options.get("wait", int(WAIT_SECONDS * 1000))
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {wait}")
        connection.exec_driver_sql(f"BEGIN {mode}")
