"""What is due to be erased, on the page and on the command line, and what the desk forgets."""

import asyncio
from argparse import Namespace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, insert, select

from desk.access.permissions import Role
from desk.access.sessions import Lifetime
from desk.privacy import clearing
from desk.privacy.retention import COMMAND
from desk.settings import Settings
from records import retention
from records.audit import GATEWAY
from records.base import now
from records.database import Database
from records.models import Erasure, Session
from records.people import Deed, Failure, SignIn, Unmasking
from tests.desk.conftest import Client, SignedIn
from tests.desk.conversing import converse, user

SECRET = "xylophonist"


def plant(db: Connection) -> list[int]:
    """Three that are due, of which one is held, and one that is not."""
    days = [99, 120, 91, 89]
    return [converse(db, SECRET, at=now() - timedelta(days=age)) for age in days]


async def planted(client: Client) -> list[int]:
    numbers = await client.write(plant)
    await client.submit(f"/conversations/{numbers[0]}/hold", reason="A court asked for it")
    return numbers


async def sessions(client: Client) -> int:
    asked = select(func.count()).select_from(Session)
    return int(await client.read(lambda db: db.execute(asked).scalar_one()))


async def test_the_page_says_how_many_since_when_and_which_are_held(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    held, *_ = await planted(ann)
    page = (await ann.get("/retention")).text
    assert "<dt>Due now</dt><dd>2</dd>" in page
    oldest = now() - timedelta(days=120)
    assert f"{oldest.day} {oldest:%b %Y}" in page
    assert f'<a href="/conversations/{held}/privacy">{held}</a>' in page
    assert "every hour" in page
    assert SECRET not in page


async def test_a_dry_run_says_the_same_and_erases_nothing(
    signed_in: SignedIn, desk_settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    ann = await signed_in(Role.ADMIN)
    held, oldest, younger, _ = await planted(ann)
    await asyncio.to_thread(COMMAND.run, desk_settings, Namespace(dry_run=True))
    said = capsys.readouterr().out
    assert said.startswith("2 conversations had no message for 90 days and would be erased.\n")
    assert f"Those with a number: {oldest}, {younger}\n" in said
    assert f"As old, but held: {held}\n" in said
    assert f"{now() - timedelta(days=120):%Y-%m-%d}" in said
    assert await sessions(ann) == 4


async def test_the_command_erases_what_is_due_and_writes_it_down(
    signed_in: SignedIn,
    desk_settings: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ann = await signed_in(Role.ADMIN)
    held, oldest, younger, young = await planted(ann)
    await asyncio.to_thread(COMMAND.run, desk_settings, Namespace(dry_run=False))
    assert capsys.readouterr().out.startswith("2 conversations were erased.")
    assert [
        (await ann.get(f"/conversations/{number}/privacy")).status_code
        for number in (held, oldest, younger, young)
    ] == [200, 404, 404, 200]
    asked = select(Deed.actor, Deed.detail).where(Deed.action == "retention_swept")
    [(actor, detail)] = await ann.read(lambda db: db.execute(asked).all())
    assert (actor, detail["count"]) == ("command line", 2)
    assert sorted(detail["numbers"]) == [oldest, younger]
    owed = await ann.read(lambda db: db.execute(select(Erasure.number)).all())
    assert [tuple(row) for row in owed] == [(None,)] * 2
    await asyncio.to_thread(COMMAND.run, desk_settings, Namespace(dry_run=False))
    assert capsys.readouterr().out.startswith("0 conversations were erased.")


async def test_with_nothing_due_it_says_so(signed_in: SignedIn) -> None:
    page = (await (await signed_in(Role.ADMIN)).get("/retention")).text
    assert "<dt>Due now</dt><dd>0</dd>" in page
    assert "none is due" in page


@pytest.mark.postgres
async def test_postgresql_counts_and_erases_the_same(postgres_url: str) -> None:
    opened, before = Database(postgres_url), now() - timedelta(days=90)
    try:
        numbers = await opened.write(plant)
        due = await opened.read(lambda db: retention.due(db, before))
        assert (due.count, list(due.numbers), list(due.held)) == (3, numbers[:3], [])
        assert due.oldest is not None
        assert due.oldest.date() == (now() - timedelta(days=120)).date()
        found = await opened.read(lambda db: retention.outdated(db, before, 2))
        ids = [session.id for session in found]
        who = GATEWAY
        assert len(await opened.write(lambda db: retention.erase(db, ids, before, who))) == 2
        assert (await opened.read(lambda db: retention.due(db, before))).count == 1
    finally:
        await opened.close()


# What the desk forgets


async def test_the_desk_forgets_what_is_over_and_keeps_the_rest(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await signed_in(Role.ADMIN)

    def plant(db: Connection) -> None:
        number, who = converse(db, "hello"), user(db)
        for days in (0.5, 1.5, 29, 31):
            at = now() - timedelta(days=days)
            db.execute(insert(Failure).values(key=f"name:{days}", at=at))
            permit = {"user_id": who, "number": number, "reason": "r" * 10, "at": at}
            db.execute(insert(Unmasking).values(**permit, until=at))
            db.execute(
                insert(SignIn).values(
                    id=f"{days}", token_hash=f"{days}", user_id=who, csrf="c", used_at=at
                )
            )

    await ann.write(plant)
    lifetime = Lifetime(timedelta(days=1), timedelta(days=1))
    await ann.write(lambda db: clearing.clear(db, lifetime))
    assert await kept(ann) == (1, 3, 2)


async def kept(client: Client) -> tuple[int, ...]:
    def work(db: Connection) -> tuple[int, ...]:
        tables: list[Any] = [Failure, Unmasking, SignIn]
        return tuple(
            db.execute(select(func.count()).select_from(table)).scalar_one() for table in tables
        )

    return await client.read(work)


async def test_it_does_so_by_itself_again_and_again(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await signed_in(Role.ADMIN)
    monkeypatch.setattr(clearing, "EVERY_SECONDS", 0.01)
    old = insert(Failure).values(key="name:x", at=now() - timedelta(days=2))
    async with clearing.going_on(ann.services), asyncio.timeout(5):
        for _ in range(2):
            await ann.write(lambda db: db.execute(old))
            while (await kept(ann))[0]:
                await asyncio.sleep(0.01)
