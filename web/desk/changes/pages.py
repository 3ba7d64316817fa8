"""The pages of change requests."""

import asyncio
from collections.abc import Awaitable, Mapping
from http import HTTPStatus
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.changes import joining, rows, service, told
from desk.changes.asked import choices, questions
from desk.changes.errors import CannotChange
from desk.errors import NotFound, Refused
from desk.forms import field, read_form
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import action, page
from desk.services import services
from editing.broken import BrokenYaml
from editing.git import commit_id
from records.words import ChangeStatus

CHANGES = "/changes"
_SHOWN: Mapping[str, tuple[ChangeStatus, ...]] = MappingProxyType(
    {
        "open": rows.OPEN,
        "published": (ChangeStatus.PUBLISHED,),
        "withdrawn": (ChangeStatus.WITHDRAWN,),
    }
)
_CHECKS = "/changes/{id:int}/publishing"


async def show_list(request: Request) -> Response:
    """All change requests, and a form for a new one."""
    return await _listed(request)


async def create(request: Request) -> Response:
    """Make a change request."""
    title, reason = await field(request, "title"), await field(request, "reason")
    try:
        id = await service.open_change(services(request), user(request), title, reason)
    except CannotChange as error:
        return await _listed(request, wrong=str(error), title=title, reason=reason)
    return see_other(request, f"{CHANGES}/{id}", "It is made. Now change something.")


async def take_from_outside(request: Request) -> Response:
    """Make a change request of what conflicts where the content comes from."""
    try:
        id = await service.open_from_outside(services(request), user(request))
    except CannotChange as error:
        return see_other(request, CHANGES, str(error))
    return see_other(request, f"{CHANGES}/{id}", "Please look at what conflicts, and choose.")


async def look_outside(request: Request) -> Response:
    """Take in what is new where the content comes from."""
    try:
        found = await service.fetch(services(request))
    except CannotChange as error:
        return see_other(request, CHANGES, str(error))
    said = found.said or "What is new was taken in."
    return see_other(request, CHANGES, said if found.commit else "Something conflicts there.")


async def show(request: Request) -> Response:
    """One change request: what it changes in words, and what can be done to it."""
    return await _overview(request)


async def describe(request: Request) -> Response:
    """Give it another title and reason."""
    title, reason = await field(request, "title"), await field(request, "reason")
    did = service.describe(services(request), user(request), _id(request), title, reason)
    return await _do(request, did, "It is changed.")


async def submit(request: Request) -> Response:
    """Hand it in."""
    did = service.submit(services(request), user(request), _id(request))
    said = "It is handed in. Now it is checked, and somebody else looks at it."
    return await _do(request, did, said)


async def withdraw(request: Request) -> Response:
    """Take it back."""
    did = service.withdraw(services(request), user(request), _id(request))
    return await _do(request, did, "It is withdrawn. It can be opened again.")


async def reopen(request: Request) -> Response:
    """Open it again."""
    did = service.reopen(services(request), user(request), _id(request))
    return await _do(request, did, "It is open again.")


async def take_in(request: Request) -> Response:
    """Take in what was published meanwhile, or ask where both changed the same."""
    parts, id = services(request), _id(request)
    try:
        result = await service.take_in(parts, user(request), id)
        main = (await service.current(parts, id)).main
    except CannotChange as error:
        return see_other(request, _path(request), str(error))
    if result.conflicts:
        return see_other(request, f"{_path(request)}/conflicts/{main}")
    return see_other(request, _path(request), result.said or "What was published is in it now.")


async def show_conflicts(request: Request) -> Response:
    """What two changed in two ways, with both beside each other."""
    return await _conflicts(request)


async def choose(request: Request) -> Response:
    """Keep what somebody chose."""
    parts, id, other = services(request), _id(request), _commit(request)
    head, form = await field(request, "head"), await read_form(request)
    try:
        both = await asyncio.to_thread(joining.compare, parts.repository, id, other)
        chosen = choices(both.merged.conflicts, form)
        await service.choose(parts, user(request), id, head, other, chosen)
    except BrokenYaml as error:
        return await _conflicts(request, wrong=f"What you wrote cannot be read. {error}")
    except CannotChange as error:
        return await _conflicts(request, wrong=str(error))
    return see_other(request, _path(request), "It is put together as you chose.")


async def _listed(request: Request, wrong: str = "", **typed: str) -> Response:
    parts, shown = services(request), request.query_params.get("show", "open")
    statuses = _SHOWN.get(shown, rows.OPEN)
    found = await parts.database.read(lambda db: rows.listed(db, statuses))
    return render(
        request,
        "changes/list.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        changes=found,
        shown=shown if shown in _SHOWN else "open",
        all_shown=list(_SHOWN),
        statuses=told.STATUSES,
        most=rows.LIST,
        wrong=wrong,
        typed={"title": "", "reason": "", **typed},
        limits=(rows.MAX_TITLE, rows.MAX_REASON),
    )


async def _overview(request: Request, wrong: str = "") -> Response:
    parts = services(request)
    try:
        draft = await service.current(parts, _id(request))
    except CannotChange as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from None
    files = await asyncio.to_thread(told.told, parts.repository, draft)
    steps = await asyncio.to_thread(parts.repository.log, draft.head, [draft.main])
    there = request.app.state.paths
    return render(
        request,
        "changes/change.html",
        status=HTTPStatus.CONFLICT if wrong else HTTPStatus.OK,
        change=draft.row,
        draft=draft,
        files=files,
        steps=steps,
        statuses=told.STATUSES,
        editing="/changes/{id:int}/edit/{path:path}" in there,
        browsing="/content" in there,
        publishing=_CHECKS in there,
        wrong=wrong,
        limits=(rows.MAX_TITLE, rows.MAX_REASON),
    )


async def _conflicts(request: Request, wrong: str = "") -> Response:
    parts, id = services(request), _id(request)
    row = await parts.database.read(lambda db: rows.read(db, id))
    try:
        both = await asyncio.to_thread(joining.compare, parts.repository, id, _commit(request))
    except CannotChange as error:
        return see_other(request, _path(request), wrong or str(error))
    form = await read_form(request) if request.method == "POST" else None
    return render(
        request,
        "changes/conflicts.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        change=row,
        both=both,
        asked=questions(both.merged.conflicts, form),
        wrong=wrong,
    )


async def _do(request: Request, did: Awaitable[object], said: str) -> Response:
    """Do something, and lead back to the change request with a sentence on it."""
    try:
        await did
    except CannotChange as error:
        return see_other(request, _path(request), str(error))
    return see_other(request, _path(request), said)


def _id(request: Request) -> int:
    id: int = request.path_params["id"]
    return id


def _commit(request: Request) -> str:
    try:
        return commit_id(request.path_params["commit"])
    except ValueError:
        raise NotFound from None


def _path(request: Request) -> str:
    return f"{CHANGES}/{_id(request)}"


_AT = "/changes/{id:int}"

routes = [
    page(CHANGES, show_list, needs=Permission.EDIT),
    action(CHANGES, create, needs=Permission.EDIT),
    action("/changes/outside", look_outside, needs=Permission.EDIT),
    action("/changes/from-outside", take_from_outside, needs=Permission.EDIT),
    page(_AT, show, needs=Permission.EDIT),
    action(f"{_AT}/describe", describe, needs=Permission.EDIT),
    action(f"{_AT}/submit", submit, needs=Permission.EDIT),
    action(f"{_AT}/withdraw", withdraw, needs=Permission.EDIT),
    action(f"{_AT}/reopen", reopen, needs=Permission.EDIT),
    action(f"{_AT}/take-in", take_in, needs=Permission.EDIT),
    page(f"{_AT}/conflicts/{{commit}}", show_conflicts, needs=Permission.EDIT),
    action(f"{_AT}/conflicts/{{commit}}", choose, needs=Permission.EDIT),
]
