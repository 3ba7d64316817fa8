"""Everybody's own page: password, second factor, sessions, and the way out."""

from http import HTTPStatus

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk.access import changing, cookies, recovery, sessions
from desk.access.changing import NONE, Faults, Wrong
from desk.access.users import called
from desk.access.visitors import visitor
from desk.errors import NotFound
from desk.privacy import audit
from desk.privacy.audit import Action
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import SIGN_IN, Door, action, page
from desk.services import services

HOME = "/account"


async def show(request: Request) -> Response:
    """The visitor's own page."""
    parts, found = services(request), visitor(request)
    lifetime = sessions.Lifetime.of(parts.settings)
    own, left = await parts.database.read(
        lambda connection: (
            sessions.of_user(connection, found.user.id, lifetime),
            recovery.left(connection, found.user.id),
        )
    )
    return render(
        request, "access/account.html", sessions=own, this=found.session_id, codes_left=left
    )


async def show_password(request: Request) -> Response:
    """The form for another password."""
    return _form(request, "password")


async def set_password(request: Request) -> Response:
    """Take another password."""
    try:
        token = await changing.password(request, passed=True)
    except Wrong as wrong:
        return _form(request, "password", wrong.faults)
    response = see_other(request, HOME, "Your password is changed. Other sessions have ended.")
    cookies.put(request, response, sessions.COOKIE, token)
    return response


async def show_second_factor(request: Request) -> Response:
    """The form for another second factor."""
    return _form(request, "second_factor")


async def set_second_factor(request: Request) -> Response:
    """Take another second factor."""
    try:
        await changing.confirm(request)
        token, codes = await changing.second_factor_set(request)
    except Wrong as wrong:
        return _form(request, "second_factor", wrong.faults)
    await sessions.become(request, token)
    return changing.show_codes(request, token, codes, HOME)


async def show_recovery(request: Request) -> Response:
    """The form for new recovery codes."""
    return _form(request, "recovery")


async def renew_recovery(request: Request) -> Response:
    """Make new recovery codes."""
    try:
        await changing.confirm(request)
    except Wrong as wrong:
        return _form(request, "recovery", wrong.faults)
    token, codes = await changing.recovery_codes(request)
    await sessions.become(request, token)
    return changing.show_codes(request, token, codes, HOME)


async def end_session(request: Request) -> Response:
    """End one of the visitor's own sessions."""
    found, who = visitor(request), audit.actor(request)
    ended = str(request.path_params["session"])

    def end(connection: Connection) -> bool:
        was_there = sessions.end(connection, found.user.id, ended)
        if was_there:
            audit.append(connection, who, Action.SESSIONS_ENDED, called(who.name), {"ended": 1})
        return was_there

    if not await services(request).database.write(end):
        raise NotFound
    return see_other(request, HOME, "That session has ended.")


async def end_others(request: Request) -> Response:
    """End all of the visitor's own sessions but this one."""
    found, who = visitor(request), audit.actor(request)

    def end(connection: Connection) -> int:
        ended = sessions.end_others(connection, found.user.id, but=found.session_id)
        detail = {"ended": ended}
        audit.append(connection, who, Action.SESSIONS_ENDED, called(who.name), detail)
        return ended

    ended = await services(request).database.write(end)
    return see_other(request, HOME, f"Other sessions that have ended: {ended}.")


async def sign_out(request: Request) -> Response:
    """End this session."""
    leaving, who = visitor(request), audit.actor(request)

    def end(connection: Connection) -> None:
        sessions.end(connection, leaving.user.id, leaving.session_id)
        audit.append(connection, who, Action.SIGNED_OUT, called(who.name), {})

    await services(request).database.write(end)
    response = see_other(request, SIGN_IN, "You have signed out.")
    cookies.drop(request, response, sessions.COOKIE)
    return response


def _form(request: Request, what: str, faults: Faults = NONE) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    values = {"offered": changing.offered(request)} if what == "second_factor" else {}
    template = f"access/change_{what}.html"
    return render(request, template, status=status, faults=faults, **values)


routes = [
    page(HOME, show, needs=Door.SIGNED_IN),
    page("/account/password", show_password, needs=Door.SIGNED_IN),
    action("/account/password", set_password, needs=Door.SIGNED_IN),
    page("/account/second-factor", show_second_factor, needs=Door.SIGNED_IN),
    action("/account/second-factor", set_second_factor, needs=Door.SIGNED_IN),
    page("/account/recovery", show_recovery, needs=Door.SIGNED_IN),
    action("/account/recovery", renew_recovery, needs=Door.SIGNED_IN),
    action("/account/sessions/end-others", end_others, needs=Door.SIGNED_IN),
    action("/account/sessions/{session}/end", end_session, needs=Door.SIGNED_IN),
    action("/sign-out", sign_out, needs=Door.ON_THE_WAY),
]
