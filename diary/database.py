"""The diary's database, SQLite or PostgreSQL: its address, its connection, its tables."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

ROOT = Path(__file__).resolve().parents[1]
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
VERSION_TABLE = "diary_version"
"""Not Alembic's own ``alembic_version``: the gateway's tables may be in the same database."""

# A patient waits for it, and can go on without a diary.
WAIT_SECONDS = 2
MIGRATION_SECONDS = 30
ERASING_SECONDS = 0.5
LOG_SECONDS, LOG_TRIES = 0.05, 40
# Any number that nothing else in the database locks.
MIGRATION_LOCK = 6_147_305_221

DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg2",
    "postgres": "postgresql+psycopg2",
}


class DiaryError(Exception):
    """The diary cannot be read or written now. The text holds nothing of a patient."""


@contextmanager
def guarded() -> Iterator[None]:
    """Turns every failure of a database into a DiaryError without patient data."""
    try:
        yield
    except (SQLAlchemyError, CommandError, OSError) as error:
        # A driver's own text may quote the row it could not write.
        raise DiaryError(f"The diary's database failed: {type(error).__name__}") from None


def at_home(environ: Mapping[str, str]) -> str:
    """The address of the diary's database.

    Args:
        environ: the environment: DIARY_URL; or DATABASE_URL, the gateway's database; or
            DORSI_HOME, the folder of a file diary.db (``var`` beside the code if not set).

    Returns:
        The address with a driver that is not asynchronous.

    Raises:
        DiaryError: the address is neither of SQLite nor of PostgreSQL.
    """
    url = environ.get("DIARY_URL") or environ.get("DATABASE_URL")
    if url:
        return str(_synchronous(url).render_as_string(hide_password=False))
    home = Path(environ.get("DORSI_HOME") or ROOT / "var").absolute()
    return f"sqlite:///{home / 'diary.db'}"


def connect(url: str, wait: float = WAIT_SECONDS) -> Any:
    """An engine on the database; it waits ``wait`` seconds at the most for a lock.

    Raises:
        DiaryError: the address is of no use, or the file's folder cannot be made.
    """
    target = _synchronous(url)
    # A driver's error text would otherwise carry what the patient did into the logs.
    common = {"future": True, "hide_parameters": True, "pool_pre_ping": True}
    with guarded():
        if target.get_backend_name() != "sqlite":
            options = f"{target.query.get('options', '')} -c lock_timeout={int(wait * 1000)}"
            limits = {"connect_timeout": WAIT_SECONDS, "options": options}
            return create_engine(target, connect_args=limits, pool_timeout=wait, **common)
        if target.database:
            Path(target.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        limits = {"timeout": wait}
        engine = create_engine(target, connect_args=limits, poolclass=NullPool, **common)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def migrate(url: str) -> None:
    """Bring the tables to the newest version. Two processes may do it at once: one waits.

    Raises:
        DiaryError: the database cannot be reached or changed.
    """
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    engine = connect(url, MIGRATION_SECONDS)
    try:
        with guarded(), engine.execution_options(begin="IMMEDIATE").begin() as connection:
            if engine.dialect.name == "postgresql":
                lock = text("SELECT pg_advisory_xact_lock(:key)")
                connection.execute(lock, {"key": MIGRATION_LOCK})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        with guarded():
            _keep_log(engine)
    finally:
        engine.dispose()


def empty_log(engine: Any) -> None:
    """Empty SQLite's write-ahead log, which still holds what was erased from the tables.

    Where another process reads for long it is left for the next time: patients must not wait.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.execution_options(begin=None).connect() as connection:
        connection.execute(text(f"PRAGMA busy_timeout = {int(ERASING_SECONDS * 1000)}"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _synchronous(url: str) -> Any:
    """The address with the driver used here; asyncpg's ``ssl`` becomes libpq's ``sslmode``."""
    try:
        parsed = make_url(url)
    except (SQLAlchemyError, ValueError):
        raise DiaryError("The diary's address is not one, such as postgresql://…") from None
    driver = DRIVERS.get(parsed.drivername.partition("+")[0])
    if driver is None:
        raise DiaryError("The diary's address must start with sqlite:// or postgresql://")
    query = dict(parsed.query)
    if "ssl" in query:
        query["sslmode"] = query.pop("ssl")
    return parsed.set(drivername=driver, query=query)


def _keep_log(engine: Any) -> None:
    """Let SQLite's readers and its writer not wait for each other; the file remembers it.

    SQLite refuses at once, rather than wait, where another process writes at that moment. Where
    it never comes to it the diary works all the same, only with more waiting.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.execution_options(begin=None).connect() as connection:
        connection.execute(text(f"PRAGMA busy_timeout = {int(LOG_SECONDS * 1000)}"))
        for _ in range(LOG_TRIES):
            with suppress(OperationalError):
                connection.execute(text("PRAGMA journal_mode = WAL"))
                return
            time.sleep(LOG_SECONDS)


def _set_pragmas(connection: Any, _: Any) -> None:
    # Python's sqlite3 would begin transactions late, only before the first write: `_begin` does it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    # What a patient erased must not be readable in the file's free pages.
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: Any) -> None:
    # A transaction that reads and then writes would fail at once where another wrote meanwhile;
    # one that says at its start that it will write waits for its turn.
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    if mode is not None:
        connection.exec_driver_sql(f"BEGIN {mode}")
