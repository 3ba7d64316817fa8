"""The address without a path, and the one that says that the desk is up."""

from http import HTTPStatus

from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from desk.access.visitors import user
from desk.menu import entries
from desk.routing import Door, page
from desk.services import services


async def start(request: Request) -> Response:
    """Lead to the first page that the visitor's menu has."""
    first = entries(request, user(request))[0]
    return RedirectResponse(first.path, HTTPStatus.SEE_OTHER)


async def health(request: Request) -> Response:
    """Say that the desk is up and reaches its database."""
    await services(request).database.read(lambda connection: connection.execute(text("SELECT 1")))
    return PlainTextResponse("ok")


routes = [
    page("/", start, needs=Door.SIGNED_IN),
    page("/healthz", health, needs=Door.ANYONE),
]
