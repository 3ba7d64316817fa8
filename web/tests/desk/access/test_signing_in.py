"""The ways in, and the ways in that must not be."""

import asyncio
import re
from contextlib import AsyncExitStack

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, select, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from desk.access import passwords, recovery, sessions, users
from desk.app import create_app
from desk.privacy import audit
from desk.routing import Door, page
from desk.settings import Settings
from records.people import Failure, RecoveryCode, SignIn, User
from tests.desk.access.signing import NEW_PASSWORD, PASSWORD, Clock, Person, deeds, person
from tests.desk.conftest import SECRET, Client


async def new_codes(person: Person) -> list[str]:
    """New recovery codes of somebody."""

    def renew(connection: Connection) -> list[str]:
        found = users.by_name(connection, person.name)
        assert found is not None
        return recovery.renew(connection, found.id)

    return await person.client.write(renew)


async def test_name_password_and_code_lead_to_what_was_asked_for(ann: Person) -> None:
    asked = await ann.client.get("/account?a=1")
    assert asked.headers["location"] == "/sign-in?next=%2Faccount%3Fa%3D1"
    page = await ann.load("/sign-in", next="/account?a=1")
    assert 'name="next" value="/account?a=1"' in page.text
    first = await ann.give_password(next="/account?a=1")
    assert first.headers["location"] == "/sign-in/code?next=%2Faccount%3Fa%3D1"
    second = await ann.give_code(next="/account?a=1")
    assert second.headers["location"] == "/account?a=1"
    assert "Ann" in (await ann.client.get("/account")).text
    found = await deeds(ann.client)
    assert found == [("ann", "signed_in", "user:ann", {"address": "127.0.0.1"})]
    assert (await ann.client.read(audit.verify)).fault is None


async def test_a_name_may_be_typed_in_capitals(ann: Person) -> None:
    ann.name = " ANN "
    assert (await ann.give_password()).headers["location"] == "/sign-in/code"


async def test_a_password_alone_opens_nothing(ann: Person) -> None:
    await ann.give_password()
    for path in ("/account", "/", "/users"):
        assert (await ann.client.get(path)).headers["location"].startswith("/sign-in")


async def test_who_has_a_second_factor_cannot_set_up_another_by_the_password_alone(
    ann: Person,
) -> None:
    await ann.give_password()
    for path in ("/sign-in/second-factor", "/sign-in/password"):
        assert (await ann.client.get(path)).headers["location"] == "/sign-in/code"
        await ann.load("/sign-in/code")
        form = {"code": "123456", "current": PASSWORD, "new": "x", "again": "x"}
        sent = await ann.client.submit(path, **form)
        assert sent.headers["location"] == "/sign-in/code"
    secret = await ann.client.read(
        lambda connection: connection.execute(select(User.totp_secret)).scalar_one()
    )
    assert secret == SECRET


async def test_a_wrong_password_and_a_wrong_name_are_answered_alike_after_the_same_work(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    verify = PasswordHasher.verify

    def count(self: PasswordHasher, hash: str, password: str) -> bool:
        compared.append(password)
        return verify(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", count)
    answers = []
    for name in ("ann", "nobody", "", "x" * 9999, "o'); DROP TABLE desk_users; --"):
        ann.name, compared[:] = name, []
        answer = await ann.give_password("not the password")
        assert compared == ["not the password"]
        tokens = r'value="[A-Za-z0-9_-]{43}"|value="' + re.escape(name) + '"'
        answers.append((answer.status_code, re.sub(tokens, "", answer.text)))
    assert answers[0] == answers[1]
    assert {status for status, _ in answers} == {422}


async def test_somebody_shut_out_is_answered_like_a_wrong_password(ann: Person) -> None:
    shut_out = update(User).values(disabled=True)
    await ann.client.write(lambda connection: connection.execute(shut_out))
    answer = await ann.give_password()
    assert answer.status_code == 422
    assert "The name or the password is not right." in answer.text


async def test_what_was_typed_in_place_of_a_name_is_kept_nowhere(ann: Person) -> None:
    ann.name = "heron lattice mulberry"
    await ann.give_password("ann")
    assert [deed[1:] for deed in await deeds(ann.client)] == [
        ("sign_in_failed", "user:unknown", {"step": "password", "address": "127.0.0.1"})
    ]
    keys = await ann.client.read(
        lambda connection: connection.execute(select(Failure.key)).scalars().all()
    )
    assert keys
    assert not any("heron" in key for key in keys)


async def test_each_step_gives_the_browser_a_new_token(ann: Person) -> None:
    seen = [ann.token]
    await ann.give_password()
    seen.append(ann.token)
    form_before = ann.client.csrf
    await ann.give_code()
    seen.append(ann.token)
    assert seen[0] is None
    assert len(set(seen)) == 3
    await ann.load("/account")
    assert ann.client.csrf != form_before
    kept = await ann.client.read(
        lambda connection: connection.execute(select(SignIn.token_hash)).scalars().all()
    )
    assert kept == [sessions.hashed(str(seen[2]))]


async def test_a_token_that_was_planted_before_is_worth_nothing(
    ann: Person, desk_app: Starlette
) -> None:
    planted = sessions.new_token()
    ann.client.cookies.set("desk-session", planted, domain="127.0.0.1", path="/")
    await ann.give_password()
    halfway = str(ann.token)
    await ann.give_code()
    async with Client(desk_app) as attacker:
        for token in (planted, halfway):
            attacker.cookies.set("desk-session", token, domain="127.0.0.1", path="/")
            assert (await attacker.get("/account")).status_code == 303


async def test_signing_in_again_ends_the_session_that_the_browser_had(ann: Person) -> None:
    await ann.sign_in()
    before = str(ann.token)
    await ann.client.get("/sign-out")
    ann.clock.pass_by(seconds=30)
    await ann.load("/account")
    sent = await ann.client.submit("/sign-in", name="ann", password=PASSWORD)
    assert sent.headers["location"] == "/sign-in/code"
    kept = await ann.client.read(
        lambda connection: connection.execute(select(SignIn.token_hash)).scalars().all()
    )
    assert sessions.hashed(before) not in kept
    assert len(kept) == 1


async def test_a_code_is_taken_once(ann: Person, desk_app: Starlette, clock: Clock) -> None:
    await ann.sign_in()
    thief = Person(Client(desk_app), clock, "ann")
    await thief.give_password()
    answer = await thief.give_code(ann.code)
    assert answer.status_code == 422
    assert "was used before" in answer.text
    assert (await thief.client.get("/account")).status_code == 303
    clock.pass_by(seconds=30)
    assert (await thief.give_code()).headers["location"] == "/"


async def test_a_code_that_is_sent_twice_at_once_is_taken_once(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    both = [ann, Person(Client(desk_app), clock, "ann")]
    for each in both:
        await each.give_password()
        await each.load("/sign-in/code")
    code = ann.code
    answers = await asyncio.gather(
        *(each.client.submit("/sign-in/code", code=code) for each in both)
    )
    assert sorted(answer.status_code for answer in answers) == [303, 422]


async def test_a_recovery_code_stands_in_once(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    codes = await new_codes(ann)
    assert len(set(codes)) == 10
    await ann.give_password()
    assert (await ann.give_code(codes[0].upper().replace("-", " "))).headers["location"] == "/"
    kept = await ann.client.read(
        lambda connection: connection.execute(select(RecoveryCode.code_hash)).scalars().all()
    )
    assert not set(codes) & set(kept)
    other = Person(Client(desk_app), clock, "ann")
    await other.give_password()
    assert (await other.give_code(codes[0])).status_code == 422
    assert (await other.give_code(codes[1])).headers["location"] == "/"
    noted = [deed for deed in await deeds(ann.client) if deed[1] == "recovery_used"]
    assert [deed[3] for deed in noted] == [{"left": 9}, {"left": 8}]


async def test_somebody_elses_recovery_code_is_not_taken(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    bob = await person(desk_app, clock, "bob")

    codes = await new_codes(bob)
    await ann.give_password()
    assert (await ann.give_code(codes[0])).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/a\r\nSet-Cookie: x=1",
        "javascript:alert(1)",
        "evil.example",
        "/sign-in",
        "/ü",
        "",
        "/" + "x" * 3000,
    ],
)
async def test_signing_in_leads_to_no_other_site(address: str, ann: Person) -> None:
    page = await ann.load("/sign-in", next=address)
    assert 'name="next" value="/"' in page.text
    first = await ann.give_password(next=address)
    assert first.headers["location"] == "/sign-in/code"
    last = await ann.give_code(next=address)
    assert last.headers["location"] == "/"
    assert "x" not in last.cookies
    again = await ann.client.get("/sign-in", params={"next": address})
    assert again.headers["location"] == "/"


async def test_what_comes_with_a_sign_in_can_add_no_headers(ann: Person, clock: Clock) -> None:
    ann.client.headers["User-Agent"] = "x" * 5000
    await ann.give_password(name="ann\r\nX-Evil: 1")
    ann.clock.pass_by(seconds=1)
    answer = await ann.give_password("wrong\r\nSet-Cookie: a=b")
    assert "x-evil" not in answer.headers
    await ann.give_password()
    agent = await ann.client.read(
        lambda connection: connection.execute(select(SignIn.agent)).scalars().all()
    )
    assert [len(each) for each in agent] == [200]


async def test_a_session_ends_unused_and_in_any_case(ann: Person, clock: Clock) -> None:
    await ann.sign_in()
    for _ in range(19):
        clock.pass_by(minutes=29)
        assert (await ann.client.get("/account")).status_code == 200
    clock.pass_by(minutes=31)
    assert (await ann.client.get("/account")).status_code == 303
    await ann.sign_in()
    for _ in range(24):
        clock.pass_by(minutes=24)
        assert (await ann.client.get("/account")).status_code == 200
    clock.pass_by(minutes=24.5)
    assert (await ann.client.get("/account")).status_code == 303


async def test_half_of_signing_in_lasts_a_quarter_of_an_hour(ann: Person, clock: Clock) -> None:
    await ann.give_password()
    clock.pass_by(minutes=14)
    assert (await ann.client.get("/sign-in/code")).status_code == 200
    clock.pass_by(minutes=2)
    assert (await ann.client.get("/sign-in/code")).headers["location"].startswith("/sign-in?")


async def test_what_pages_ask_for_by_themselves_keeps_nobody_signed_in(
    ann: Person, clock: Clock
) -> None:
    async def count(request: Request) -> PlainTextResponse:
        return PlainTextResponse("3")

    live = page("/count", count, needs=Door.SIGNED_IN, live=True)
    ann.client.app.router.routes.insert(0, live)
    await ann.sign_in()
    clock.pass_by(minutes=20)
    assert (await ann.client.get("/count")).status_code == 200
    clock.pass_by(minutes=15)
    assert (await ann.client.get("/count")).status_code == 303


async def test_signing_out_ends_the_session_itself(ann: Person, desk_app: Starlette) -> None:
    await ann.sign_in()
    token = str(ann.token)
    answer = await ann.client.submit("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    assert ann.token is None
    async with Client(desk_app) as thief:
        thief.cookies.set("desk-session", token, domain="127.0.0.1", path="/")
        assert (await thief.get("/account")).status_code == 303
    assert "You have signed out." in (await ann.client.get("/sign-in")).text


async def test_a_password_is_hashed_anew_where_the_parameters_have_risen(
    ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(2, 16, 1))
    await ann.sign_in()
    kept = await ann.client.read(
        lambda connection: connection.execute(select(User.password_hash)).scalar_one()
    )
    assert "m=16,t=2,p=1" in kept
    await ann.sign_in()


async def test_cookies_are_out_of_reach_for_scripts_and_other_sites(ann: Person) -> None:
    sent = await ann.give_password()
    (cookie,) = [
        value for value in sent.headers.get_list("set-cookie") if value.startswith("desk-session=")
    ]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Max-Age" not in cookie
    assert len(cookie.partition("=")[2].partition(";")[0]) == 43


async def test_a_new_user_chooses_a_password_and_sets_up_a_second_factor(
    desk_app: Starlette, clock: Clock
) -> None:
    eve = await person(desk_app, clock, "eve", must_change=True, totp_secret=None)
    assert (await eve.give_password()).headers["location"] == "/sign-in/password"
    assert (await eve.client.get("/sign-in/second-factor")).headers["location"] == (
        "/sign-in/password"
    )
    await eve.load("/sign-in/password")
    first = await eve.client.submit(
        "/sign-in/password", current=PASSWORD, new=NEW_PASSWORD, again=NEW_PASSWORD
    )
    assert first.headers["location"] == "/sign-in/second-factor"
    page = await eve.load("/sign-in/second-factor")
    shown = re.search(r'class="code">([A-Z2-7 ]+)<', page.text)
    assert shown
    assert "data:image/svg+xml" in page.text
    eve.secret = shown[1].replace(" ", "")
    wrong = await eve.client.submit("/sign-in/second-factor", code="000000")
    assert wrong.status_code == 422
    codes = await eve.client.submit("/sign-in/second-factor", code=eve.code)
    assert codes.status_code == 200
    assert len(re.findall(r'<li class="code">', codes.text)) == 10
    assert (await eve.client.get("/account")).status_code == 200
    assert [deed[1] for deed in await deeds(eve.client)] == [
        "password_changed",
        "second_factor_set",
        "signed_in",
    ]
    eve.password = NEW_PASSWORD
    await eve.sign_in()


async def test_the_first_code_cannot_be_used_again_to_sign_in(
    desk_app: Starlette, clock: Clock
) -> None:
    eve = await person(desk_app, clock, "eve", totp_secret=None)
    await eve.give_password()
    page = await eve.load("/sign-in/second-factor")
    shown = re.search(r'class="code">([A-Z2-7 ]+)<', page.text)
    assert shown
    eve.secret = shown[1].replace(" ", "")
    await eve.client.submit("/sign-in/second-factor", code=eve.code)
    again = Person(Client(desk_app), clock, "eve", eve.secret)
    await again.give_password()
    assert (await again.give_code()).status_code == 422


async def test_a_first_password_is_taken_for_a_week(desk_app: Starlette, clock: Clock) -> None:
    eve = await person(desk_app, clock, "eve", must_change=True, totp_secret=None)
    clock.pass_by(days=6.9)
    assert (await eve.give_password()).headers["location"] == "/sign-in/password"
    clock.pass_by(days=0.2)
    assert "too old" in (await eve.give_password()).text


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"current": PASSWORD, "new": "short", "again": "short"}, "at least 12"),
        ({"current": PASSWORD, "new": NEW_PASSWORD, "again": "gravel"}, "not the same"),
        ({"current": "wrong", "new": NEW_PASSWORD, "again": NEW_PASSWORD},
         "password is not right"),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "another one than before"),
        ({}, "at least 12"),
    ],
)  # fmt: skip
async def test_a_first_password_that_is_not_right_is_asked_for_again(
    form: dict[str, str], says: str, desk_app: Starlette, clock: Clock
) -> None:
    eve = await person(desk_app, clock, "eve", must_change=True, totp_secret=None)
    await eve.give_password()
    await eve.load("/sign-in/password")
    answer = await eve.client.submit("/sign-in/password", **form)
    assert answer.status_code == 422
    assert says in answer.text


async def test_a_form_for_signing_in_from_another_browser_is_refused(
    ann: Person, desk_app: Starlette, clock: Clock
) -> None:
    mallory = Person(Client(desk_app), clock, "mallory")
    await mallory.load("/sign-in")
    await ann.load("/sign-in")
    ann.client.csrf = mallory.client.csrf
    answer = await ann.client.submit("/sign-in", name="ann", password=PASSWORD)
    assert answer.status_code == 403
    assert ann.token is None


async def test_a_session_is_known_to_every_process_of_the_desk(
    ann: Person, desk_settings: Settings
) -> None:
    await ann.sign_in()
    other = create_app(desk_settings)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(other.router.lifespan_context(other))
        client = await stack.enter_async_context(Client(other))
        client.cookies.set("desk-session", str(ann.token), domain="127.0.0.1", path="/")
        assert (await client.get("/account")).status_code == 200


@pytest.mark.parametrize("told", ["unknown place", "<b>" * 99, "", "fe80::1%" + "x" * 300])
async def test_an_address_that_is_none_stops_nobody(
    told: str, desk_app: Starlette, clock: Clock
) -> None:
    odd = await person(desk_app, clock, "odd")
    odd.client = Client(desk_app, address=told)
    await odd.sign_in()
    kept = await odd.client.read(
        lambda connection: connection.execute(select(SignIn.address)).scalars().all()
    )
    assert all(address == "unknown" or len(address) == 64 for address in kept)
