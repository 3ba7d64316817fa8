"""The ASGI application."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware import Middleware

from gateway import (
    VERSION,
    api,
    channels,
    errors,
    feedback,
    files,
    helping,
    metrics,
    page,
    transcript,
)
from gateway.bundle import Content, read
from gateway.limits import too_large
from gateway.logs import RequestLog
from gateway.metrics import Metrics
from gateway.origins import Cors, OriginGuard
from gateway.page import SafeHeaders
from gateway.rates import Rates
from gateway.services import Services, background, open_services
from gateway.settings import Settings
from gateway.site import Days
from served.limits import BodyLimit

DESCRIPTION = """The chat API of Dorsi, an assistant for people with foot drop.

Every error has the body `{"error": {"code", "message"}}`; where a message to Dorsi deserved
advice on a red flag, that stands beside it as `messages`. Every request may be answered with
404 or 405 where the address or the method is wrong.

Pages of other sites get 403 `origin_not_allowed` from all of it, unless they are listed.

The pictures that `image.url` of a message names are served without a token."""


def create_app(settings: Settings) -> FastAPI:
    """The gateway as an ASGI application.

    Args:
        settings: where the content, the database and Rasa are.

    Raises:
        gateway.texts.ContentError: the content files lack something that is needed.
        triage.files.KnowledgeError: the same of the files about red flags.
        ValueError: the storage of the rate limits cannot be used.
    """
    installed = read(settings.dorsi_data) if settings.dorsi_served is None else None
    numbers = Metrics()
    rates = Rates(settings.rate_limit_storage if settings.dorsi_rate_limit else "", numbers)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_services(settings, installed, numbers, rates) as services:
            app.state.services = services
            async with background(services):
                yield

    app = FastAPI(
        title="Dorsi",
        version=VERSION,
        description=DESCRIPTION,
        lifespan=lifespan,
        # The documentation pages load scripts from another site, which the page's rules forbid.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        # What the framework would report holds requests, and so patients' words.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
        middleware=[
            Middleware(SafeHeaders),
            Middleware(Cors, origins=settings.dorsi_origins),
            Middleware(RequestLog, metrics=numbers),
            Middleware(OriginGuard, origins=settings.dorsi_origins),
            Middleware(BodyLimit, too_large=too_large),
        ],
    )
    # What has to be ended by those who opened it before the server can stop.
    app.state.endless = list[Callable[[], Awaitable[None]]]()
    errors.install(app)
    for routes in (api, files, helping, feedback, transcript, metrics):
        app.include_router(routes.router)
    channels.install(app, settings)
    days = Days(
        kept=settings.retention_days,
        idle=settings.session_idle_days,
        session=settings.session_days,
    )
    page.install(app, lambda: served(app), days)
    return app


def served(app: FastAPI) -> Sequence[Content]:
    """What an application that is up serves: first what new turns get."""
    services = app.state.services
    assert isinstance(services, Services)
    return [bundle.content for bundle in services.bundles.open]
