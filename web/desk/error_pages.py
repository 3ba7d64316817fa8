"""Errors as pages, with nothing of what went wrong inside."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk import rendering
from desk.errors import TEXTS, TITLES, Refused
from editing.broken import TooLarge
from editing.repository import NoContent

OTHERWISE = "That could not be done"


def install(app: Starlette) -> None:
    """Have the app answer its own and the framework's errors in this form."""
    app.add_exception_handler(HTTPException, _show)
    app.add_exception_handler(NoContent, _told)
    app.add_exception_handler(TooLarge, _told)


def failed(request: Request) -> Response:
    """The page for what nobody foresaw."""
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


async def _show(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    text = error.detail if isinstance(error, Refused) else ""
    return _page(request, HTTPStatus(error.status_code), text, error.headers)


async def _told(request: Request, error: Exception) -> Response:
    return _page(request, HTTPStatus.CONFLICT, str(error))


def _page(
    request: Request,
    status: HTTPStatus,
    text: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    response = rendering.page(
        request,
        "errors/error.html",
        status=status,
        title=TITLES.get(status, OTHERWISE),
        text=text or TEXTS.get(status, ""),
    )
    response.headers.update(headers or {})
    return response
