"""Who guesses waits longer and longer, and nobody else does."""

import asyncio

import pytest
from sqlalchemy import Connection, select
from starlette.applications import Starlette

from desk.access import lockout
from desk.privacy import audit
from records.people import Failure
from tests.desk.access.signing import NEW_PASSWORD, PASSWORD, Clock, Person, person
from tests.desk.conftest import Client

HOME = "192.0.2.7"


async def begin(client: Client, name: str = "ann", address: str = HOME) -> lockout.Try:
    """A try from an address, which fails unless somebody says otherwise."""
    return await client.write(
        lambda connection: lockout.begin(connection, lockout.of_name(connection, name, address))
    )


async def knock(client: Client, clock: Clock, times: int, at: str = HOME) -> None:
    """So many tries that fail, each as soon as it may be."""
    for _ in range(times):
        tried = await begin(client, address=at)
        if tried.wait:
            clock.pass_by(seconds=tried.wait)
            assert not (await begin(client, address=at)).wait


async def test_the_sixth_try_waits_and_each_after_it_twice_as_long(
    desk: Client, clock: Clock
) -> None:
    waits = []
    for _ in range(16):
        tried = await begin(desk)
        waits.append(tried.wait)
        clock.pass_by(seconds=tried.wait)
        if tried.wait:
            assert not (await begin(desk)).wait
    assert waits[:5] == [0] * 5
    assert waits[5:12] == [10, 20, 40, 80, 160, 320, 640]
    assert max(waits) == 900


async def test_knocking_while_there_is_a_wait_does_not_make_it_longer(
    desk: Client, clock: Clock
) -> None:
    await knock(desk, clock, 5)
    for left in (10, 9, 8):
        for _ in range(20):
            assert (await begin(desk)).wait == left
        clock.pass_by(seconds=1)
    clock.pass_by(seconds=7)
    assert not (await begin(desk)).wait


async def test_who_guesses_elsewhere_does_not_touch_the_one_who_is_meant(
    desk: Client, clock: Clock
) -> None:
    await knock(desk, clock, 12, at="198.51.100.1")
    assert (await begin(desk, address="198.51.100.1")).wait
    assert not (await begin(desk)).wait


async def test_all_addresses_of_one_network_are_counted_as_one(desk: Client, clock: Clock) -> None:
    for n in range(5):
        await begin(desk, address=f"2001:db8::{n}")
    assert (await begin(desk, address="2001:db8::ffff")).wait == 10
    assert not (await begin(desk, address="2001:db8:0:1::1")).wait


async def test_one_network_that_tries_many_names_waits(desk: Client, clock: Clock) -> None:
    for n in range(20):
        assert not (await begin(desk, f"name{n}")).wait
    assert (await begin(desk, "ann")).wait == 10
    assert not (await begin(desk, "ann", "198.51.100.1")).wait


async def test_many_networks_that_try_one_name_wait_but_not_who_works_there(
    desk: Client, clock: Clock
) -> None:
    def note(connection: Connection) -> None:
        detail = {"address": HOME}
        actor = audit.Actor("ann", 1)
        audit.append(connection, actor, audit.Action.SIGNED_IN, "user:ann", detail)

    await desk.write(note)
    for n in range(100):
        assert not (await begin(desk, address=f"198.51.100.{n}")).wait
    assert (await begin(desk, address="203.0.113.1")).wait
    assert not (await begin(desk, address=HOME)).wait
    assert not (await begin(desk, "bob", "203.0.113.1")).wait


async def test_tries_at_once_are_as_many_as_one_after_the_other(desk: Client, clock: Clock) -> None:
    tried = await asyncio.gather(*(begin(desk) for _ in range(30)))
    assert sum(not each.wait for each in tried) == 5


async def test_what_failed_is_forgotten_after_an_hour_and_after_success(
    desk: Client, clock: Clock
) -> None:
    await knock(desk, clock, 4)
    tried = await begin(desk)
    await desk.write(lambda connection: lockout.succeeded(connection, tried))
    await knock(desk, clock, 5)
    assert (await begin(desk)).wait == 10
    clock.pass_by(hours=1)
    assert not (await begin(desk)).wait
    keys = await desk.read(lambda connection: connection.execute(select(Failure.key)).all())
    assert len(keys) == 3


async def test_success_with_one_name_does_not_free_guesses_at_others(
    desk: Client, clock: Clock
) -> None:
    for n in range(19):
        await begin(desk, f"name{n}")
    tried = await begin(desk, "mallory")
    await desk.write(lambda connection: lockout.succeeded(connection, tried))
    await begin(desk, "ann")
    assert (await begin(desk, "ann")).wait == 10


@pytest.mark.parametrize("name", ["ann", "nobody"])
async def test_after_five_wrong_passwords_the_page_says_how_long_to_wait(
    name: str, ann: Person, clock: Clock
) -> None:
    ann.name = name
    for _ in range(5):
        assert (await ann.give_password("wrong")).status_code == 422
    answer = await ann.give_password()
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "10"
    assert "Please wait 10 seconds" in answer.text
    assert ann.token is None


async def test_the_right_password_is_taken_after_the_wait(ann: Person, clock: Clock) -> None:
    for _ in range(5):
        await ann.give_password("wrong")
    clock.pass_by(seconds=10)
    assert (await ann.give_password()).headers["location"] == "/sign-in/code"


async def test_codes_are_counted_wherever_they_come_from(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    for n in range(5):
        elsewhere = Person(Client(desk_app, address=f"198.51.100.{n}"), clock, "ann")
        await elsewhere.give_password()
        assert (await elsewhere.give_code("000000")).status_code == 422
    await ann.give_password()
    answer = await ann.give_code()
    assert answer.status_code == 429
    clock.pass_by(seconds=10)
    assert (await ann.give_code()).headers["location"] == "/"


async def test_a_new_password_ends_the_wait_for_codes(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    await ann.sign_in()
    mallory = Person(Client(desk_app, address="198.51.100.1"), clock, "ann")
    await mallory.give_password()
    for _ in range(5):
        await mallory.give_code("000000")
    await ann.load("/account/password")
    form = {"current": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert (await ann.client.submit("/account/password", **form)).status_code == 303
    assert (await mallory.client.get("/sign-in/code")).status_code == 303
    ann.password = NEW_PASSWORD
    await ann.sign_in()


async def test_a_stolen_session_cannot_try_passwords_for_ever(ann: Person, clock: Clock) -> None:
    await ann.sign_in()
    for _ in range(5):
        await ann.load("/account/recovery")
        assert (await ann.client.submit("/account/recovery", current="wrong")).status_code == 422
    answer = await ann.client.submit("/account/recovery", current=ann.password)
    assert "Please wait 10 seconds" in answer.text


async def test_one_who_is_guessed_at_can_go_on_working(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    await ann.sign_in()
    mallory = Person(Client(desk_app, address="198.51.100.1"), clock, "ann")
    for _ in range(8):
        await mallory.give_password("wrong")
    assert (await ann.client.get("/account")).status_code == 200
    await ann.sign_in()
    bob = await person(desk_app, clock, "bob")
    await bob.sign_in()
