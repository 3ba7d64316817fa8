"""The limit on the size of a request's body."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import IN_DANGER, ApiError

MAX_BODY = 256 * 1024  # far more than is answered, so that all of it is screened for red flags


class BodyLimit:
    """Middleware that refuses a body over `MAX_BODY` as soon as that much of it has come.

    A length that is announced is refused unread; where none is, or a wrong one, the bytes count.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        too_large = announced.isdecimal() and int(announced[:20]) > MAX_BODY
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            if too_large:
                raise _too_large()
            message = await receive()
            received += len(message.get("body", b""))
            if received > MAX_BODY:
                raise _too_large()
            return message

        await self.app(scope, receive_within_limit, send)


def _too_large() -> ApiError:
    return ApiError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too_large",
        "That is more than 256 KiB. Send the most important part in a few sentences. " + IN_DANGER,
    )
