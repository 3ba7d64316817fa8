"""`make desk-bench`: how fast the desk's pages are with 100,000 conversations.

    python -m tests.desk_load                             both databases, then docs/desk_speed.md
    python -m tests.desk_load --conversations 10000 --only sqlite --no-report
    python -m tests.desk_load --url sqlite:////tmp/filled.db

The databases are made for it and removed afterwards: SQLite's in a folder of its own, PostgreSQL's
on the server that DORSI_TEST_POSTGRES names.
"""

import argparse
import os
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

import psycopg

from records import database
from tests.desk_load.filling import fill
from tests.desk_load.measuring import Measured, counted, measure
from tests.desk_load.report import Run, written

DOCS = Path(__file__).resolve().parents[3] / "docs"
SERVER = "postgresql://postgres@127.0.0.1:5432/test"
SQLITE, POSTGRES = "SQLite", "PostgreSQL"
LIMITS = {POSTGRES: 150, SQLITE: 300}


def main() -> None:
    """Fill, measure, write."""
    asked = _asked()
    runs = [_run(name, url, asked) for name, url in _wanted(asked)]
    if asked.report:
        (DOCS / "desk_speed.md").write_text(written(runs, date.today()), encoding="utf-8")
    slow = [one for run in runs for one in run.measured if one.percentile(0.95) > run.limit]
    for one in slow:
        print(f"too slow: {one.title}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make desk-bench", description=__doc__.splitlines()[0])
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=30, help="how often each page is asked for")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--url", action="append", help="a database that is filled, to be kept")
    parser.add_argument("--no-report", dest="report", action="store_false")
    return parser.parse_args()


def _wanted(asked: argparse.Namespace) -> list[tuple[str, str | None]]:
    """The databases by their names; with the address of those that are filled already."""
    if asked.url:
        return [(SQLITE if url.startswith("sqlite") else POSTGRES, url) for url in asked.url]
    return [(name, None) for name in LIMITS if asked.only in (None, name.lower())]


def _run(name: str, given: str | None, asked: argparse.Namespace) -> Run:
    with nullcontext(given) if given else _database(name) as url:
        began = time.monotonic()
        if not given:
            fill(url, asked.conversations)
        filled = None if given else time.monotonic() - began
        load = os.getloadavg()[0]
        measured = measure(url, asked.times)
        _print(name, measured)
        loads = (load, os.getloadavg()[0])
        counts = counted(url)
        return Run(name, LIMITS[name], counts, filled, loads, _size(name, url), measured)


def _print(name: str, measured: list[Measured]) -> None:
    for one in measured:
        p50, p95 = one.percentile(0.5), one.percentile(0.95)
        print(f"{name:10} {one.title:45} p50 {p50:6.0f} ms  p95 {p95:6.0f} ms  {one.size:7,} B")


@contextmanager
def _database(name: str) -> Iterator[str]:
    """A migrated database, gone afterwards."""
    if name == SQLITE:
        with tempfile.TemporaryDirectory(prefix="desk-bench-") as folder:
            url = f"sqlite:///{folder}/dorsi.db"
            database.migrate(url)
            yield url
    else:
        server = os.environ.get("DORSI_TEST_POSTGRES", SERVER)
        made = f"desk_bench_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as opened:
            opened.execute(f"CREATE DATABASE {made}".encode())
        try:
            address = database.address(server).set(drivername="postgresql", database=made)
            url = address.render_as_string(hide_password=False)
            database.migrate(url)
            yield url
        finally:
            with psycopg.connect(server, autocommit=True) as opened:
                opened.execute(f"DROP DATABASE {made} WITH (FORCE)".encode())


def _size(name: str, url: str) -> int:
    """How many bytes the database has."""
    if name == SQLITE:
        return Path(database.address(url).database or "").stat().st_size
    plain = database.address(url).set(drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False)) as opened:
        row = opened.execute("SELECT pg_database_size(current_database())").fetchone()
    return int(row[0]) if row else 0


if __name__ == "__main__":
    main()
