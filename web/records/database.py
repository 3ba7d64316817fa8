"""The connection to SQLite or PostgreSQL, and bringing its tables up to date."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
# A patient waits for it before and after Rasa's answer, and the page for 20 s in all.
BUSY_TIMEOUT_MS = 5_000
EMPTY_LOG_TIMEOUT_MS = 500
# A queue that stands still, as behind a locked database, is a failure to be told of in time.
QUEUE_SECONDS = 5.0
CONNECT_SECONDS = 5
# A server that is stuck must not take the advice on a red flag along: it is told without it.
LOCK_TIMEOUT_MS = 4_000
STATEMENT_TIMEOUT_MS = 5_000
# In all; a little longer than what the databases wait for, so that mostly they tell the reason.
WORK_SECONDS = 6.0
READERS = 4
# Of SQLite's machine, between two looks at the clock: some milliseconds.
STEPS_AT_ONCE = 100_000
POSTGRES_WRITERS = 8


class OutOfDate(Exception):
    """The database's tables are not those this version needs."""


class Database:
    """Runs transactions, each one function in a thread: a patient's turn pays for one hop.

    Args:
        url: `sqlite://…` or `postgresql://…`.

    Raises:
        ValueError: it is neither of the two kinds of database.
    """

    def __init__(self, url: str) -> None:
        self.engine = connect(url, hurried=True)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._writing = self.engine.execution_options(begin="IMMEDIATE")
        # SQLite lets one write at a time, and who waits for long may wait for ever: queue here.
        writers = 1 if self.is_sqlite else POSTGRES_WRITERS
        self._turn_to_write = asyncio.Semaphore(writers)
        self._writers = ThreadPoolExecutor(writers, "database-write")
        self._readers = ThreadPoolExecutor(READERS, "database-read")

    async def read[T](self, work: Callable[[Connection], T]) -> T:
        """What a transaction that only reads gives.

        Raises:
            TimeoutError: the database does not say.
            Exception: whatever the work or the driver raises.
        """

        def run() -> T:
            with self.engine.connect() as connection, _ended_in_time(connection):
                return work(connection)

        async with asyncio.timeout(WORK_SECONDS):
            return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    async def write[T](self, work: Callable[[Connection], T]) -> T:
        """What a transaction gives, committed when this returns.

        Raises:
            TimeoutError: those before it do not end, or it does not; it may still be committed.
            Exception: whatever the work or the driver raises; then nothing is changed.
        """

        def run() -> T:
            with self._writing.begin() as connection:
                return work(connection)

        return await self._write_alone(run)

    async def empty_log(self) -> bool:
        """Empty SQLite's write-ahead log, which still holds what was erased from the tables.

        Where another process reads for long it is left for the next time: patients must not wait.

        Returns:
            Whether it was emptied; PostgreSQL has none that is looked after here.
        """
        return self.is_sqlite and await self._write_alone(lambda: _empty_log(self.engine))

    async def close(self) -> None:
        """Wait for what is under way and close the connections."""
        for pool in (self._writers, self._readers):
            await asyncio.to_thread(pool.shutdown)
        self.engine.dispose()

    async def _write_alone[T](self, run: Callable[[], T]) -> T:
        async with asyncio.timeout(WORK_SECONDS), self._queued():
            return await asyncio.get_running_loop().run_in_executor(self._writers, run)

    @asynccontextmanager
    async def _queued(self) -> AsyncIterator[None]:
        if self._turn_to_write.locked():
            async with asyncio.timeout(QUEUE_SECONDS):
                await self._turn_to_write.acquire()
        else:
            await self._turn_to_write.acquire()
        try:
            yield
        finally:
            self._turn_to_write.release()


def address(url: str) -> URL:
    """The address with the driver in it.

    Args:
        url: `sqlite://…` or `postgresql://…`, with or without a driver.

    Returns:
        The same database by Python's sqlite3 or by psycopg; asyncpg's `ssl` becomes `sslmode`.

    Raises:
        ValueError: it is neither of the two kinds of database.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("DATABASE_URL is not an address, such as postgresql://…") from None
    drivers = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}
    drivers["postgres"] = drivers["postgresql"]
    family = parsed.drivername.partition("+")[0]
    if family not in drivers:
        raise ValueError("DATABASE_URL must start with sqlite:// or postgresql://")
    query = dict(parsed.query)
    if "ssl" in query:
        query["sslmode"] = query.pop("ssl")
    return parsed.set(drivername=drivers[family], query=query)


def connect(url: str, *, hurried: bool = False) -> Engine:
    """An engine on the database, for SQLite with the pragmas that keep the transcript safe.

    Args:
        url: `sqlite://…` or `postgresql://…`.
        hurried: whether PostgreSQL is to give up what takes it longer than a patient waits.
    """
    target = address(url)
    # A driver's error text would otherwise carry what the patient wrote into the logs.
    if target.get_backend_name() == "sqlite":
        _keep_directory(target)
        engine = create_engine(target, hide_parameters=True, pool_timeout=QUEUE_SECONDS)
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        return engine
    return create_engine(
        target,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=READERS + POSTGRES_WRITERS,
        pool_timeout=QUEUE_SECONDS,
        connect_args=_impatience(target) if hurried else {"connect_timeout": CONNECT_SECONDS},
    )


def _impatience(url: URL) -> dict[str, Any]:
    asked = url.query.get("options", "")
    limits = f"-c lock_timeout={LOCK_TIMEOUT_MS} -c statement_timeout={STATEMENT_TIMEOUT_MS}"
    return {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": STATEMENT_TIMEOUT_MS,
        "options": f"{limits} {asked if isinstance(asked, str) else ' '.join(asked)}".strip(),
    }


def migrate(url: str) -> None:
    """Bring the tables to the newest version. Not to be called where an event loop runs."""
    command.upgrade(alembic_config(url), "head")


def check(url: str) -> None:
    """Make sure that the tables are those this version needs.

    Raises:
        OutOfDate: they are not, or there are none.
    """
    engine = connect(url)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    if found != (wanted := ScriptDirectory(str(MIGRATIONS)).get_current_head()):
        raise OutOfDate(
            f"The database is at version {found}, this gateway needs {wanted}: "
            "run `python -m gateway migrate` first."
        )


def alembic_config(url: str) -> Config:
    """What Alembic needs to know to migrate the database at that address."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def _keep_directory(url: URL) -> None:
    if url.database and url.database != ":memory:":
        file = Path(url.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The folder may have been there, for all to read. SQLite's other files take this mode, too.
        if not file.exists():
            file.touch(mode=0o600)


def _empty_log(engine: Engine) -> bool:
    with engine.execution_options(begin=None).connect() as connection:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {EMPTY_LOG_TIMEOUT_MS}")
        left = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return not left


@contextmanager
def _ended_in_time(connection: Connection) -> Iterator[None]:
    """Have SQLite give up what nobody waits for any more; PostgreSQL does so by itself."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver, until = connection.connection.driver_connection, time.monotonic() + WORK_SECONDS
    assert driver is not None
    driver.set_progress_handler(lambda: time.monotonic() > until, STEPS_AT_ONCE)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)


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
        # What was said to be kept must outlast a power cut.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        # What a patient erased must not be readable in the file's free pages.
        cursor.execute("PRAGMA secure_delete = ON")


def _begin(connection: Connection) -> None:
    # A transaction that reads and then writes would fail at once where another wrote meanwhile;
    # one that says at its start that it will write waits for its turn.
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    if mode is not None:
        connection.exec_driver_sql(f"BEGIN {mode}")
