"""What depends on the database's own ways, on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from starlette.applications import Starlette

from desk.access import lockout, users
from desk.access.permissions import Role
from desk.errors import CannotBe
from desk.privacy import audit
from desk.settings import Settings
from records.people import User
from tests.desk.access.signing import Clock, Person
from tests.desk.conftest import Client, add_user, serving_desk

pytestmark = pytest.mark.postgres


@pytest.fixture
async def desk_app(tmp_path: Path, postgres_url: str) -> AsyncIterator[Starlette]:
    """The desk on PostgreSQL."""
    settings = Settings(dorsi_home=tmp_path, database_url=postgres_url)
    async with serving_desk(settings) as app:
        yield app


async def test_people_sign_in_and_codes_are_taken_once(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    await ann.sign_in()
    assert (await ann.client.get("/account")).status_code == 200
    both = [Person(Client(desk_app), clock, "ann") for _ in range(2)]
    clock.pass_by(seconds=30)
    for each in both:
        await each.give_password()
        await each.load("/sign-in/code")
    code = ann.code
    answers = await asyncio.gather(
        *(each.client.submit("/sign-in/code", code=code) for each in both)
    )
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert (await ann.client.read(audit.verify)).fault is None


async def test_tries_at_once_are_as_many_as_one_after_the_other(desk: Client) -> None:
    def begin(connection: Connection) -> lockout.Try:
        return lockout.begin(connection, lockout.of_name(connection, "ann", "192.0.2.7"))

    tried = await asyncio.gather(*(desk.write(begin) for _ in range(30)))
    assert sum(not each.wait for each in tried) == 5


async def test_two_who_remove_each_other_at_once_do_not_both_succeed(desk: Client) -> None:
    one = await desk.write(lambda connection: add_user(connection, "one", Role.ADMIN))
    two = await desk.write(lambda connection: add_user(connection, "two", Role.ADMIN))

    def remove(actor: int, other: int) -> None:
        with desk.services.database.engine.begin() as connection:
            users.disable(connection, audit.Actor("x", actor), other)

    done = await asyncio.gather(
        asyncio.to_thread(remove, one, two),
        asyncio.to_thread(remove, two, one),
        return_exceptions=True,
    )
    assert [type(each) for each in done if each] == [CannotBe]
    left = await desk.read(
        lambda connection: connection.execute(select(User.id).where(User.disabled.is_(False))).all()
    )
    assert len(left) == 1


async def test_a_session_of_a_name_that_none_can_have_is_not_found(ann: Person) -> None:
    await ann.sign_in()
    assert (await ann.client.submit("/account/sessions/%00/end")).status_code == 404
