"""A database, and an indexer at work on it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from desk.index.indexer import Indexer
from records.conversations import (
    Change,
    Conversation,
    ConversationFlag,
    ConversationTopic,
    ConversationWords,
    Mask,
    Unanswered,
)
from records.database import Database
from tests.desk.index.saying import MASK


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """The database, open."""
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
def indexer(database: Database) -> Indexer:
    """An indexer of it."""
    return Indexer(database, MASK)


TABLES = (ConversationTopic, ConversationFlag, ConversationWords, Unanswered)
REVIEW = ("status", "assignee", "reviewed_at", "version")


def conversations(db: Connection) -> dict[str, dict[str, Any]]:
    """All that the index has, by session, without its own numbers and when it was made."""
    found: dict[str, dict[str, Any]] = {}
    by_number: dict[int, dict[str, Any]] = {}
    for row in db.execute(select(Conversation.__table__)).mappings():
        kept = {name: value for name, value in row.items() if name not in ("indexed_at", "number")}
        found[row["session_id"]] = by_number[row["number"]] = kept
    for table in TABLES:
        for row in db.execute(select(table.__table__)).mappings():
            if row["number"] not in by_number:
                continue  # It was written since.
            values = {name: value for name, value in row.items() if name != "number"}
            of = by_number[row["number"]].setdefault(table.__tablename__, [])
            of.append(sorted(values.items()))
            of.sort(key=str)
    masks = db.execute(select(Mask.message_id, Mask.spans).order_by(Mask.message_id)).all()
    found["masks"] = {message: spans for message, spans in masks}
    return found


def changes(db: Connection) -> list[str]:
    """What waits to be indexed."""
    return list(db.scalars(select(Change.session_id).order_by(Change.id)))


type Work = Callable[[Connection], Any]
