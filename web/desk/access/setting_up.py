"""What a user has to set up before they are let in: their own password and a second factor."""

from http import HTTPStatus

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk.access import changing, sessions, signing_in, ways
from desk.access.visitors import visitor
from desk.rendering import page as render
from desk.routing import Door, action, page


async def show_password(request: Request) -> Response:
    """The form for a password of one's own."""
    elsewhere = await signing_in.led(request, ways.PASSWORD)
    return elsewhere or _password_form(request, await ways.wanted(request))


async def set_password(request: Request) -> Response:
    """Take a password of one's own."""
    elsewhere = await signing_in.led(request, ways.PASSWORD)
    if elsewhere is not None:
        return elsewhere
    wanted = await ways.wanted(request)
    try:
        token = await changing.password(request, passed=visitor(request).passed)
    except changing.Wrong as wrong:
        return _password_form(request, wanted, wrong.faults)
    return await signing_in.arrive(request, token, wanted, "Your password is changed.")


async def show_second_factor(request: Request) -> Response:
    """What a telephone has to learn, and the form for its first code."""
    elsewhere = await signing_in.led(request, ways.SECOND_FACTOR)
    return elsewhere or _enrolment(request, await ways.wanted(request))


async def set_second_factor(request: Request) -> Response:
    """Take the first code of a second factor; show the codes for the day it is lost."""
    elsewhere = await signing_in.led(request, ways.SECOND_FACTOR)
    if elsewhere is not None:
        return elsewhere
    wanted = await ways.wanted(request)

    def note(connection: Connection) -> None:
        signing_in.note_sign_in(connection, request)

    try:
        token, codes = await changing.second_factor_set(request, note)
    except changing.Wrong as wrong:
        return _enrolment(request, wanted, wrong.faults)
    await sessions.become(request, token)
    return changing.show_codes(request, token, codes, wanted)


def _password_form(
    request: Request, wanted: str, faults: changing.Faults = changing.NONE
) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(
        request, "access/first_password.html", status=status, wanted=wanted, faults=faults
    )


def _enrolment(request: Request, wanted: str, faults: changing.Faults = changing.NONE) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(
        request,
        "access/enrol.html",
        status=status,
        wanted=wanted,
        faults=faults,
        offered=changing.offered(request),
    )


routes = [
    page(ways.PASSWORD, show_password, needs=Door.ON_THE_WAY),
    action(ways.PASSWORD, set_password, needs=Door.ON_THE_WAY),
    page(ways.SECOND_FACTOR, show_second_factor, needs=Door.ON_THE_WAY),
    action(ways.SECOND_FACTOR, set_second_factor, needs=Door.ON_THE_WAY),
]
