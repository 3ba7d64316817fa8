"""Connections to SQLite or PostgreSQL, set up so that a failure is noticed and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy import event as engine_event
from sqlalchemy.pool import QueuePool

from assistant.tracking.address import synchronous
from assistant.tracking.errors import guarded

READERS, POSTGRES_WRITERS = 4, 4
# For a save with all that it waits for. Below the gateway's ten seconds, so that it hears of the
# failure and says so itself.
WAIT_SECONDS = 4.0
CONNECT_SECONDS = 2
KEEPALIVE = {
    "keepalives": 1,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 3,
}


def connect(url: str) -> Any:
    """An engine for the address ``url``; nothing is opened yet.

    Raises:
        TrackingError: the address is of no use, or the file's folder cannot be made.
    """
    target = synchronous(url)
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
    with guarded():
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
