"""The limit on the size of a request's body."""

from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 256 * 1024


class BodyLimit:
    """Middleware that refuses a body over its limit as soon as that much of it has come.

    A length that is announced is refused unread; where none is, or a wrong one, the bytes count.

    Args:
        app: what is served.
        too_large: makes the error that is raised.
        most: how many bytes a body may have, by its path.
    """

    def __init__(
        self,
        app: ASGIApp,
        too_large: Callable[[], Exception],
        most: Callable[[str], int] = lambda path: MAX_BODY,
    ) -> None:
        self.app = app
        self._error = too_large
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        most = self._most(scope["path"])
        too_large = announced.isdecimal() and int(announced[:20]) > most
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            if too_large:
                raise self._error()
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise self._error()
            return message

        await self.app(scope, receive_within_limit, send)
