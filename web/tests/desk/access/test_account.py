"""What users change of their own."""

import re

import pytest
from sqlalchemy import select
from starlette.applications import Starlette

from desk.privacy import audit
from records.people import SignIn, User
from tests.desk.access.signing import NEW_PASSWORD, PASSWORD, Clock, Person, deeds, person
from tests.desk.conftest import SECRET, Client


async def is_in(person: Person) -> bool:
    return (await person.client.get("/account")).status_code == 200


@pytest.fixture
async def elsewhere(ann: Person, desk_app: Starlette, clock: Clock) -> Person:
    """The same user at another browser, signed in at both."""
    other = Person(Client(desk_app, address="192.0.2.9"), clock, "ann")
    await other.sign_in()
    await ann.sign_in()
    return other


async def test_another_password_ends_the_other_sessions_and_renews_this_one(
    ann: Person, elsewhere: Person
) -> None:
    before = ann.token
    await ann.load("/account/password")
    answer = await ann.client.submit(
        "/account/password", current=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD
    )
    assert answer.headers["location"] == "/account"
    assert "Your password is changed" in (await ann.load("/account")).text
    assert ann.token != before
    assert not await is_in(elsewhere)
    assert (await elsewhere.give_password()).status_code == 422
    elsewhere.password = NEW_PASSWORD
    await elsewhere.sign_in()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"current": "wrong", "new": NEW_PASSWORD, "again": NEW_PASSWORD}, "is not right"),
        ({"current": PASSWORD, "new": NEW_PASSWORD, "again": "x"}, "not the same"),
        ({"current": PASSWORD, "new": "ann ann ann ann", "again": "x"}, "your name"),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "another one"),
    ],
)
async def test_a_password_that_is_not_right_changes_nothing(
    form: dict[str, str], says: str, ann: Person, elsewhere: Person
) -> None:
    await ann.load("/account/password")
    answer = await ann.client.submit("/account/password", **form)
    assert answer.status_code == 422
    assert says in answer.text
    assert PASSWORD not in answer.text
    assert await is_in(elsewhere)
    await ann.sign_in()


async def test_another_telephone_takes_the_place_of_the_one_before(
    ann: Person, elsewhere: Person, clock: Clock
) -> None:
    page = await ann.load("/account/second-factor")
    shown = re.search(r'class="code">([A-Z2-7 ]+)<', page.text)
    assert shown
    secret = shown[1].replace(" ", "")
    assert secret != SECRET
    new = Person(ann.client, clock, "ann", secret)
    refused = await ann.client.submit("/account/second-factor", code=new.code, current="wrong")
    assert refused.status_code == 422
    refused = await ann.client.submit("/account/second-factor", code=ann.code, current=PASSWORD)
    assert refused.status_code == 422
    taken = await ann.client.submit("/account/second-factor", code=new.code, current=PASSWORD)
    assert len(re.findall(r'<li class="code">', taken.text)) == 10
    assert await is_in(ann)
    assert not await is_in(elsewhere)
    clock.pass_by(seconds=30)
    await elsewhere.give_password()
    assert (await elsewhere.give_code()).status_code == 422
    assert (await elsewhere.give_code(new.code)).headers["location"] == "/"


async def test_new_recovery_codes_need_the_password_and_replace_the_old_ones(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    await ann.sign_in()
    sheets = []
    for _ in range(2):
        await ann.load("/account/recovery")
        refused = await ann.client.submit("/account/recovery", current="wrong")
        assert refused.status_code == 422
        page = await ann.client.submit("/account/recovery", current=PASSWORD)
        sheets.append(re.findall(r'<li class="code">([a-z2-7-]+)<', page.text))
    assert "have left: 10" in (await ann.load("/account")).text
    other = Person(Client(desk_app), clock, "ann")
    await other.give_password()
    assert (await other.give_code(sheets[0][0])).status_code == 422
    assert (await other.give_code(sheets[1][0])).headers["location"] == "/"


async def test_a_session_elsewhere_can_be_ended(ann: Person, elsewhere: Person) -> None:
    page = await ann.load("/account")
    assert "192.0.2.9" in page.text
    (path,) = re.findall(r'action="(/account/sessions/[0-9a-f]{32}/end)"', page.text)
    assert (await ann.client.submit(path)).headers["location"] == "/account"
    assert not await is_in(elsewhere)
    assert await is_in(ann)
    assert (await ann.client.submit(path)).status_code == 404


async def test_all_others_can_be_ended_at_once(ann: Person, elsewhere: Person) -> None:
    await ann.load("/account")
    await ann.client.submit("/account/sessions/end-others")
    assert not await is_in(elsewhere)
    assert await is_in(ann)
    assert ("ann", "sessions_ended", "user:ann", {"ended": 1}) in await deeds(ann.client)


async def test_nobody_can_end_somebody_elses_session(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    bob = await person(desk_app, clock, "bob")
    await bob.sign_in()
    await ann.sign_in()
    session = await bob.client.read(
        lambda connection: connection.execute(
            select(SignIn.id).join(User).where(User.name == "bob")
        ).scalar_one()
    )
    assert (await ann.client.submit(f"/account/sessions/{session}/end")).status_code == 404
    assert await is_in(bob)


async def test_what_a_browser_says_of_itself_is_no_markup(ann: Person) -> None:
    ann.client.headers["User-Agent"] = "<script>alert(1)</script>"
    await ann.sign_in()
    page = await ann.load("/account")
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text


async def test_all_of_it_stands_in_the_audit_log(ann: Person, elsewhere: Person) -> None:
    await ann.load("/account/password")
    await ann.client.submit(
        "/account/password", current=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD
    )
    await ann.load("/account/recovery")
    await ann.client.submit("/account/recovery", current=NEW_PASSWORD)
    await ann.load("/account")
    await ann.client.submit("/sign-out")
    found = await deeds(ann.client)
    assert [deed[1] for deed in found] == [
        "signed_in",
        "signed_in",
        "password_changed",
        "recovery_renewed",
        "signed_out",
    ]
    assert PASSWORD not in str(found)
    assert (await ann.client.read(audit.verify)).fault is None
