"""Everybody's own page, and the way out."""

from sqlalchemy import Connection, delete
from starlette.requests import Request
from starlette.responses import Response

from desk.access import cookies, sessions
from desk.access.visitors import visitor
from desk.privacy import audit
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import SIGN_IN, Door, action, page
from desk.services import services
from records.people import SignIn


async def show(request: Request) -> Response:
    """The visitor's own page."""
    return render(request, "access/account.html")


async def sign_out(request: Request) -> Response:
    """End this session."""
    leaving, who = visitor(request), audit.actor(request)

    def end(connection: Connection) -> None:
        connection.execute(delete(SignIn).where(SignIn.id == leaving.session_id))
        audit.append(connection, who, audit.Action.SIGNED_OUT, f"user:{who.name}", {})

    await services(request).database.write(end)
    response = see_other(request, SIGN_IN, "You have signed out.")
    cookies.drop(request, response, sessions.COOKIE)
    return response


routes = [
    page("/account", show, needs=Door.SIGNED_IN),
    action("/sign-out", sign_out, needs=Door.ON_THE_WAY),
]
