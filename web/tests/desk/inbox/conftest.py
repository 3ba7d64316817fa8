"""Conversations in the inbox, on each of the databases."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from desk.settings import Settings
from records.base import now
from records.conversations import (
    Conversation,
    ConversationFlag,
    ConversationTopic,
    ConversationWords,
)
from records.models import Session


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def desk_settings(request: pytest.FixtureRequest, tmp_path: Any) -> Settings:
    """Settings that lead to a fresh database of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    else:
        url = request.getfixturevalue("postgres_url")
    return Settings(dorsi_home=tmp_path, database_url=url)


def add(
    db: Connection,
    *,
    words: str = "my toes drag",
    topics: tuple[str, ...] = (),
    flags: tuple[str, ...] = (),
    at: datetime | None = None,
    **more: Any,
) -> int:
    """Put a conversation into the inbox."""
    at = at or now()
    confidence = more.get("confidence")
    number: int = db.execute(
        insert(Session).values(
            id=(id := f"s{at.timestamp()}{len(words)}{id_of()}"), token_hash=id, region="GB"
        )
    ).rowcount
    values = {
        "session_id": id,
        "began_at": at - timedelta(minutes=5),
        "last_at": at,
        "region": "GB",
        "turns": 3,
        "opening": words,
        "sureness": 2.0 if confidence is None else confidence,
        **more,
    }
    number = db.execute(
        insert(Conversation).values(values).returning(Conversation.number)
    ).scalar_one()
    db.execute(insert(ConversationWords).values(number=number, words=words))
    for topic in topics:
        db.execute(insert(ConversationTopic).values(number=number, topic=topic, turns=1))
    for flag in flags:
        db.execute(insert(ConversationFlag).values(number=number, flag=flag, level=3, at=at))
    return number


_ids = iter(range(10**9))


def id_of() -> int:
    """A number that was not given before."""
    return next(_ids)


type Add = Callable[..., int]
