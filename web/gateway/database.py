"""The connection to SQLite or PostgreSQL, and bringing its tables up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
# A patient waits for it before and after Rasa's answer, and the page for 20 s in all.
BUSY_TIMEOUT_MS = 5_000
EMPTY_LOG_TIMEOUT_MS = 500


class OutOfDate(Exception):
    """The database's tables are not those this version needs."""


def async_url(url: str) -> URL:
    """The address with the async driver in it.

    Args:
        url: `sqlite://…` or `postgresql://…`, with or without a driver.

    Returns:
        The same database by aiosqlite or asyncpg; libpq's `sslmode` becomes asyncpg's `ssl`.

    Raises:
        ValueError: it is neither of the two kinds of database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("DATABASE_URL is not an address, such as postgresql://…") from None
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    drivers["postgres"] = drivers["postgresql"]
    family = parsed.drivername.partition("+")[0]
    if family not in drivers:
        raise ValueError("DATABASE_URL must start with sqlite:// or postgresql://")
    query = dict(parsed.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return parsed.set(drivername=drivers[family], query=query)


def connect(url: str) -> AsyncEngine:
    """An engine on the database, for SQLite with the pragmas that keep the transcript safe."""
    target = async_url(url)
    is_sqlite = target.get_backend_name() == "sqlite"
    # A driver's error text would otherwise carry what the patient wrote into the logs.
    engine = create_async_engine(target, hide_parameters=True, pool_pre_ping=not is_sqlite)
    if is_sqlite:
        _keep_directory(target)
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def migrate(url: str) -> None:
    """Bring the tables to the newest version. Not to be called where an event loop runs."""
    command.upgrade(_alembic(url), "head")


async def check(engine: AsyncEngine) -> None:
    """Make sure that the tables are those this version needs.

    Raises:
        OutOfDate: they are not, or there are none.
    """
    async with engine.connect() as connection:
        found = await connection.run_sync(_version)
    if found != (wanted := ScriptDirectory(str(MIGRATIONS)).get_current_head()):
        raise OutOfDate(
            f"The database is at version {found}, this gateway needs {wanted}: "
            "run `python -m gateway migrate` first."
        )


async def empty_log(engine: AsyncEngine) -> None:
    """Empty SQLite's write-ahead log, which still holds what was erased from the tables.

    Where another process reads for long it is left for the next time: patients must not wait.
    """
    async with engine.execution_options(begin=None).connect() as connection:
        await connection.execute(text(f"PRAGMA busy_timeout = {EMPTY_LOG_TIMEOUT_MS}"))
        await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        await connection.execute(text(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"))


def _alembic(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _keep_directory(url: URL) -> None:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextmanager
def _cursor(connection: Any) -> Iterator[Any]:
    cursor = connection.cursor()
    try:
        yield cursor
    finally:
        cursor.close()


def _set_pragmas(connection: Any, _: Any) -> None:
    # Python's sqlite3 would begin transactions late, only before the first write: `_begin` does it.
    connection.isolation_level = None
    with _cursor(connection) as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # What a patient erased must not be readable in the file's free pages.
        cursor.execute("PRAGMA secure_delete = ON")


def _begin(connection: Connection) -> None:
    # A transaction that reads and then writes would fail at once where another wrote meanwhile;
    # one that says at its start that it will write waits for its turn.
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    if mode is not None:
        connection.exec_driver_sql(f"BEGIN {mode}")
