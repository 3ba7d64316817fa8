"""The page that content is taken out from as a spreadsheet."""

import asyncio
from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.changes import service
from desk.content import shelf
from desk.content.naming import NAMES
from desk.content.shelf import Shelf
from desk.content.spreadsheet.columns import KINDS, chosen
from desk.content.spreadsheet.writing import MARK, written
from desk.errors import NotFound, Refused
from desk.rendering import page as render
from desk.routing import page
from desk.services import Services, services
from editing.broken import BrokenYaml
from editing.documents import Document
from editing.repository import NoContent
from editing.shapes import Kind
from editing.trees import Tree

MEDIA = "text/csv; charset=utf-8"


async def show(request: Request) -> Response:
    """The form."""
    _, _, tree = await _asked(request)
    there = await asyncio.to_thread(shelf.read, tree)
    return render(
        request,
        "content/many/take_out.html",
        kinds={kind: NAMES[kind].many for kind in KINDS},
        families=there.families,
        kind=request.query_params.get("kind", ""),
        family=request.query_params.get("family", ""),
        changes=await service.open_changes(services(request)),
        change=request.query_params.get("change", ""),
    )


async def take_out(request: Request) -> Response:
    """The file."""
    commit, kind, tree = await _asked(request)
    if kind is None:
        raise NotFound
    family = request.query_params.get("family", "") if kind is Kind.TOPIC else ""
    there = await asyncio.to_thread(shelf.read, tree)
    try:
        sheet = await asyncio.to_thread(_sheet, there, kind, family, tree, commit)
    except BrokenYaml as error:
        raise Refused(HTTPStatus.CONFLICT, f"A file cannot be read. {error}") from None
    mark = "" if request.query_params.get("mark") == "no" else MARK
    name = f"dorsi-{family if family in there.families else kind}-{commit[:8]}.csv"
    return Response(
        (mark + sheet).encode(),
        media_type=MEDIA,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def remembering(tree: Tree) -> Callable[[str], Document]:
    """The files of a commit, each read once.

    Args:
        tree: the commit's files.
    """

    @cache
    def document(path: str) -> Document:
        return Document.parse(tree.read(path) or "{}")

    return document


def _sheet(there: Shelf, kind: Kind, family: str, tree: Tree, commit: str) -> str:
    items = chosen(there.of(kind), family)
    return "".join(written(kind, items, remembering(tree), commit))


async def _asked(request: Request) -> tuple[str, Kind | None, Tree]:
    """The commit that is asked for, of what kind, and its files."""
    wanted = request.query_params.get("kind", "")
    kind = next((one for one in KINDS if one == wanted), None)
    change = request.query_params.get("change", "")
    if change.isascii() and change.isdigit() and len(change) < 10:
        draft = await service.current(services(request), int(change))
        return draft.head, kind, draft.tree
    try:
        commit = await asyncio.to_thread(_head, services(request))
    except NoContent as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from None
    return commit, kind, services(request).repository.tree(commit)


def _head(parts: Services) -> str:
    return parts.repository.head()


_PATH = "/content/spreadsheet"

routes = [
    page(_PATH, show, needs=Permission.EDIT),
    page(f"{_PATH}.csv", take_out, needs=Permission.EDIT),
]
