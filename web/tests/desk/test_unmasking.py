"""Reading behind the mask: with a permission and a reason, for a while, and written down."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from desk.access.permissions import Role
from desk.access.visitors import User
from desk.privacy import unmasking
from records.base import now
from records.people import Deed, Unmasking
from tests.desk.conftest import Client, SignedIn
from tests.desk.conversing import converse

REASON = "A complaint about what was answered"


async def conversation(client: Client, *said: str) -> int:
    return await client.write(lambda db: converse(db, *(said or ("my foot drags",))))


async def may(client: Client, number: int, role: Role = Role.ADMIN) -> bool:
    user = User(client.user_id, client.name, client.name, role)
    return await client.read(lambda db: unmasking.may_read_unmasked(db, user, number))


async def deeds(client: Client) -> list[tuple[Any, ...]]:
    asked = select(Deed.actor, Deed.action, Deed.object, Deed.detail).order_by(Deed.id)
    return await client.read(lambda db: [tuple(row) for row in db.execute(asked)])


async def test_with_a_reason_one_user_reads_one_conversation_unmasked_for_a_while(
    signed_in: SignedIn,
) -> None:
    ann, bob = await signed_in(Role.ADMIN), await signed_in(Role.ADMIN)
    number, other = await conversation(ann), await conversation(ann)
    assert not await may(ann, number)
    answer = await ann.submit(f"/conversations/{number}/unmask", reason=REASON)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/conversations/{number}")
    assert await may(ann, number)
    assert not await may(ann, other)
    assert not await may(bob, number)
    assert await deeds(ann) == [
        (ann.name, "unmasked", f"conversation:{number}", {"reason": REASON, "minutes": 15})
    ]


async def test_it_ends_by_itself(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await conversation(ann)
    await ann.submit(f"/conversations/{number}/unmask", reason=REASON)
    almost = now() + unmasking.LASTS
    [until] = await ann.read(lambda db: list(db.scalars(select(Unmasking.until))))
    assert almost - timedelta(seconds=30) < until <= almost
    await ann.write(lambda db: db.execute(update(Unmasking).values(until=now())))
    assert not await may(ann, number)


async def test_it_can_be_ended_and_whoever_has_it_sees_until_when(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await conversation(ann)
    await ann.submit(f"/conversations/{number}/unmask", reason=REASON)
    page = (await ann.get(f"/conversations/{number}/privacy")).text
    assert "Unmasked: you see what is personal" in page
    assert f'action="/conversations/{number}/mask"' in page
    assert f'action="/conversations/{number}/unmask"' not in page
    await ann.submit(f"/conversations/{number}/mask")
    assert not await may(ann, number)
    await ann.submit(f"/conversations/{number}/mask")
    assert [deed[1] for deed in await deeds(ann)] == ["unmasked", "masked_again"]


async def test_who_loses_the_permission_loses_what_was_granted(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await conversation(ann)
    await ann.submit(f"/conversations/{number}/unmask", reason=REASON)
    assert await may(ann, number)
    assert not await may(ann, number, Role.REVIEWER)


@pytest.mark.parametrize("reason", ["", "   ", "too short", " a  b  c "])
async def test_without_a_reason_nothing_is_unmasked(signed_in: SignedIn, reason: str) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await conversation(ann)
    answer = await ann.submit(f"/conversations/{number}/unmask", reason=reason)
    assert answer.status_code == 400
    assert "Say why, in at least 10 characters." in answer.text
    assert not await may(ann, number)
    assert await deeds(ann) == []


async def test_a_reason_may_not_repeat_the_patient(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await conversation(ann, "I fell off the purple xylophone on Monday")
    quoting = "The patient FELL OFF, the purple thing"
    assert (
        "repeats"
        not in (
            await ann.submit(
                f"/conversations/{number}/unmask", reason="Fell off, and it was purple"
            )
        ).text
    )
    answer = await ann.submit(f"/conversations/{number}/unmask", reason=quoting)
    assert answer.status_code == 400
    assert "repeats what the patient wrote" in answer.text
    assert len(await deeds(ann)) == 1


async def test_what_is_personal_in_a_reason_is_masked(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await conversation(ann)
    said = "Asked for by mail from maria.lopez@example.org"
    await ann.submit(f"/conversations/{number}/unmask", reason=said)
    [(_, _, _, detail)] = await deeds(ann)
    assert detail["reason"] == "Asked for by mail from [email]"
    [kept] = await ann.read(lambda db: list(db.scalars(select(Unmasking.reason))))
    assert "maria" not in kept


async def test_a_reason_too_long_or_a_conversation_that_is_not_there_is_refused(
    signed_in: SignedIn,
) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await conversation(ann)
    assert (
        await ann.submit(f"/conversations/{number}/unmask", reason="x" * 501)
    ).status_code == 400
    for there_is_none in (number + 1, 10**12):
        for form in ("unmask", "hold", "lift"):
            path = f"/conversations/{there_is_none}/{form}"
            assert (await ann.submit(path, reason=REASON)).status_code == 404
        path = f"/conversations/{there_is_none}/privacy"
        assert (await ann.get(path)).status_code == 404


async def test_what_was_typed_is_no_markup_and_is_still_there_to_mend(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await conversation(ann, 'say "><script>alert(1)</script> to me')
    reason = '"><script>alert(1)</script> to me'
    answer = await ann.submit(f"/conversations/{number}/unmask", reason=reason)
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


async def test_a_reviewer_sees_what_is_held_and_no_form(signed_in: SignedIn) -> None:
    reviewer = await signed_in(Role.REVIEWER)
    number = await conversation(reviewer)
    page = (await reviewer.get(f"/conversations/{number}/privacy")).text
    assert "It is masked for you" in page
    assert page.count("<form") == 1  # to sign out
