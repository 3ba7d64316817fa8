"""The pages on which a whole item is deleted, or a topic gets another id."""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.changes.service import Draft
from desk.content import drafting, shelf
from desk.content.moving import families, plans, tested
from desk.content.moving.breaking import breaking
from desk.content.moving.plans import Plan
from desk.content.naming import NAMES
from desk.content.shelf import Item, Shelf
from desk.errors import NotFound
from desk.forms import clean, field
from desk.rendering import page as render
from desk.routing import action, page
from desk.services import services
from editing.placing import CannotEdit
from editing.shapes import Kind

MAX_ID = 120
DELETED = frozenset({Kind.TOPIC, Kind.ACT, Kind.EXERCISE, Kind.RED_FLAG})
"""Kinds whose items have files of their own."""


async def ask_deletion(request: Request) -> Response:
    """What would break if an item were deleted, and what is to take its place."""
    return await _deletion(request, clean(request.query_params.get("instead", "")))


async def delete(request: Request) -> Response:
    """Delete an item with all that names it."""
    draft = await drafting.draft_of(request)
    item, _, files = await _found(request, draft)
    instead = await field(request, "instead")
    plan = await _planned(plans.deletion, item.kind, item.id, files, instead)
    if plan.blocked or await field(request, "sure") != "yes":
        return await _deletion(request, instead, asked=True)
    message = f"The {NAMES[item.kind].one} “{item.title}” deleted, with what named it."
    return await drafting.keep(request, draft, plan.edits, message, drafting.address(draft))


async def ask_name(request: Request) -> Response:
    """The form for another id; with one in the address, what would change."""
    return await _renaming(request, clean(request.query_params.get("to", "")).strip())


async def rename(request: Request) -> Response:
    """Give a topic another id, and follow it everywhere."""
    draft, to = await drafting.draft_of(request), (await field(request, "to"))[:MAX_ID]
    item, _, files = await _found(request, draft, Kind.TOPIC)
    plan = await _planned(plans.renaming, item.id, to, files)
    if plan.blocked:
        return await _renaming(request, to)
    message = f"The topic {item.id} is called {to} now, everywhere."
    return await drafting.keep(request, draft, plan.edits, message, drafting.address(draft))


async def _deletion(request: Request, instead: str, *, asked: bool = False) -> Response:
    draft = await drafting.draft_of(request)
    item, there, files = await _found(request, draft)
    others = [one for one in there.of(item.kind) if one.id != item.id]
    chosen = next((one for one in others if one.id == instead), None)
    id = chosen.id if chosen else ""
    plan = await _planned(plans.deletion, item.kind, item.id, files, id)
    values = {"others": others, "instead": id, "unsure": asked and not plan.blocked}
    return await _page(request, draft, item, "delete", plan, values, wrong=asked)


async def _renaming(request: Request, to: str) -> Response:
    draft = await drafting.draft_of(request)
    item, _, files = await _found(request, draft, Kind.TOPIC)
    plan = await _planned(plans.renaming, item.id, to[:MAX_ID], files) if to else Plan()
    values = {"to": to[:MAX_ID], "families": families.titles(files)}
    return await _page(request, draft, item, "rename", plan, values, wrong=bool(plan.blocked))


async def _page(
    request: Request,
    draft: Draft,
    item: Item,
    name: str,
    plan: Plan,
    values: Mapping[str, Any],
    *,
    wrong: bool,
) -> Response:
    parts = services(request)
    found, trouble = await breaking(parts, draft, plan.edits) if plan.edits else ([], "")
    return render(
        request,
        f"content/many/{name}.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        change=draft.row,
        item=item,
        named=NAMES[item.kind].one,
        plan=plan,
        found=found,
        trouble=trouble,
        tests=await asyncio.to_thread(tested.naming, item.id) if item.kind is Kind.TOPIC else [],
        **values,
    )


async def _found(
    request: Request, draft: Draft, kind: Kind | None = None
) -> tuple[Item, Shelf, dict[str, str]]:
    """The item of the address, all others, and the texts of all files."""
    there = await asyncio.to_thread(shelf.read, draft.tree)
    item = there.at(request.path_params["path"])
    if item is None or item.kind not in ({kind} if kind else DELETED):
        raise NotFound
    return item, there, await drafting.texts_of(draft.tree)


async def _planned[**P](make: Callable[P, Plan], *asked: P.args, **more: P.kwargs) -> Plan:
    try:
        return await asyncio.to_thread(make, *asked, **more)
    except CannotEdit as error:
        return Plan(blocked=[str(error)])


_DELETE = "/changes/{id:int}/delete/{path:path}"
_RENAME = "/changes/{id:int}/rename/{path:path}"

routes = [
    page(_DELETE, ask_deletion, needs=Permission.EDIT),
    action(_DELETE, delete, needs=Permission.EDIT),
    page(_RENAME, ask_name, needs=Permission.EDIT),
    action(_RENAME, rename, needs=Permission.EDIT),
]
