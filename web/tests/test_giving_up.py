"""A query that lasts longer than anybody waits for it is given up."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from records import database


async def test_what_nobody_waits_for_any_more_takes_no_reader_from_others(
    sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WORK_SECONDS", 0.3)
    opened = database.Database(f"sqlite:///{sqlite_file}")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n"
    for _ in range(database.READERS):
        with pytest.raises((TimeoutError, OperationalError)):
            await opened.read(lambda db: db.execute(text(endless)).scalar())
    assert await opened.read(lambda db: db.execute(text("SELECT 1")).scalar()) == 1
    await opened.close()
