"""Routes that say who may use them; without saying so there is no route.

A package of the desk gives `routes`, a list of what `page` and `action` make. Before a route's
handler runs, its visitor is known and allowed in, and what is sent was sent from a page of the
desk.
"""

from collections.abc import Awaitable, Callable, Sequence
from enum import Enum, auto
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from desk.access import csrf, sessions
from desk.access.permissions import Permission
from desk.access.visitors import Visitor
from desk.errors import NotFound, Refused
from desk.rendering import fragment, wants_fragment

SIGN_IN = "/sign-in"
# No database has a greater id, and some fail when they are asked for one.
LARGEST = 2**31 - 1
_SAFE = frozenset({"GET", "HEAD"})

type Handler = Callable[[Request], Awaitable[Response]]


class Door(Enum):
    """Who may use a route that needs no permission."""

    ANYONE = auto()
    """Everybody, signed in or not."""
    ON_THE_WAY = auto()
    """Whoever gave a right password; the rest may be missing."""
    SIGNED_IN = auto()
    """Everybody who is signed in, whatever their role."""


type Needs = Permission | Door


class DeskRoute(Route):
    """A route of the desk.

    Args:
        path: its address, as Starlette writes it.
        handler: what answers.
        method: GET or POST.
        needs: who may use it.
        live: whether pages ask for it by themselves, which does not keep a visitor signed in.
        takes_files: whether forms that are sent to it may hold files.

    Raises:
        TypeError: it is not said who may use it.
    """

    def __init__(
        self,
        path: str,
        handler: Handler,
        *,
        method: str,
        needs: Needs,
        live: bool = False,
        takes_files: bool = False,
    ) -> None:
        if not isinstance(needs, Permission | Door):
            raise TypeError(f"who may use {path} is not said")
        self.needs = needs
        self.takes_files = takes_files
        self._handle = handler
        self._live = live
        super().__init__(path, self._serve, methods=[method], name=f"{method} {path}")

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether it is this route; not for a number of more digits than Python reads."""
        try:
            return super().matches(scope)
        except ValueError:
            return Match.NONE, {}

    async def _serve(self, request: Request) -> Response:
        request.scope["route"] = self
        visitor = await sessions.visitor_of(request, used=not self._live)
        request.state.visitor = visitor
        turned_away = _turned_away(request, visitor, self.needs)
        if turned_away is not None:
            return turned_away
        if request.method not in _SAFE:
            await csrf.check(request)
        if any(_is_of_nothing(part) for part in request.path_params.values()):
            raise NotFound
        return await self._handle(request)


def page(path: str, handler: Handler, *, needs: Needs, live: bool = False) -> DeskRoute:
    """A route that shows something and changes nothing."""
    return DeskRoute(path, handler, method="GET", needs=needs, live=live)


def action(path: str, handler: Handler, *, needs: Needs, takes_files: bool = False) -> DeskRoute:
    """A route that a form is sent to, with its token."""
    return DeskRoute(path, handler, method="POST", needs=needs, takes_files=takes_files)


def checked(routes: Sequence[object]) -> list[DeskRoute]:
    """The routes of a package.

    Raises:
        TypeError: one of them does not say who may use it.
    """
    for route in routes:
        if not isinstance(route, DeskRoute):
            raise TypeError(f"{route!r} does not say who may use it: make it by `page` or `action`")
    return [route for route in routes if isinstance(route, DeskRoute)]


def _is_of_nothing(part: object) -> bool:
    """Whether nothing can have such a number, or such a name: PostgreSQL takes no NUL."""
    return part > LARGEST if isinstance(part, int) else "\0" in str(part)


def _turned_away(request: Request, visitor: Visitor | None, needs: Needs) -> Response | None:
    if needs is Door.ANYONE or (needs is Door.ON_THE_WAY and visitor is not None):
        return None
    if visitor is None or not visitor.signed_in:
        return _to_the_door(request)
    if isinstance(needs, Permission) and not visitor.user.may(needs):
        raise Refused(HTTPStatus.FORBIDDEN)
    return None


def _to_the_door(request: Request) -> Response:
    """Lead to signing in, and from there back to what was to be seen."""
    if wants_fragment(request):
        # htmx would put the page into the place of the part.
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": SIGN_IN})
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method in _SAFE and request.headers.get("sec-fetch-site") == "cross-site":
        # Whoever follows a link from a message may be signed in: browsers do not tell us on the
        # way from another site, but do when our own page leads on.
        return fragment(request, "access/arriving.html", wanted=wanted)
    come_back = request.method in _SAFE and wanted != "/"
    query = f"?{urlencode({'next': wanted})}" if come_back else ""
    return RedirectResponse(SIGN_IN + query, HTTPStatus.SEE_OTHER)
