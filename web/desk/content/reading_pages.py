"""The pages on which content is found and read."""

import asyncio
from collections import Counter
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.content import browsing, library, parting, searching
from desk.content.naming import NAMES
from desk.content.reading import passages
from desk.content.shelf import Item, Shelf
from desk.errors import NotFound
from desk.rendering import page as render
from desk.routing import page
from desk.services import services
from editing.documents import Document
from editing.kinds import fields
from editing.shapes import Kind


async def overview(request: Request) -> Response:
    """All topics by family, or what has the words that are asked for."""
    asked = request.query_params.get("q", "").replace("\0", "").strip()[: searching.MAX_LENGTH]
    return await _list(request, Kind.TOPIC, asked)


async def of_kind(request: Request) -> Response:
    """All content of one kind."""
    return await _list(request, _kind(request))


async def item(request: Request) -> Response:
    """One item, as staff understand it, and the way to change it."""
    parts = services(request)
    shelf = await library.main(parts)
    found = shelf.items.get((_kind(request), request.path_params["id"]))
    if found is None:
        raise NotFound
    changes = await library.changes(parts)
    text = await asyncio.to_thread(_text, request, found)
    document = Document.parse(text)
    body = document.value()
    every = parting.parts(found.kind, fields(found.kind, document), len(text))
    shown = [one for one in every if not found.part or one.name == found.part]
    return render(
        request,
        "content/item.html",
        item=found,
        change=None,
        path=found.path,
        names=NAMES,
        family=shelf.families.get(found.family, found.family),
        marks=browsing.marks(found, await library.live(parts), changes, date.today()),
        sections=[(one, passages(one.fields, body, shelf)) for one in shown],
        typed=None,
        drafts=await library.drafts(parts, user(request)),
    )


async def _list(request: Request, kind: Kind, asked: str = "") -> Response:
    parts = services(request)
    shelf = await library.main(parts)
    groups = [] if asked else await _groups(request, shelf, kind)
    rows = [row for group in groups for row in group.rows]
    return render(
        request,
        "content/list.html",
        asked=asked,
        found=searching.search(shelf, asked),
        most=searching.MOST,
        here=None if asked else kind,
        names=NAMES,
        counts=Counter(one.kind for one in shelf.items.values()),
        broken=shelf.broken,
        groups=groups,
        has_examples=any(row.item.examples is not None for row in rows),
        has_review=any(row.item.review_due for row in rows),
        reviews="/review-due" in request.app.state.paths,
    )


async def _groups(request: Request, shelf: Shelf, kind: Kind) -> list[browsing.Group]:
    parts = services(request)
    return browsing.groups(
        shelf,
        kind,
        live=await library.live(parts),
        changes=await library.changes(parts),
        today=date.today(),
    )


def _text(request: Request, found: Item) -> str:
    repository = services(request).repository
    return repository.tree(repository.head()).read(found.path) or ""


def _kind(request: Request) -> Kind:
    try:
        return Kind(request.path_params["kind"])
    except ValueError:
        raise NotFound from None


routes = [
    page("/content", overview, needs=Permission.EDIT),
    page("/content/{kind}", of_kind, needs=Permission.EDIT),
    page("/content/{kind}/{id:path}", item, needs=Permission.EDIT),
]
