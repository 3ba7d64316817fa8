"""The demonstration: an invented clinic's pages with the chat on them, and the chat's script."""

from collections.abc import Callable, Mapping
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


type Served = Callable[[], Mapping[str, Place]]


@dataclass(frozen=True)
class Days:
    """For how long things are kept, in days."""

    kept: float = 90
    idle: float = 7
    session: float = 30


class Site:
    """The pages, filled in with what is true of this server.

    Args:
        served: gives the places of what is served.
        days: for how long things are kept.
    """

    def __init__(self, served: Served, days: Days) -> None:
        self._served = served
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
        places = self._served()
        wanted = (region or "").upper()
        if wanted not in places:
            wanted = CLINIC_REGION if PAGES[path] != "chat" else ""
        known = wanted if wanted in places else ""
        return self._templates.get_template(f"{PAGES[path]}.html").render(
            here=path,
            menu=MENU,
            region=known,
            place=places[known or UNKNOWN],
            places=[place for code, place in places.items() if code != UNKNOWN],
            regions=[code for code in places if code != UNKNOWN],
            days=self._days,
        )


def install(app: FastAPI, served: Served, days: Days, widget: Path = WIDGET) -> None:
    """Serve the pages at `PAGES`, their files under `/site` and the chat's under `/widget`.

    Args:
        app: what serves them.
        served: gives the places of what is served, at each request.
        days: for how long things are kept.
        widget: the folder that the chat's script is built into.
    """
    site = Site(served, days)
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


def places(file: Path) -> dict[str, Place]:
    """Where readers can be, from the file of the regions.

    Raises:
        gateway.texts.ContentError: they cannot be read, or the one of everybody else is missing.
    """
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        known = TypeAdapter(dict[str, Place]).validate_python(found)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise ContentError(f"{file}: {error}") from error
    if UNKNOWN not in known:
        raise ContentError(f"{file}: the region `{UNKNOWN}` is missing")
    return known
