"""Filling a database with invented conversations and with what the index makes of them.

The index's rows are made by the digest itself; only writing them is done in bulk. A sample is
then made anew by the indexer's own way, with the real masking, and has to come out the same.
"""

import json
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import batched
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, select

from desk.index.digest import digest
from desk.index.masking import MASK
from desk.index.reading import _gather
from desk.index.told import Mask, Visit
from desk.index.writing import parts
from records import conversations as tables
from records import database
from records.base import Base, now
from records.models import Feedback, Message, Session
from tests.desk_load.inventing import Invented
from tests.desk_load.inventing import conversations as invented

AT_ONCE = 1000
SAMPLE = 200

# The invented words hold no personal data.
BLIND = Mask(lambda text: [], lambda text, spans: text, MASK.version)

type Rows = dict[str, list[tuple[Any, ...]]]
type Write = Callable[[str, Sequence[str], list[tuple[Any, ...]]], None]


def fill(url: str, count: int) -> None:
    """Fill a fresh database with so many conversations.

    Args:
        url: its address; it is migrated.
        count: how many conversations; each has about 15 turns and 31 messages.
    """
    began = time.monotonic()
    engine = database.connect(url)
    opened = _sqlite if engine.dialect.name == "sqlite" else _postgres
    with opened(url) as write:
        for done, some in enumerate(batched(invented(count, now()), AT_ONCE), 1):
            start = (done - 1) * AT_ONCE
            for table, rows in _rows(some, start).items():
                write(table, _columns(table), rows)
            if done % 10 == 0:
                told = f"{done * AT_ONCE:,} of {count:,} conversations"
                print(f"{told}, {time.monotonic() - began:.0f} s", file=sys.stderr)
    _check(engine, count)
    engine.dispose()


def _rows(some: Sequence[Invented], start: int) -> Rows:
    found: Rows = {}

    def put(table: Any, values: dict[str, Any]) -> None:
        name = table.__tablename__
        row = tuple(_plain(values.get(column)) for column in _columns(name))
        found.setdefault(name, []).append(row)

    for number, one in enumerate(some, start + 1):
        _session(one, put)
        made = digest(one.visit, one.lines, one.opinions, BLIND)
        assert made is not None
        of_review = {"status": "new", "version": 0, "indexed_at": now()}
        put(tables.Conversation, {"number": number, **made.row, **of_review})
        put(tables.ConversationWords, {"number": number, "words": made.words})
        for table, values in parts(number, made).items():
            for value in values:
                put(table, value)
    return found


def _session(one: Invented, put: Callable[[Any, dict[str, Any]], None]) -> None:
    visit = one.visit
    used = one.lines[-1].at
    put(
        Session,
        {
            "id": visit.id, "token_hash": one.token, "region": visit.region,
            "diary_hash": visit.chain, "created_at": visit.began_at, "used_at": used,
            "last_seq": len(one.lines),
        },
    )  # fmt: skip
    for line in one.lines:
        put(
            Message,
            {
                "id": line.id, "session_id": visit.id, "seq": line.seq,
                "direction": line.direction, "client_id": line.id if line.is_patients else None,
                "reply_to": line.reply_to, "text": line.text, "kind": line.kind,
                "level": line.level, "topic": line.topic, "payload": line.payload,
                "understanding": line.note, "created_at": line.at, "answered": True,
            },
        )  # fmt: skip
    for opinion in one.opinions:
        values = {"message_id": opinion.message_id, "helpful": opinion.helpful, "at": used}
        put(Feedback, {**values, "session_id": visit.id})


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, dict | list) else value


def _columns(table: str) -> list[str]:
    return [column.name for column in Base.metadata.tables[table].columns]


@contextmanager
def _sqlite(url: str) -> Iterator[Write]:
    """Rows go in without their triggers; the search is built at the end."""
    opened = sqlite3.connect(database.address(url).database or "", isolation_level=None)
    triggers = opened.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        opened.execute(f"DROP TRIGGER {name}")
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
        opened.execute(f"PRAGMA {setting}")

    def write(table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * len(columns))
        names = ", ".join(f'"{column}"' for column in columns)
        opened.execute("BEGIN")
        opened.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})",
            (tuple(_for_sqlite(value) for value in row) for row in rows),
        )
        opened.execute("COMMIT")

    yield write
    search = tables.SEARCH
    opened.execute(f"INSERT INTO {search} ({search}) VALUES ('rebuild')")
    for _, statement in triggers:
        opened.execute(statement)
    opened.execute("PRAGMA journal_mode = WAL")
    opened.close()


def _for_sqlite(value: Any) -> Any:
    """Moments as SQLAlchemy writes them: in UTC, without saying so."""
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if hasattr(value, "strftime") else value


@contextmanager
def _postgres(url: str) -> Iterator[Write]:
    """Rows are copied in without triggers and without looking up what they refer to."""
    target = database.address(url).set(drivername="postgresql")
    with psycopg.connect(target.render_as_string(hide_password=False), autocommit=True) as opened:
        opened.execute("SET session_replication_role = replica")
        opened.execute("SET synchronous_commit = off")

        def write(table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
            names = ", ".join(f'"{column}"' for column in columns)
            into = f"COPY {table} ({names}) FROM STDIN".encode()
            with opened.cursor() as cursor, cursor.copy(into) as copy:
                for row in rows:
                    copy.write_row(row)

        yield write
        opened.execute(
            "SELECT setval(pg_get_serial_sequence('conversations', 'number'), "
            "(SELECT max(number) FROM conversations))"
        )
        opened.execute("VACUUM ANALYZE")


def _check(engine: Engine, count: int) -> None:
    """Make a sample anew by the real masking, from what the database gives back.

    Raises:
        AssertionError: a digest is not the one that was written.
    """
    numbers = random.Random(1).sample(range(1, count + 1), min(SAMPLE, count))
    with engine.connect() as db:
        for number in numbers:
            _check_one(db, number)


def _check_one(db: Connection, number: int) -> None:
    kept = (
        db.execute(
            select(tables.Conversation.__table__).where(tables.Conversation.number == number)
        )
        .mappings()
        .one()
    )
    asked = select(Session.id, Session.diary_hash, Session.region, Session.created_at)
    visit = Visit(*db.execute(asked.where(Session.id == kept["session_id"])).one())
    gathered = _gather(db, [visit.id], rules=0)
    made = digest(visit, gathered.lines[visit.id], gathered.opinions[visit.id], MASK)
    assert made is not None
    for column, value in made.row.items():
        assert kept[column] == value, f"conversation {number}: {column}"
    words = select(tables.ConversationWords.words)
    found = db.scalar(words.where(tables.ConversationWords.number == number))
    assert found == made.words, f"conversation {number}: words"
