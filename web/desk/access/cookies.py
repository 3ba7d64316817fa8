"""The desk's cookies: out of reach for scripts, other sites and, where it can be, plain HTTP."""

from starlette.requests import Request
from starlette.responses import Response

from desk.access.addresses import needs_https


def _name(request: Request, name: str) -> str:
    # A browser takes the prefix only over HTTPS and from this very host, not from its neighbours.
    return f"__Host-desk-{name}" if needs_https(request) else f"desk-{name}"


def read(request: Request, name: str) -> str | None:
    """A cookie's value, where it came with the request."""
    return request.cookies.get(_name(request, name))


def put(request: Request, response: Response, name: str, value: str) -> None:
    """Have the browser keep a cookie until it is closed."""
    response.set_cookie(
        _name(request, name),
        value,
        path="/",
        httponly=True,
        secure=needs_https(request),
        samesite="strict",
    )


def drop(request: Request, response: Response, name: str) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(
        _name(request, name),
        path="/",
        httponly=True,
        secure=needs_https(request),
        samesite="strict",
    )
