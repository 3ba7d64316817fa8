"""What administrators change of others, and the rules that hold for them, too."""

import asyncio
import re

import pytest
from sqlalchemy import select

from desk.access import users
from desk.access.permissions import Role
from desk.errors import CannotBe
from desk.privacy.audit import Actor
from records.people import User
from tests.desk.access.signing import NEW_PASSWORD, Clock, Person, deeds, person
from tests.desk.conftest import Client, SignedIn


async def row(client: Client, number: int) -> users.UserRow:
    found = await client.read(lambda connection: users.by_id(connection, number))
    assert found is not None
    return found


async def test_a_new_user_comes_in_with_a_password_that_is_shown_once(
    signed_in: SignedIn, clock: Clock
) -> None:
    admin = await signed_in(Role.ADMIN)
    made = await admin.submit("/users", name="Eve.Smith", shown="Eve <Smith>", role="editor")
    assert made.status_code == 200
    shown = re.search(r'id="password">([a-z2-7-]+)<', made.text)
    assert shown
    listed = (await admin.get("/users")).text
    assert "Eve &lt;Smith&gt;" in listed
    assert "has to choose a password" in listed
    assert shown[1] not in listed
    eve = Person(Client(admin.app), clock, "eve.smith")
    eve.password = shown[1]
    assert (await eve.give_password()).headers["location"] == "/sign-in/password"
    await eve.load("/sign-in/password")
    await eve.client.submit(
        "/sign-in/password", current=shown[1], new=NEW_PASSWORD, again=NEW_PASSWORD
    )
    page = await eve.load("/sign-in/second-factor")
    secret = re.search(r'class="code">([A-Z2-7 ]+)<', page.text)
    assert secret
    eve.secret = secret[1].replace(" ", "")
    await eve.client.submit("/sign-in/second-factor", code=eve.code)
    assert "editor" in (await eve.client.get("/account")).text
    assert (await eve.client.get("/users")).status_code == 403
    created = ("admin1", "user_created", "user:eve.smith", {"role": "editor"})
    assert created in await deeds(admin)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": "ad", "shown": "A", "role": "viewer"}, "3 to 40"),
        ({"name": "o'brien", "shown": "A", "role": "viewer"}, "3 to 40"),
        ({"name": "x" * 41, "shown": "A", "role": "viewer"}, "3 to 40"),
        ({"name": "admin1", "shown": "A", "role": "viewer"}, "named admin1 already"),
        ({"name": "ADMIN1", "shown": "A", "role": "viewer"}, "named admin1 already"),
        ({"name": "eve", "shown": " ", "role": "viewer"}, "what others call them"),
        ({"name": "eve", "shown": "x" * 81, "role": "viewer"}, "at most 80"),
        ({"name": "eve", "shown": "Eve", "role": "owner"}, "one of the roles"),
        ({}, "one of the roles"),
    ],
)
async def test_a_user_that_cannot_be_is_one_clear_error(
    form: dict[str, str], says: str, signed_in: SignedIn
) -> None:
    admin = await signed_in(Role.ADMIN)
    answer = await admin.submit("/users", **form)
    assert answer.status_code == 422
    assert says in answer.text
    assert len(await admin.read(users.everybody)) == 1


async def test_another_role_counts_at_once_and_ends_the_sessions(signed_in: SignedIn) -> None:
    admin, viewer = await signed_in(Role.ADMIN), await signed_in(Role.VIEWER)
    changed = await admin.submit(f"/users/{viewer.user_id}/role", role="admin")
    assert changed.headers["location"] == f"/users/{viewer.user_id}"
    assert "Their role is admin now." in (await admin.get(f"/users/{viewer.user_id}")).text
    assert (await viewer.get("/account")).status_code == 303
    assert (await row(admin, viewer.user_id)).role == "admin"
    refused = await admin.submit(f"/users/{viewer.user_id}/role", role="owner")
    assert refused.status_code == 409


async def test_nobody_changes_their_own_role_or_shuts_themselves_out(signed_in: SignedIn) -> None:
    admin = await signed_in(Role.ADMIN)
    await signed_in(Role.ADMIN)
    me = f"/users/{admin.user_id}"
    for path, says in (
        ("/role", "their own role"),
        ("/disable", "shuts themselves out"),
        ("/clinical", "makes themselves a clinical owner"),
        ("/not-clinical", "makes themselves a clinical owner"),
        ("/password", "My account"),
        ("/second-factor", "My account"),
    ):
        answer = await admin.submit(me + path, role="viewer")
        assert answer.status_code == 409
        assert says in answer.text
    assert "This is you" in (await admin.get(me)).text
    found = await row(admin, admin.user_id)
    assert (found.role, found.disabled, found.must_change) == ("admin", False, False)


async def test_somebody_shut_out_is_out_at_once_and_can_be_let_in_again(
    signed_in: SignedIn,
) -> None:
    admin, viewer = await signed_in(Role.ADMIN), await signed_in(Role.VIEWER)
    await admin.submit(f"/users/{viewer.user_id}/disable")
    assert (await viewer.get("/account")).status_code == 303
    assert (await row(admin, viewer.user_id)).disabled
    await admin.submit(f"/users/{viewer.user_id}/enable")
    assert not (await row(admin, viewer.user_id)).disabled
    assert [deed[1:3] for deed in await deeds(admin)] == [
        ("user_disabled", f"user:{viewer.name}"),
        ("user_enabled", f"user:{viewer.name}"),
    ]


async def test_an_admin_names_and_releases_a_clinical_owner(signed_in: SignedIn) -> None:
    admin, editor = await signed_in(Role.ADMIN), await signed_in(Role.EDITOR)
    path = f"/users/{editor.user_id}"
    for _ in range(2):
        await admin.submit(f"{path}/clinical")
    assert (await row(admin, editor.user_id)).clinical
    assert (await editor.get("/account")).status_code == 200
    assert "No clinical owner any more" in (await admin.get(path)).text
    await admin.submit(f"{path}/not-clinical")
    assert not (await row(admin, editor.user_id)).clinical
    assert [deed[1:3] for deed in await deeds(admin)] == [
        ("clinical_owner_named", f"user:{editor.name}"),
        ("clinical_owner_released", f"user:{editor.name}"),
    ]


async def test_only_who_reads_changes_can_be_a_clinical_owner(signed_in: SignedIn) -> None:
    admin, reviewer = await signed_in(Role.ADMIN), await signed_in(Role.REVIEWER)
    path = f"/users/{reviewer.user_id}"
    assert "they need a role that includes edit" in (await admin.get(path)).text
    refused = await admin.submit(f"{path}/clinical")
    assert refused.status_code == 409
    assert "a role that includes edit first" in refused.text
    assert not (await row(admin, reviewer.user_id)).clinical
    editor = await signed_in(Role.EDITOR)
    await admin.submit(f"/users/{editor.user_id}/clinical")
    await admin.submit(f"/users/{editor.user_id}/role", role="reviewer")
    assert "without effect" in (await admin.get(f"/users/{editor.user_id}")).text


async def test_the_last_administrator_cannot_be_removed(signed_in: SignedIn) -> None:
    one, two = await signed_in(Role.ADMIN), await signed_in(Role.ADMIN)
    await signed_in(Role.ADMIN, disabled=True)
    nobody = Actor("command line")
    await one.write(lambda connection: users.disable(connection, nobody, two.user_id))
    for rule in (
        lambda connection: users.disable(connection, nobody, one.user_id),
        lambda connection: users.set_role(connection, nobody, one.user_id, Role.EDITOR),
    ):
        with pytest.raises(CannotBe, match="the last administrator"):
            await one.write(rule)


async def test_two_who_remove_each_other_at_once_do_not_both_succeed(signed_in: SignedIn) -> None:
    one, two = await signed_in(Role.ADMIN), await signed_in(Role.ADMIN)
    await asyncio.gather(
        one.submit(f"/users/{two.user_id}/disable"),
        two.submit(f"/users/{one.user_id}/role", role="viewer"),
    )
    left = await one.read(
        lambda connection: connection.execute(
            select(User.id).where(User.role == "admin", User.disabled.is_(False))
        ).all()
    )
    assert len(left) == 1


async def test_a_new_first_password_ends_the_sessions_and_has_to_be_changed(
    signed_in: SignedIn, clock: Clock
) -> None:
    admin = await signed_in(Role.ADMIN)
    bob = await person(admin.app, clock, "bob")
    await bob.sign_in()
    number = (await admin.read(users.everybody))[-1].id
    page = await admin.submit(f"/users/{number}/password")
    shown = re.search(r'id="password">([a-z2-7-]+)<', page.text)
    assert shown
    assert (await bob.client.get("/account")).status_code == 303
    bob.password = shown[1]
    clock.pass_by(seconds=30)
    assert (await bob.give_password()).headers["location"] == "/sign-in/code"
    assert (await bob.give_code()).headers["location"] == "/sign-in/password"
    assert (await bob.client.get("/account")).status_code == 303


async def test_without_the_second_factor_another_one_is_set_up(
    signed_in: SignedIn, clock: Clock
) -> None:
    admin = await signed_in(Role.ADMIN)
    bob = await person(admin.app, clock, "bob")
    await bob.sign_in()
    number = (await admin.read(users.everybody))[-1].id
    await admin.submit(f"/users/{number}/second-factor")
    assert (await bob.client.get("/account")).status_code == 303
    bob.client.cookies.clear()
    assert (await bob.give_password()).headers["location"] == "/sign-in/second-factor"


@pytest.mark.parametrize(
    "what", ["", "/role", "/password", "/second-factor", "/disable", "/clinical", "/not-clinical"]
)
async def test_there_is_no_page_of_a_user_who_is_not_there(what: str, signed_in: SignedIn) -> None:
    admin = await signed_in(Role.ADMIN)
    path = f"/users/9999{what}"
    answer = await (admin.submit(path, role="viewer") if what else admin.get(path))
    assert answer.status_code == 404
    huge = await admin.get("/users/99999999999999999999999")
    assert huge.status_code == 404
