"""The tables as migrated are those the code describes, and keep themselves in step."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from records import database
from records.base import Base, now
from records.conversations import Change, Conversation, ConversationWords
from records.models import PATIENT, Feedback, Message, Session
from records.people import Deed


@pytest.fixture
def engine(any_url: str) -> Iterator[Engine]:
    opened = database.connect(any_url)
    yield opened
    opened.dispose()


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def begin_session(db: Connection, id: str = "s1") -> None:
    db.execute(insert(Session).values(id=id, token_hash=id, region="GB"))


def say(db: Connection, id: str = "m1", session: str = "s1", seq: int = 1) -> None:
    values: dict[str, Any] = {"id": id, "session_id": session, "seq": seq, "direction": PATIENT}
    db.execute(insert(Message).values(**values, text="My toes drag."))


def changed(db: Connection) -> list[str]:
    return list(db.scalars(select(Change.session_id).order_by(Change.id)))


def not_described(kind: str, name: str | None) -> bool:
    """The search is no table of SQLAlchemy's; its parts are left out of the comparison."""
    return (name or "").startswith(("conversation_search", "ix_conversation_words_search"))


def test_the_migrations_make_the_tables_that_the_code_describes(db: Connection) -> None:
    context = MigrationContext.configure(
        db,
        opts={
            "include_name": lambda name, kind, parents: not not_described(kind, name),
            "compare_type": True,
        },
    )
    assert compare_metadata(context, Base.metadata) == []


def test_all_migrations_can_be_taken_back(any_url: str) -> None:
    config = database.alembic_config(any_url)
    command.downgrade(config, "0003")
    command.upgrade(config, "head")
    database.check(any_url)


def test_each_message_tells_that_its_session_changed(db: Connection) -> None:
    begin_session(db)
    say(db)
    say(db, "m2", seq=2)
    assert changed(db) == ["s1", "s1"]


def test_an_opinion_given_changed_and_taken_back_tells_each_time(db: Connection) -> None:
    begin_session(db)
    say(db)
    db.execute(delete(Change))
    db.execute(insert(Feedback).values(message_id="m1", session_id="s1", helpful=True))
    db.execute(update(Feedback).values(helpful=False))
    db.execute(delete(Feedback))
    assert changed(db) == ["s1"] * 3


def test_sessions_of_before_are_told_of_when_the_desk_comes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    command.upgrade(database.alembic_config(url), "0003")
    engine = database.connect(url)
    with engine.begin() as db:
        begin_session(db)
    database.migrate(url)
    with engine.connect() as db:
        assert changed(db) == ["s1"]
    engine.dispose()


def test_the_audit_log_can_be_neither_changed_nor_shortened(engine: Engine) -> None:
    deed = {"actor": "ada", "action": "sign_in", "object": "ada", "detail": {}}
    with engine.begin() as db:
        db.execute(insert(Deed).values(**deed, at=now(), previous="", hash="h"))
    for forbidden in (update(Deed).values(actor="eve"), delete(Deed)):
        with pytest.raises(DBAPIError, match="never changed"), engine.begin() as db:
            db.execute(forbidden)


def test_erasing_a_session_takes_everything_that_was_made_of_it(engine: Engine) -> None:
    with engine.begin() as db:
        begin_session(db)
        say(db)
        at = now()
        row = {"session_id": "s1", "began_at": at, "last_at": at, "region": "GB"}
        number = db.scalar(insert(Conversation).values(**row).returning(Conversation.number))
        db.execute(insert(ConversationWords).values(number=number, words="my toes drag"))
        assert found(db, "toe") == [number]
        db.execute(delete(Session))
        assert db.scalar(select(func.count()).select_from(Conversation)) == 0
        assert found(db, "toe") == []


def found(db: Connection, words: str) -> list[int]:
    """The conversations in which the words stand, in any form of theirs."""
    if db.dialect.name == "sqlite":
        asked = "SELECT rowid FROM conversation_search WHERE conversation_search MATCH :words"
    else:
        asked = (
            "SELECT number FROM conversation_words "
            "WHERE conversation_search @@ plainto_tsquery('english', :words)"
        )
    return list(db.scalars(text(asked), {"words": words}))


def test_nobody_else_on_the_machine_can_read_the_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    database.migrate(f"sqlite:///{tmp_path / 'dorsi.db'}")
    assert {file.stat().st_mode & 0o077 for file in tmp_path.glob("dorsi.db*")} == {0}


def test_an_entry_of_the_audit_log_is_not_replaced_either(sqlite_file: Path) -> None:
    """PostgreSQL knows no such statement."""
    engine = database.connect(f"sqlite:///{sqlite_file}")
    deed = {"actor": "ada", "action": "sign_in", "object": "ada", "detail": {}}
    with engine.begin() as db:
        db.execute(insert(Deed).values(**deed, at=now(), previous="", hash="h"))
    again = insert(Deed).prefix_with("OR REPLACE").values(id=1, **deed, at=now())
    with pytest.raises(DBAPIError, match="never changed"), engine.begin() as db:
        db.execute(again.values(previous="p", hash="i"))
