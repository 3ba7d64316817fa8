"""The forms that content is changed in, within a change request."""

import asyncio
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.changes import service
from desk.changes.errors import Stale
from desk.changes.service import Draft
from desk.content import asking, library
from desk.content.addressed import address, base_of, draft_of, open_sheet
from desk.content.forms import looking, offering, stale
from desk.content.forms.filling import Filled
from desk.content.forms.looking import Checked, Sorted
from desk.content.forms.sheets import Rows, Sheet, put, sheet
from desk.content.naming import NAMES
from desk.content.parting import EXAMPLES
from desk.content.shelf import PARTED, Item, Shelf
from desk.errors import CannotBe
from desk.forms import field, read_form
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import action, page
from desk.services import services
from editing.shapes import Shape

_LOOK = "look"
_SAVED = "Saved."
_SAME = "Nothing was changed, so there was nothing to save."
_WRONG = "Not saved yet. What has to be mended first stands beside its field."
_MEANWHILE = (
    "Not saved yet: somebody else saved this meanwhile. Both are in the form now; where you both "
    "changed the same, it says so."
)
_GONE = (
    "Not saved: somebody took this out of the change meanwhile. What you typed is still below; "
    "copy what you need of it."
)


async def show(request: Request) -> Response:
    """The form of one part of a file, with what the checks say of it where that is asked for."""
    draft, part = await draft_of(request), request.query_params.get("part", "")
    one = await open_sheet(request, draft.head, part)
    checked, found = looking.NOT_YET, looking.NOTHING
    if _LOOK in request.query_params:
        checked, found = await asking.findings(services(request), draft, one)
    return await _form(request, draft, one, one.filled(), draft.head, checked=checked, found=found)


async def save(request: Request) -> Response:
    """Save a form; what cannot be saved comes back as it was typed, with what to do."""
    draft, part = await draft_of(request), await field(request, "part")
    base = await base_of(request, draft)
    one = await open_sheet(request, base, part)
    before = one.document.text()
    typed, wrong = await asyncio.to_thread(put, one, await read_form(request))
    after = one.document.text()
    if wrong:
        rows = one.filled(typed, wrong)
        return await _form(request, draft, one, rows, base, trouble=_WRONG)
    if after == before:
        return await _back(request, one, _SAME)
    try:
        saved = await service.save(
            services(request), user(request), draft.row.id, base, {one.path: after}, _message(one)
        )
    except Stale:
        return await _again(request, one, base, after)
    except CannotBe as error:
        rows = one.filled(typed, wrong)
        return await _form(request, draft, one, rows, base, trouble=f"Not saved. {error}")
    return await _back(request, one, f"{_SAVED} {saved.said}".strip())


async def _again(request: Request, one: Sheet, base: str, typed: str) -> Response:
    """The form of a file that somebody else saved meanwhile."""
    draft, repository = await draft_of(request), services(request).repository
    started = await asyncio.to_thread(lambda: repository.tree(base).read(one.path))
    saved = await asyncio.to_thread(lambda: draft.tree.read(one.path))
    if saved is None:
        return await _form(request, draft, one, one.filled(), base, trouble=_GONE)
    both = await asyncio.to_thread(stale.together, one.path, started or "", saved, typed)
    mixed = await asyncio.to_thread(sheet, one.path, both.text, one.part.name)
    rows = stale.marked(mixed.filled(), both.saved)
    return await _form(request, draft, mixed, rows, draft.head, trouble=_MEANWHILE)


async def _back(request: Request, one: Sheet, said: str) -> Response:
    """Lead on after saving: to the form with what the checks say, or to the change."""
    id = request.path_params["id"]
    if await field(request, "then") == "change":
        return see_other(request, f"/changes/{id}", said)
    return see_other(request, address(id, one.path, one.part.name, look="yes"), said)


async def _form(
    request: Request,
    draft: Draft,
    one: Sheet,
    rows: Rows,
    base: str,
    *,
    trouble: str = "",
    checked: Checked = looking.NOT_YET,
    found: Sorted = looking.NOTHING,
) -> Response:
    shelf = await asyncio.to_thread(library.at, services(request).repository, draft.head)
    named = [
        (group, [_with_near(offering.offered(box, shelf), draft.row.id, one) for box in boxes])
        for group, boxes in rows
    ]
    boxes = [box for _, group in named for box in group]
    return render(
        request,
        "content/edit.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        change=draft.row,
        item=_item(one, shelf),
        path=one.path,
        part=one.part,
        # A file that holds many leads to each of them from its list.
        parts=[] if one.kind in PARTED else one.parts,
        address=address(draft.row.id, one.path),
        look=f"/changes/{draft.row.id}/look/{quote(one.path)}",
        base=base,
        names=NAMES,
        rows=named,
        offers=offering.lists(boxes, shelf),
        trouble=trouble,
        state="returned" if trouble else "saved" if _LOOK in request.query_params else "",
        checked=checked,
        found=found.found,
        elsewhere=found.elsewhere,
    )


def _message(one: Sheet) -> str:
    """What the history says of a form that was saved."""
    return f"Edited: {one.part.name or one.document.get(('title',)) or one.path}"


def _item(one: Sheet, shelf: Shelf) -> Item:
    found = shelf.at(one.path, one.part.name) or shelf.at(one.path)
    return found or Item(one.kind, one.part.name or one.path, one.path, one.path, {})


def _with_near(box: Filled, change: int, one: Sheet) -> Filled:
    """A box of examples knows where to ask for those that are nearly the same."""
    if box.field.shape is not Shape.LINES or box.field.key[-1] != EXAMPLES:
        return box
    return replace(box, near=f"/changes/{change}/near/{quote(one.path)}")


routes = [
    page("/changes/{id:int}/edit/{path:path}", show, needs=Permission.EDIT),
    action("/changes/{id:int}/edit/{path:path}", save, needs=Permission.EDIT),
]
