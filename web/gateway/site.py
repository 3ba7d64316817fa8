"""The demonstration: an invented clinic's pages with the chat on them, and the chat's script."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from fastapi import FastAPI, Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel, TypeAdapter, ValidationError

from gateway.settings import REPOSITORY
from gateway.texts import UNKNOWN, ContentError
from served.assets import Files, answered

SITE = Path(__file__).resolve().parent / "site"
WIDGET = REPOSITORY / "widget" / "dist"

PAGES = {
    "/": "home",
    "/chat": "chat",
    "/privacy": "privacy",
    "/accessibility": "accessibility",
    "/embedding": "embedding",
}
MENU = [
    ("/", "Our clinic"),
    ("/chat", "Chat"),
    ("/privacy", "Privacy"),
    ("/accessibility", "Accessibility"),
    ("/embedding", "For websites"),
]
CLINIC_REGION = "GB"


class Place(BaseModel):
    """Where a reader can be, and the number that calls for help there."""

    name: str
    emergency: str


@dataclass(frozen=True)
class Days:
    """For how long things are kept, in days."""

    kept: float = 90
    idle: float = 7
    session: float = 30


class Site:
    """The pages, filled in with what is true of this server.

    Args:
        data: the folder of the content files. They are read once.
        days: for how long things are kept.

    Raises:
        gateway.texts.ContentError: the regions cannot be read.
    """

    def __init__(self, data: Path, days: Days) -> None:
        self._places = _places(data / "regions.yml")
        self._days = days
        self._templates = Environment(
            loader=FileSystemLoader(SITE / "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, path: str, region: str | None) -> str:
        """A page as HTML.

        Args:
            path: one of `PAGES`.
            region: where the reader is, as the address says; one that nobody knows is left out.
        """
        wanted = (region or "").upper()
        if wanted not in self._places:
            wanted = CLINIC_REGION if PAGES[path] != "chat" else ""
        known = wanted if wanted in self._places else ""
        return self._templates.get_template(f"{PAGES[path]}.html").render(
            here=path,
            menu=MENU,
            region=known,
            place=self._places[known or UNKNOWN],
            places=[place for code, place in self._places.items() if code != UNKNOWN],
            regions=[code for code in self._places if code != UNKNOWN],
            days=self._days,
        )


def install(app: FastAPI, data: Path, days: Days, widget: Path = WIDGET) -> None:
    """Serve the pages at `PAGES`, their files under `/site` and the chat's under `/widget`.

    Args:
        app: what serves them.
        data: the folder of the content files.
        days: for how long things are kept.
        widget: the folder that the chat's script is built into.

    Raises:
        gateway.texts.ContentError: the regions cannot be read.
    """
    site = Site(data, days)
    for path in PAGES:
        app.add_api_route(
            path, _route(partial(site.page, path)), methods=["GET", "HEAD"], include_in_schema=False
        )
    app.mount("/site", Files(SITE / "files"))
    app.mount("/widget", Files(widget))


def _route(page: Callable[[str | None], str]) -> Callable[..., Any]:
    async def show(request: Request, region: str | None = None) -> Response:
        return answered(page(region).encode(), "text/html; charset=utf-8", request.headers)

    return show


def _places(file: Path) -> dict[str, Place]:
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        places = TypeAdapter(dict[str, Place]).validate_python(found)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise ContentError(f"{file}: {error}") from error
    if UNKNOWN not in places:
        raise ContentError(f"{file}: the region `{UNKNOWN}` is missing")
    return places
