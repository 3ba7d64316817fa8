"""The figures stay quick: what the database does for them, asked of itself."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from desk.figures import backlog, counting, unanswered
from desk.figures.period import last_days
from records import database
from tests.desk.figures.filling import fill

UNTIL = datetime(2026, 5, 10, tzinfo=UTC)
PERIOD = last_days(30, UNTIL.date())
READS: dict[str, Callable[[Connection], Any]] = {
    "daily": lambda db: counting.daily(db, PERIOD),
    "kinds": lambda db: counting.kinds(db, PERIOD),
    "flags": lambda db: counting.flags(db, PERIOD),
    "topics": lambda db: counting.topics(db, PERIOD),
    "unanswered kinds": lambda db: counting.unanswered_kinds(db, PERIOD),
    "unanswered": lambda db: unanswered.newest(db, PERIOD),
    "backlog": backlog.backlog,
}


@pytest.fixture
def db(sqlite_file: Path) -> Iterator[Connection]:
    engine = database.connect(f"sqlite:///{sqlite_file}")
    with engine.connect() as connection:
        fill(connection, 3000, 300, UNTIL)
        connection.exec_driver_sql("ANALYZE")
        yield connection
    engine.dispose()


def plans(db: Connection, read: Callable[[Connection], Any]) -> list[str]:
    """The steps of all queries of a reading, as SQLite plans them."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    event.listen(db, "before_cursor_execute", note)
    read(db)
    event.remove(db, "before_cursor_execute", note)
    assert asked
    return [
        str(step[3])
        for statement, parameters in asked
        for step in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    ]


@pytest.mark.parametrize("name", READS)
def test_every_query_goes_by_an_index_and_reads_no_messages(name: str, db: Connection) -> None:
    steps = plans(db, READS[name])
    tables = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
    assert tables
    for step in tables:
        assert "INDEX" in step or "PRIMARY KEY" in step, step
        assert "messages" not in step, step
