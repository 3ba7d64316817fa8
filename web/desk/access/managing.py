"""The users' pages, for administrators."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk.access import passwords, recovery, users
from desk.access.permissions import PERMISSIONS, Permission, Role
from desk.access.users import UserRow
from desk.errors import CannotBe, NotFound, Refused
from desk.forms import field
from desk.privacy import audit
from desk.privacy.audit import Actor
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import Handler, action, page
from desk.services import services

HOME = "/users"
NO_ROLE = "Choose one of the roles."


async def show_all(request: Request) -> Response:
    """All users."""
    everybody = await services(request).database.read(users.everybody)
    return render(request, "access/users.html", users=everybody)


async def show_new(request: Request) -> Response:
    """The form for a new user."""
    return _new(request)


async def create(request: Request) -> Response:
    """Make a user, and show the password they are to begin with, this once."""
    name = users.tidy_name(await field(request, "name"))
    shown, role = await field(request, "shown"), await field(request, "role")
    who, initial = audit.actor(request), recovery.readable()
    kept = await passwords.hashed(initial)

    def make(connection: Connection) -> int:
        return users.create(
            connection,
            who,
            name=name,
            shown=shown,
            role=_role(role),
            password_hash=kept,
            must_change=True,
        )

    try:
        await services(request).database.write(make)
    except CannotBe as wrong:
        return _new(request, str(wrong), name, shown, role)
    return _initial(request, name, initial)


async def show_one(request: Request) -> Response:
    """One user."""
    user = await _user(request)
    return render(
        request,
        "access/user.html",
        shown_user=user,
        may_edit=Permission.EDIT in PERMISSIONS[Role(user.role)],
        roles=list(Role),
        granted=PERMISSIONS,
    )


async def set_role(request: Request) -> Response:
    """Give a user another role."""
    role = await field(request, "role")

    def change(connection: Connection, who: Actor, number: int) -> None:
        users.set_role(connection, who, number, _role(role))

    return await _change(request, change, f"Their role is {role} now.")


async def reset_password(request: Request) -> Response:
    """Give a user a new first password, and show it, this once."""
    initial = recovery.readable()
    kept = await passwords.hashed(initial)

    def change(connection: Connection, who: Actor, number: int) -> None:
        if number == who.id:
            raise CannotBe("Change your own password on the page My account.")
        users.set_password(connection, who, number, kept, initial=True)

    await _change(request, change, "")
    return _initial(request, (await _user(request)).name, initial)


async def reset_second_factor(request: Request) -> Response:
    """Take a user's second factor away."""

    def change(connection: Connection, who: Actor, number: int) -> None:
        if number == who.id:
            raise CannotBe("Change your own second factor on the page My account.")
        users.drop_second_factor(connection, who, number)

    said = "Their second factor is gone. They set up another one when they sign in."
    return await _change(request, change, said)


def changes(rule: Callable[[Connection, Actor, int], None], said: str) -> Handler:
    """A handler that changes a user by a rule and says so."""

    async def handle(request: Request) -> Response:
        return await _change(request, rule, said)

    return handle


async def _change(
    request: Request, rule: Callable[[Connection, Actor, int], None], said: str
) -> Response:
    user, who = await _user(request), audit.actor(request)
    try:
        await services(request).database.write(lambda connection: rule(connection, who, user.id))
    except CannotBe as wrong:
        raise Refused(HTTPStatus.CONFLICT, str(wrong)) from None
    return see_other(request, f"{HOME}/{user.id}", said)


async def _user(request: Request) -> UserRow:
    number = int(request.path_params["user"])
    found = await services(request).database.read(
        lambda connection: users.by_id(connection, number)
    )
    if found is None:
        raise NotFound
    return found


def _role(typed: str) -> Role:
    try:
        return Role(typed)
    except ValueError:
        raise CannotBe(NO_ROLE) from None


def _new(
    request: Request, wrong: str = "", name: str = "", shown: str = "", role: str = Role.VIEWER
) -> Response:
    return render(
        request,
        "access/new_user.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        wrong=wrong,
        name=name,
        shown=shown,
        role=role,
        roles=list(Role),
        rule=users.NAME_RULE,
    )


def _initial(request: Request, name: str, password: str) -> Response:
    return render(
        request,
        "access/initial.html",
        name=name,
        password=password,
        days=users.INITIAL_LASTS.days,
    )


MANAGE = Permission.MANAGE_USERS
routes = [
    page(HOME, show_all, needs=MANAGE),
    action(HOME, create, needs=MANAGE),
    page("/users/new", show_new, needs=MANAGE),
    page("/users/{user:int}", show_one, needs=MANAGE),
    action("/users/{user:int}/role", set_role, needs=MANAGE),
    action("/users/{user:int}/password", reset_password, needs=MANAGE),
    action("/users/{user:int}/second-factor", reset_second_factor, needs=MANAGE),
    action(
        "/users/{user:int}/disable",
        changes(users.disable, "They are shut out. Their sessions have ended."),
        needs=MANAGE,
    ),
    action(
        "/users/{user:int}/enable",
        changes(users.enable, "They may come in again."),
        needs=MANAGE,
    ),
    action(
        "/users/{user:int}/clinical",
        changes(partial(users.set_clinical, clinical=True), "They are a clinical owner now."),
        needs=MANAGE,
    ),
    action(
        "/users/{user:int}/not-clinical",
        changes(partial(users.set_clinical, clinical=False), "They are no clinical owner now."),
        needs=MANAGE,
    ),
]
