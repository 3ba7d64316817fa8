"""What is logged of each request: nothing of what patients write."""

import logging
import time

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import error_response, internal_error
from gateway.metrics import Metrics

log = logging.getLogger(__name__)


class RequestLog:
    """Middleware that logs and counts each request, and answers 500 where something failed.

    Args:
        app: what is served.
        metrics: what counts.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

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
            failure = internal_error()
            answer = error_response(failure.status_code, failure.error)
            await answer(scope, receive, send_and_note)
        finally:
            self._metrics.request(_path(scope), scope["method"], status)
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
    """The route's path: what else stands in an address may be anything."""
    for files in ("/site", "/pictures", "/widget", "/socket.io"):
        if scope["path"].startswith(f"{files}/"):
            return files
    return str(getattr(scope.get("route"), "path", "unknown"))
