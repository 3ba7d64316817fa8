"""A user's own password, second factor and recovery codes, changed by themselves."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk.access import cookies, passwords, recovery, second_factor, sessions, tries, users
from desk.access.second_factor import Enrolment
from desk.access.users import called
from desk.access.visitors import visitor
from desk.forms import field, read_form
from desk.privacy import audit
from desk.privacy.audit import Action
from desk.rendering import page as render
from desk.services import services
from records.base import now

type Faults = Mapping[str, str]
NONE: Faults = MappingProxyType({})

NOT_THE_SAME = "This is not the same as above."
NOT_NEW = "Take another one than before."
WRONG_CODE = "This code is not right. Wait for the next one, and look at the telephone's clock."


class Wrong(Exception):
    """What was filled in is not right.

    Args:
        faults: what is wrong with each field, by its name.
    """

    def __init__(self, **faults: str) -> None:
        super().__init__()
        self.faults: Faults = faults


async def confirm(request: Request) -> None:
    """Make sure that it is the user who asks: the field `current` holds their password.

    Raises:
        Wrong: it does not, or too much has failed.
    """
    try:
        if await tries.own_password(request, await _as_typed(request, "current")):
            return
    except tries.Wait as wait:
        raise Wrong(current=str(wait)) from None
    raise Wrong(current=tries.NOT_RIGHT)


async def password(request: Request, *, passed: bool) -> str:
    """Change the password, given `current`, `new` and `again`, and end the other sessions.

    Args:
        request: what came.
        passed: whether the second factor was given in this session.

    Returns:
        The session's new token.

    Raises:
        Wrong: a field is not right.
    """
    found, who = visitor(request), audit.actor(request)
    new = await _as_typed(request, "new")
    fault = passwords.fault(new, found.user.name)
    if fault:
        raise Wrong(new=fault)
    if new != await _as_typed(request, "again"):
        raise Wrong(again=NOT_THE_SAME)
    await confirm(request)
    if new == await _as_typed(request, "current"):
        raise Wrong(new=NOT_NEW)
    kept = await passwords.hashed(new)

    def change(connection: Connection) -> str:
        users.set_password(
            connection, who, found.user.id, kept, initial=False, but=found.session_id
        )
        return sessions.rotate(connection, found.session_id, passed=passed)

    return await services(request).database.write(change)


def offered(request: Request) -> Enrolment:
    """The second factor that this session may set up."""
    token = cookies.read(request, sessions.COOKIE)
    assert token is not None, "a visitor has a session"
    return second_factor.offered(token, visitor(request).user.name)


async def second_factor_set(
    request: Request, note: Callable[[Connection], None] | None = None
) -> tuple[str, list[str]]:
    """Set up the second factor that is offered, given its first `code`; end the other sessions.

    Args:
        request: what came.
        note: what else is noted in the same transaction.

    Returns:
        The session's new token, and the recovery codes.

    Raises:
        Wrong: the code is not right.
    """
    found, who, secret = visitor(request), audit.actor(request), offered(request).secret
    step = second_factor.step_of(secret, await field(request, "code"), 0, now())
    if step is None:
        raise Wrong(code=WRONG_CODE)

    def change(connection: Connection) -> tuple[str, list[str]]:
        codes = users.set_second_factor(connection, who, found.user.id, secret, step)
        sessions.end_others(connection, found.user.id, but=found.session_id)
        if note is not None:
            note(connection)
        return sessions.rotate(connection, found.session_id, passed=True), codes

    return await services(request).database.write(change)


async def recovery_codes(request: Request) -> tuple[str, list[str]]:
    """Make new recovery codes in place of those there are.

    Returns:
        The session's new token, and the codes.
    """
    found, who = visitor(request), audit.actor(request)

    def change(connection: Connection) -> tuple[str, list[str]]:
        audit.append(connection, who, Action.RECOVERY_RENEWED, called(who.name), {})
        codes = recovery.renew(connection, found.user.id)
        return sessions.rotate(connection, found.session_id, passed=True), codes

    return await services(request).database.write(change)


def show_codes(request: Request, token: str, codes: list[str], onwards: str) -> Response:
    """Show recovery codes, this once, in a session whose token is new.

    Args:
        request: what came, by now as whoever that token is of.
        token: the session's new token.
        codes: the codes.
        onwards: where the page leads to.
    """
    response = render(request, "access/codes.html", codes=codes, onwards=onwards)
    cookies.put(request, response, sessions.COOKIE, token)
    return response


async def _as_typed(request: Request, name: str) -> str:
    """A password, in which space is a character like any other."""
    return str((await read_form(request)).get(name, ""))
