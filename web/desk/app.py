"""The ASGI application."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from desk import error_pages, home
from desk.access import account, managing, setting_up, signing_in
from desk.counting import Counts, counting
from desk.export import routes as export
from desk.figures import routes as figures
from desk.inbox import routes as inbox
from desk.inbox.badge import emergencies
from desk.index.running import indexing
from desk.privacy import clearing
from desk.privacy import routes as privacy
from desk.requests import RequestLog, SafeHeaders, too_large
from desk.review import lists, tag_pages
from desk.review import routes as review
from desk.review.badge import open_incidents
from desk.routing import DeskRoute, checked
from desk.services import open_services
from desk.settings import Settings
from desk.transcript import routes as transcript
from served.assets import Files
from served.limits import BodyLimit

FILES = Path(__file__).resolve().parent / "files"

# Each package of the desk that has pages, by its routes.
ROUTES: Sequence[Sequence[DeskRoute]] = (
    home.routes,
    signing_in.routes,
    setting_up.routes,
    account.routes,
    managing.routes,
    inbox.routes,
    transcript.routes,
    review.routes,
    lists.routes,
    tag_pages.routes,
    privacy.routes,
    figures.routes,
    export.routes,
)

# What is counted for the menu, by the names that templates know it by.
COUNTS: Counts = {"emergencies": emergencies, "open_incidents": open_incidents}


def create_app(settings: Settings) -> Starlette:
    """The desk as an ASGI application.

    Args:
        settings: where the database is, and the rest that can be set.

    Raises:
        TypeError: a route does not say who may use it.
    """

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with (
            open_services(settings) as services,
            indexing(services.database),
            counting(app.state, services.database, COUNTS),
            clearing.going_on(services),
        ):
            app.state.services = services
            yield

    routes = [route for package in ROUTES for route in checked(package)]
    app = Starlette(
        routes=[*routes, Mount("/files", Files(FILES))],
        lifespan=lifespan,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(RequestLog),
            Middleware(BodyLimit, too_large=too_large),
        ],
    )
    app.router.redirect_slashes = False
    app.state.settings = settings
    app.state.paths = frozenset(route.path for route in routes)
    error_pages.install(app)
    return app
