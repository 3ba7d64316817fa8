"""What stands between the server and the routes: headers, the size of bodies, and the log."""

import logging
import time
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk import error_pages
from desk.errors import Refused

log = logging.getLogger(__name__)

FILES = "/files/"

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # Not less: without any, browsers would not say that a form comes from the desk itself.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


class SafeHeaders:
    """Middleware that adds `HEADERS` to every answer and keeps pages out of caches."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        caching = "no-cache" if scope["path"].startswith(FILES) else "no-store"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = caching
            await send(message)

        await self.app(scope, receive, send_with_headers)


def too_large() -> Refused:
    """The error for a body over the limit."""
    return Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class RequestLog:
    """Middleware that logs each request, and shows a page where something failed.

    Of an address the log has the route alone: what else stands in one may be anything.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.monotonic(), 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except ClientDisconnect:
            status = 499
        except Exception:
            log.exception("request failed", extra={"path": _path(scope)})
            if status:
                raise
            await error_pages.failed(Request(scope))(scope, receive, send_and_note)
        finally:
            log.info(
                "request",
                extra={
                    "method": scope["method"],
                    "path": _path(scope),
                    "status": status,
                    "ms": round((time.monotonic() - began) * 1000, 1),
                },
            )


def _path(scope: Scope) -> str:
    if scope["path"].startswith(FILES):
        return FILES
    return str(getattr(scope.get("route"), "path", "unknown"))
