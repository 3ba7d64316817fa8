"""The ASGI application."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount

from desk import error_pages, home
from desk.access import account, managing, setting_up, signing_in
from desk.analysis import routes as analysis
from desk.changes import pages as changes
from desk.content import routes as content
from desk.content.bulk import routes as pasting
from desk.content.moving import example_pages, item_pages
from desk.content.past import routes as past
from desk.content.spreadsheet import exporting, importing
from desk.content.spreadsheet.size import most
from desk.counting import Counts, counting
from desk.export import routes as export
from desk.figures import routes as figures
from desk.inbox import routes as inbox
from desk.inbox.badge import emergencies
from desk.index.running import indexing
from desk.intake import routes as intake
from desk.intake import taken_pages, turn_pages
from desk.intake.badge import open_work
from desk.privacy import clearing
from desk.privacy import routes as privacy
from desk.publishing import routes as publishing
from desk.publishing.after_live import following
from desk.requests import RequestLog, SafeHeaders, too_large
from desk.review import lists, tag_pages
from desk.review import routes as review
from desk.review.badge import open_incidents
from desk.routing import DeskRoute, checked
from desk.services import open_services
from desk.settings import REPOSITORY, Settings
from desk.transcript import routes as transcript
from desk.workbench import preview, trying
from served.assets import Files
from served.limits import BodyLimit

FILES = Path(__file__).resolve().parent / "files"
WIDGET = REPOSITORY / "widget" / "dist"

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
    intake.routes,
    turn_pages.routes,
    taken_pages.routes,
    privacy.routes,
    figures.routes,
    analysis.routes,
    changes.routes,
    export.routes,
    trying.routes,
    preview.routes,
    publishing.routes,
    pasting.routes,
    example_pages.routes,
    item_pages.routes,
    exporting.routes,
    importing.routes,
    past.routes,
    # The last: pages of content have names of their own, such as /content/try.
    content.routes,
)

# What is counted for the menu, by the names that templates know it by.
COUNTS: Counts = {
    "emergencies": emergencies,
    "open_incidents": open_incidents,
    "open_work": open_work,
}


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
            following(services),
        ):
            app.state.services = services
            yield

    routes = [route for package in ROUTES for route in checked(package)]
    app = Starlette(
        routes=[*routes, Mount("/files", Files(FILES)), Mount("/widget", Files(WIDGET))],
        lifespan=lifespan,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(RequestLog),
            Middleware(BodyLimit, too_large=too_large, most=most),
        ],
    )
    app.router.redirect_slashes = False
    app.state.settings = settings
    app.state.paths = frozenset(route.path for route in routes)
    error_pages.install(app)
    return app
