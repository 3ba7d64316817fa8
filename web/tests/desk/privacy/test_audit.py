"""The audit log's chain: what was written cannot be changed unseen."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DatabaseError

from desk.privacy import audit
from desk.privacy.audit import Action, Actor
from records.database import Database
from records.people import Deed
from tests.desk.conftest import Client

ANN = Actor("ann", 1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest) -> Any:
    """A database of each kind."""
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    else:
        url = request.getfixturevalue("postgres_url")
    opened = Database(url)
    yield opened
    await opened.close()


async def write(database: Database, number: int) -> None:
    """One entry."""
    detail = {"n": number, "text": "ü 😀", "none": None, "deep": {"b": [1.5, True], "a": ""}}
    await database.write(
        lambda connection: audit.append(connection, ANN, Action.ROLE_CHANGED, "user:bob", detail)
    )


async def test_what_is_written_holds(database: Database) -> None:
    assert await database.read(audit.verify) is None
    for number in range(5):
        await write(database, number)
    assert await database.read(audit.verify) is None
    hashes = await database.read(
        lambda connection: connection.execute(
            select(Deed.previous, Deed.hash).order_by(Deed.id)
        ).all()
    )
    assert hashes[0][0] == audit.FIRST
    assert [row[0] for row in hashes[1:]] == [row[1] for row in hashes[:-1]]


async def test_entries_written_at_once_are_one_chain(database: Database) -> None:
    await asyncio.gather(*(write(database, number) for number in range(40)))
    assert await database.read(audit.verify) is None


async def test_an_entry_is_kept_only_with_what_it_tells_of(database: Database) -> None:
    def fails(connection: Connection) -> None:
        audit.append(connection, ANN, Action.ROLE_CHANGED, "user:bob", {})
        raise RuntimeError("it could not be done")

    with pytest.raises(RuntimeError):
        await database.write(fails)
    kept = await database.read(lambda connection: connection.execute(select(Deed.id)).all())
    assert kept == []


@pytest.mark.parametrize("verb", ["UPDATE audit SET actor = 'bob'", "DELETE FROM audit"])
async def test_the_database_itself_refuses_a_change(verb: str, database: Database) -> None:
    await write(database, 1)
    with pytest.raises(DatabaseError, match="never changed"):
        await database.write(lambda connection: connection.execute(text(verb)))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET actor = 'bob' WHERE id = 2",
        "UPDATE audit SET actor_id = 2 WHERE id = 2",
        "UPDATE audit SET action = 'signed_in' WHERE id = 2",
        "UPDATE audit SET object = 'user:eve' WHERE id = 2",
        "UPDATE audit SET detail = '{\"n\": 7}' WHERE id = 2",
        "UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE id = 2",
        "UPDATE audit SET hash = 'x' WHERE id = 2",
        "UPDATE audit SET id = 9 WHERE id = 2",
        "UPDATE audit SET previous = hash WHERE id = 2",
        "DELETE FROM audit WHERE id = 2",
        "DELETE FROM audit WHERE id = 1",
    ],
)
async def test_whoever_gets_round_that_is_found_out(change: str, desk: Client) -> None:
    database = desk.services.database
    for number in range(4):
        await write(database, number)

    def tamper(connection: Connection) -> None:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_no_{verb}"))
        connection.execute(text(change))

    await database.write(tamper)
    assert await database.read(audit.verify) in (2, 3)
