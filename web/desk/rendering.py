"""Pages and fragments of pages, made from the templates in `pages/`."""

from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from desk.access import cookies, csrf
from desk.access.permissions import Permission
from desk.access.visitors import visitor_or_none
from desk.menu import entries

PAGES = Path(__file__).resolve().parent / "pages"
SAID = "said"


def _moment(at: datetime) -> Markup:
    """A moment as people read it, in UTC, with the exact one for machines."""
    utc = at.astimezone(UTC)
    shown = f"{utc.day} {utc:%b %Y, %H:%M}"
    return Markup('<time datetime="{}">{} UTC</time>').format(utc.isoformat(), shown)


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = _moment
    environment.globals["Permission"] = Permission
    return environment


_TEMPLATES = _environment()


def page(
    request: Request, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: Any
) -> Response:
    """A whole page.

    Beside the values, a template knows `user` (None for nobody), `permissions`, `csrf`, `menu`,
    `path`, `said` (what the last action has to say), `settings`, `emergencies` (how many nobody
    has reviewed), `open_incidents` and `Permission`.

    Args:
        request: what is answered.
        template: the template's place in `pages/`, such as `inbox/list.html`.
        status: the HTTP status.
        **values: what the template shows.
    """
    said = cookies.read(request, SAID)
    response = _filled(request, template, status, said=unquote(said or ""), **values)
    if said is not None:
        cookies.drop(request, response, SAID)
    return response


def fragment(
    request: Request, template: str, *, status: HTTPStatus = HTTPStatus.OK, **values: Any
) -> Response:
    """A part of a page that htmx puts into its place; the arguments are those of `page`."""
    return _filled(request, template, status, said="", **values)


def wants_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of a page, and not for a whole one."""
    return request.headers.get("hx-request") == "true"


def see_other(request: Request, path: str, said: str = "") -> Response:
    """Lead to another page after something was done.

    Args:
        request: what is answered.
        path: where to, an address of the desk.
        said: what that page tells the visitor, in one sentence. Never a patient's words.
    """
    response = RedirectResponse(path, HTTPStatus.SEE_OTHER)
    if said:
        cookies.put(request, response, SAID, quote(said))
    return response


def _filled(request: Request, template: str, status: HTTPStatus, **values: Any) -> Response:
    visitor = visitor_or_none(request)
    inside = visitor is not None and visitor.signed_in
    user = visitor.user if visitor and inside else None
    token = csrf.token(request)
    text = _TEMPLATES.get_template(template).render(
        {
            "user": user,
            "permissions": user.permissions if user else frozenset(),
            "csrf": token,
            "menu": entries(request, user) if user else [],
            "path": request.url.path,
            "settings": request.app.state.settings,
            # Kept up to date beside the pages, so that none has to ask for it.
            "emergencies": getattr(request.app.state, "emergencies", 0),
            "open_incidents": getattr(request.app.state, "open_incidents", 0),
            "open_work": getattr(request.app.state, "open_work", 0),
            **values,
        }
    )
    response = HTMLResponse(text, status)
    if visitor is None:
        csrf.keep(request, response, token)
    return response
