"""Which sites' pages may use the gateway: our own, and those that are listed."""

from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.errors import Error, error_response

# What pages of other sites are kept from, unless they are listed.
GUARDED = ("/api/", "/webhooks/", "/socket.io/")
# What pages of listed sites may fetch.
SHARED = (*GUARDED, "/widget/", "/pictures/")

METHODS = "GET, POST, DELETE"
REQUEST_HEADERS = "Authorization, Content-Type, Last-Event-ID"
RESPONSE_HEADERS = "Retry-After, Content-Disposition"
PREFLIGHT_SECONDS = "600"


class Cors:
    """Middleware that lets the pages of listed sites read the answers, errors too.

    Args:
        app: what is served.
        origins: the sites, such as `https://clinic.example`.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self.app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or not scope["path"].startswith(SHARED):
            await self.app(scope, receive, send)
            return
        origin = Headers(scope=scope).get("origin")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                if origin in self._origins:
                    headers["Access-Control-Allow-Origin"] = str(origin)
                    headers["Access-Control-Expose-Headers"] = RESPONSE_HEADERS
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OriginGuard:
    """Middleware that refuses what the pages of other sites send, and answers preflights.

    Args:
        app: what is served.
        origins: the sites that are listed; our own pages need not be.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self.app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if _is_preflight(scope, headers):
            await self._preflight(scope, origin)(scope, receive, send)
        elif scope["path"].startswith(GUARDED) and not self._may(origin, headers):
            await _refuse(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _may(self, origin: str | None, headers: Headers) -> bool:
        return origin is None or origin in self._origins or _is_own(origin, headers)

    def _preflight(self, scope: Scope, origin: str | None) -> Response:
        response = Response(status_code=HTTPStatus.NO_CONTENT)
        if origin in self._origins and scope["path"].startswith(SHARED):
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = REQUEST_HEADERS
            response.headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
        return response


def _is_preflight(scope: Scope, headers: Headers) -> bool:
    return scope.get("method") == "OPTIONS" and "access-control-request-method" in headers


def _is_own(origin: str, headers: Headers) -> bool:
    # Not the scheme, too: a proxy in front may end TLS without saying so.
    own = headers.get("host", "").lower()
    return bool(own) and origin.lower() in (f"https://{own}", f"http://{own}")


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})  # before it is accepted: a 403
        return
    error = Error(
        code="origin_not_allowed",
        message="This site may not use Dorsi. Whoever runs Dorsi can allow it.",
    )
    await error_response(HTTPStatus.FORBIDDEN, error)(scope, receive, send)
