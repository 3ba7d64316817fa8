"""Keeping a conversation beyond its time."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from desk.access.permissions import Role
from records import retention
from records.audit import COMMAND_LINE
from records.base import now
from records.models import Session
from records.people import Deed
from records.reviewing import Hold
from tests.desk.conftest import Client, SignedIn
from tests.desk.conversing import converse

REASON = "The ombudsman asked for it"
OLD = timedelta(days=100)


async def old_conversation(client: Client) -> int:
    return await client.write(lambda db: converse(db, "my foot drags", at=now() - OLD))


async def count(client: Client, table: Any) -> int:
    asked = select(func.count()).select_from(table)
    return int(await client.read(lambda db: db.execute(asked).scalar_one()))


async def sweep(client: Client) -> int:
    """What the gateway does with what is 90 days old."""
    before = now() - timedelta(days=90)
    found = await client.read(lambda db: retention.outdated(db, before, 100))
    ids = [session.id for session in found]
    return len(await client.write(lambda db: retention.erase(db, ids, before, COMMAND_LINE)))


async def test_what_is_held_outlasts_its_time_until_it_is_let_go(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    held, other = await old_conversation(ann), await old_conversation(ann)
    answer = await ann.submit(f"/conversations/{held}/hold", reason=REASON)
    assert answer.headers["location"] == f"/conversations/{held}/privacy"
    assert REASON in (await ann.get(f"/conversations/{held}/privacy")).text
    assert await sweep(ann) == 1
    assert (await ann.get(f"/conversations/{other}/privacy")).status_code == 404
    assert await sweep(ann) == 0
    await ann.submit(f"/conversations/{held}/lift", reason="The ombudsman is done with it")
    assert await sweep(ann) == 1
    assert await count(ann, Session) == 0


async def test_each_hold_and_its_end_are_in_the_audit_log(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await old_conversation(ann)
    await ann.submit(f"/conversations/{number}/hold", reason=REASON)
    await ann.submit(f"/conversations/{number}/lift", reason="They are done with it")
    asked = select(Deed.actor, Deed.action, Deed.object, Deed.detail).order_by(Deed.id)
    about = f"conversation:{number}"
    assert await ann.read(lambda db: [tuple(row) for row in db.execute(asked)]) == [
        (ann.name, "held", about, {"reason": REASON}),
        (ann.name, "hold_lifted", about, {"reason": "They are done with it"}),
    ]


async def test_all_that_is_held_is_on_one_page(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN, shown="Ann Other")
    assert "None is held." in (await ann.get("/holds")).text
    number = await old_conversation(ann)
    await ann.submit(f"/conversations/{number}/hold", reason=REASON)
    page = (await ann.get("/holds")).text
    assert f'href="/conversations/{number}/privacy"' in page
    assert REASON in page
    assert "Ann Other" in page


@pytest.mark.parametrize(("form", "wrong"), [("hold", "is held already"), ("lift", "is not held")])
async def test_nothing_is_held_or_let_go_twice(signed_in: SignedIn, form: str, wrong: str) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await old_conversation(ann)
    if form == "hold":
        await ann.submit(f"/conversations/{number}/hold", reason=REASON)
    answer = await ann.submit(f"/conversations/{number}/{form}", reason=REASON)
    assert answer.status_code == 400
    assert wrong in answer.text
    assert await count(ann, Hold) == (form == "hold")


async def test_what_is_held_is_not_erased_at_the_desk(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await old_conversation(ann)
    await ann.submit(f"/conversations/{number}/hold", reason=REASON)
    page = await ann.get(f"/conversations/{number}/erase")
    assert "cannot be erased here" in page.text
    assert 'name="number"' not in page.text
    answer = await ann.submit(
        f"/conversations/{number}/erase", reason="The patient asked for it", number=str(number)
    )
    assert answer.status_code == 400
    assert await count(ann, Session) == 1
