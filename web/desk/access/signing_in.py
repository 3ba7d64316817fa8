"""Signing in: name and password, then the second factor."""

from http import HTTPStatus

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.access import cookies, passwords, recovery, sessions, tries, users, ways
from desk.access.addresses import address
from desk.access.users import UserRow, called
from desk.access.visitors import visitor, visitor_or_none
from desk.forms import field, read_form
from desk.privacy import audit
from desk.privacy.audit import Action
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import SIGN_IN, Door, action, page
from desk.services import services

WRONG = "The name or the password is not right."
WRONG_CODE = "This code is not right, or it was used before. Wait for the next one."
EXPIRED = "This first password is too old. Please ask an administrator for another one."


async def show(request: Request) -> Response:
    """The form for name and password; nothing to do for who is signed in."""
    found, wanted = visitor_or_none(request), await ways.wanted(request)
    if found is not None and found.signed_in:
        return RedirectResponse(wanted, HTTPStatus.SEE_OTHER)
    return _form(request, wanted)


async def sign_in(request: Request) -> Response:
    """Take a name and a password."""
    wanted = await ways.wanted(request)
    name = users.tidy_name(await field(request, "name"))
    password = str((await read_form(request)).get("password", ""))
    try:
        found = await tries.name_and_password(request, name, password)
    except tries.Wait as wait:
        return _form(request, wanted, str(wait), name, wait.seconds)
    if found is None:
        await _note_failure(request, name)
        return _form(request, wanted, WRONG, name)
    if users.is_expired(found):
        return _form(request, wanted, EXPIRED, name)
    token = await _begin(request, found, password)
    return await arrive(request, token, wanted)


async def show_code(request: Request) -> Response:
    """The form for the second factor."""
    return await led(request, ways.CODE) or _code_form(request, await ways.wanted(request))


async def give_code(request: Request) -> Response:
    """Take a code of the second factor, or one that stands in for it."""
    elsewhere = await led(request, ways.CODE)
    if elsewhere is not None:
        return elsewhere
    wanted, code = await ways.wanted(request), await field(request, "code")
    who, note = audit.actor(request), {"address": address(request)}
    number = visitor(request).user.id

    def use(connection: Connection) -> bool:
        if tries.code_taken(connection, number, code):
            return True
        if not recovery.use(connection, number, code):
            note_failure = {"step": "second factor", **note}
            audit.append(connection, who, Action.SIGN_IN_FAILED, called(who.name), note_failure)
            return False
        left = {"left": recovery.left(connection, number)}
        audit.append(connection, who, Action.RECOVERY_USED, called(who.name), left)
        return True

    try:
        taken = await tries.second(request, use)
    except tries.Wait as wait:
        return _code_form(request, wanted, str(wait), wait.seconds)
    if not taken:
        return _code_form(request, wanted, WRONG_CODE)
    return await passed(request, wanted)


async def led(request: Request, here: str) -> Response | None:
    """Lead a visitor elsewhere whose next step is another one."""
    found = visitor(request)
    if ways.step(found) == here:
        return None
    return RedirectResponse(ways.onwards(found, await ways.wanted(request)), HTTPStatus.SEE_OTHER)


async def passed(request: Request, wanted: str) -> Response:
    """Lead on somebody who has given their second factor, by a token that is new."""
    found = visitor(request)

    def go_on(connection: Connection) -> str:
        note_sign_in(connection, request)
        return sessions.rotate(connection, found.session_id, passed=True)

    return await arrive(request, await services(request).database.write(go_on), wanted)


def note_sign_in(connection: Connection, request: Request) -> None:
    """Have the audit log say that the visitor has signed in, and from where."""
    who, detail = audit.actor(request), {"address": address(request)}
    audit.append(connection, who, Action.SIGNED_IN, called(who.name), detail)


async def arrive(request: Request, token: str, wanted: str, said: str = "") -> Response:
    """Give the browser a session's token, and lead on to what comes next in it."""
    await sessions.become(request, token)
    response = see_other(request, ways.onwards(visitor_or_none(request), wanted), said)
    cookies.put(request, response, sessions.COOKIE, token)
    return response


async def _begin(request: Request, user: UserRow, password: str) -> str:
    """Begin a session in place of whichever this browser had."""
    before = visitor_or_none(request)
    place, agent = address(request), request.headers.get("user-agent", "")
    outdated = passwords.is_outdated(user.password_hash)
    renewed = await passwords.hashed(password) if outdated else None
    lifetime = sessions.Lifetime.of(services(request).settings)

    def begin(connection: Connection) -> str:
        sessions.sweep(connection, lifetime)
        if before is not None:
            sessions.end(connection, before.user.id, before.session_id)
        if renewed is not None:
            users.rehash(connection, user.id, renewed)
        return sessions.begin(connection, user.id, passed=False, address=place, agent=agent)

    return await services(request).database.write(begin)


async def _note_failure(request: Request, name: str) -> None:
    detail = {"step": "password", "address": address(request)}

    def note(connection: Connection) -> None:
        # Somebody may type a password where the name belongs: only names of users are kept.
        known = users.by_name(connection, name)
        whose = called(name) if known is not None else called("unknown")
        audit.append(connection, audit.NOBODY, Action.SIGN_IN_FAILED, whose, detail)

    await services(request).database.write(note)


def _form(
    request: Request, wanted: str, wrong: str = "", name: str = "", wait: int = 0
) -> Response:
    response = render(
        request,
        "access/sign_in.html",
        status=_status(wrong, wait),
        wanted=wanted,
        wrong=wrong,
        name=name,
    )
    return _with_wait(response, wait)


def _code_form(request: Request, wanted: str, wrong: str = "", wait: int = 0) -> Response:
    response = render(
        request,
        "access/code.html",
        status=_status(wrong, wait),
        wanted=wanted,
        wrong=wrong,
        name=visitor(request).user.name,
    )
    return _with_wait(response, wait)


def _status(wrong: str, wait: int) -> HTTPStatus:
    if wait:
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK


def _with_wait(response: Response, wait: int) -> Response:
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


routes = [
    page(SIGN_IN, show, needs=Door.ANYONE),
    action(SIGN_IN, sign_in, needs=Door.ANYONE),
    page(ways.CODE, show_code, needs=Door.ON_THE_WAY),
    action(ways.CODE, give_code, needs=Door.ON_THE_WAY),
]
