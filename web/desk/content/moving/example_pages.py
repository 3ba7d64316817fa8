"""The page on which examples are moved to another topic, or deleted."""

import asyncio
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.changes.service import Draft
from desk.content import drafting
from desk.content.alike import plain
from desk.content.listings import Listing, listings
from desk.content.moving.examples import moved
from desk.errors import NotFound
from desk.forms import clean, field, read_form
from desk.rendering import page as render
from desk.routing import action, page
from editing.placing import CannotEdit

MAX_SEARCH = 200
MOVE, DELETE = "move", "delete"


async def show(request: Request) -> Response:
    """The examples of one thing, each with a box to tick; those with some words alone if asked."""
    draft = await drafting.draft_of(request)
    there = listings(await drafting.texts_of(draft.tree))
    source = _source(there, request, request.query_params.get("part", ""))
    return _page(request, draft, there, source, clean(request.query_params.get("q", "")))


async def change(request: Request) -> Response:
    """Move what is ticked, or delete it."""
    draft, form = await drafting.draft_of(request), await read_form(request)
    files = await drafting.texts_of(draft.tree)
    there = await asyncio.to_thread(listings, files)
    source = _source(there, request, await field(request, "part"))
    deleting, to = await field(request, "do") == DELETE, await field(request, "to")
    target = None if deleting else next((one for one in there if one.name == to), None)
    chosen = [str(text) for text in form.getlist("example")]
    wrong = _wrong(chosen, source, target, deleting)
    if not wrong:
        try:
            result = await asyncio.to_thread(moved, source, chosen, target, files)
        except CannotEdit as error:
            wrong = str(error)
    if wrong:
        return _page(request, draft, there, source, "", chosen, wrong)
    words = f"{result.gone} example{'' if result.gone == 1 else 's'} of “{source.title}”"
    message = f"{words} moved to “{target.title}”." if target else f"{words} deleted."
    if target and result.come < result.gone:
        message += f" {result.gone - result.come} stood there already."
    return await drafting.keep(request, draft, result.edits, message, _address(draft, source))


def _wrong(chosen: list[str], source: Listing, target: Listing | None, deleting: bool) -> str:
    if not set(chosen) & set(source.examples):
        return "Tick the examples first. What was ticked may be gone meanwhile."
    if deleting:
        return ""
    if target is None:
        return "Choose where they go."
    return "They are there already. Choose another place." if target.name == source.name else ""


def _source(there: list[Listing], request: Request, part: str) -> Listing:
    path = request.path_params["path"]
    for one in there:
        if one.path == path and part in ("", one.id):
            return one
    raise NotFound


def _address(draft: Draft, source: Listing) -> str:
    part = f"?part={source.id}" if len(source.key) > 1 else ""
    return f"{drafting.address(draft)}/examples/{source.path}{part}"


def _page(
    request: Request,
    draft: Draft,
    there: list[Listing],
    source: Listing,
    asked: str,
    ticked: list[str] | None = None,
    wrong: str = "",
) -> Response:
    words = plain(asked[:MAX_SEARCH]).split() if asked.strip() else []
    shown = [text for text in source.examples if all(word in plain(text) for word in words)]
    return render(
        request,
        "content/many/examples.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        change=draft.row,
        source=source,
        part=source.id if len(source.key) > 1 else "",
        there=there,
        shown=shown,
        asked=asked,
        ticked=ticked or [],
        wrong=wrong,
    )


_PATH = "/changes/{id:int}/examples/{path:path}"

routes = [
    page(_PATH, show, needs=Permission.EDIT),
    action(_PATH, change, needs=Permission.EDIT),
]
