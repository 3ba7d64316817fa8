"""The ASGI application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.middleware import Middleware

from gateway import api, errors, files, page
from gateway.limits import BodyLimit
from gateway.logs import RequestLog
from gateway.page import SafeHeaders
from gateway.services import open_services
from gateway.settings import Settings
from gateway.texts import Texts

DESCRIPTION = """The chat API of Dorsi, an assistant for people with foot drop.

Every error has the body `{"error": {"code", "message"}}`; where a message to Dorsi deserved
advice on a red flag, that stands beside it as `messages`. Every request may be answered with
404 or 405 where the address or the method is wrong.

The pictures that `image.url` of a message names are served without a token."""


def create_app(settings: Settings) -> FastAPI:
    """The gateway as an ASGI application.

    Args:
        settings: where the content, the database and Rasa are.

    Raises:
        gateway.texts.ContentError: the content files lack something that is needed.
    """
    texts = Texts(settings.dorsi_data)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_services(settings, texts) as services:
            app.state.services = services
            retrying = asyncio.create_task(services.erasures.keep_retrying())
            try:
                yield
            finally:
                retrying.cancel()
                with suppress(asyncio.CancelledError):
                    await retrying

    app = FastAPI(
        title="Dorsi",
        version="0.1.0",
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
        middleware=[Middleware(SafeHeaders), Middleware(RequestLog), Middleware(BodyLimit)],
    )
    errors.install(app)
    app.include_router(api.router)
    app.include_router(files.router)
    page.install(app, settings.dorsi_data)
    return app
