"""The pages, the exercises' pictures, and the headers that let them do nothing else."""

import os
import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway import site
from gateway.bundle import Content

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


# Pages of other sites show them; which sites those are is decided elsewhere.
FOR_OTHER_SITES = ("/widget/", "/pictures/")
FILES = ("/site/", *FOR_OTHER_SITES)

PICTURE = re.compile(r"[a-z_]+/[0-9]+\.svg")


class Pictures(StaticFiles):
    """The exercises' pictures by their plain names, and nothing else that may lie beside them.

    Args:
        folders: gives the folders of what is served: an exercise that began before a switch still
            finds its own.
    """

    def __init__(self, folders: Callable[[], Sequence[Path]]) -> None:
        super().__init__(directory=".", check_dir=False)
        self._folders = folders

    async def check_config(self) -> None:
        """Accept that there is no folder: content without pictures is content too."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """The file in the first of the folders that has it."""
        self.all_directories = list(self._folders())
        return super().lookup_path(path)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The picture, or 404."""
        if not PICTURE.fullmatch(path):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return await super().get_response(path, scope)


def install(app: FastAPI, served: Callable[[], Sequence[Content]], days: site.Days) -> None:
    """Serve the pages, the chat's script and, under `/pictures`, the exercises' pictures.

    Args:
        app: what serves them.
        served: gives what is served, at each request: first what new turns get.
        days: for how long things are kept, which the page on privacy says.
    """

    def folders() -> Sequence[Path]:
        return [content.data / "exercises" / "pictures" for content in served()]

    app.mount("/pictures", Pictures(folders), name="pictures")
    site.install(app, lambda: served()[0].places, days)


class SafeHeaders:
    """Middleware that adds `HEADERS` to every answer and keeps conversations out of caches."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"]
        is_file = path in site.PAGES or path.startswith(FILES)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers["Cache-Control"] = "no-cache" if is_file else "no-store"
                if path.startswith(FOR_OTHER_SITES):
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            await send(message)

        await self.app(scope, receive, send_with_headers)
