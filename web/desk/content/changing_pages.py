"""Beginning to change something: in a change request that is open, or in a new one."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.changes import service
from desk.changes.errors import CannotChange
from desk.content import library, making
from desk.content.addressed import address
from desk.content.making import What, Wish
from desk.content.naming import NAMES
from desk.content.shelf import Shelf
from desk.errors import CannotBe, NotFound
from desk.forms import field as typed_field
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import action, page
from desk.services import services

_CHOOSE = "Please choose a change, or give a new one a title."


@dataclass(frozen=True)
class Typed:
    """What was filled in."""

    change: str = ""
    change_title: str = ""
    reason: str = ""
    wish: Mapping[str, str] = field(default_factory=dict)


async def change(request: Request) -> Response:
    """Lead to an item's form in the change request that was chosen; a new one is made first."""
    path, part = await typed_field(request, "path"), await typed_field(request, "part")
    shelf = await library.main(services(request))
    item = shelf.at(path, part)
    if item is None:
        raise NotFound
    try:
        id = await _change_of(request)
    except CannotBe as error:
        return see_other(request, item.address, str(error))
    return see_other(request, address(id, path, part))


async def new(request: Request) -> Response:
    """The form for something new."""
    return await _new(request, _what(request), Typed())


async def make(request: Request) -> Response:
    """Make something new in a change request, and lead to its form."""
    what = _what(request)
    wish = {name: await typed_field(request, name) for name in making.FIELDS[what]}
    names = ("change", "change_title", "reason")
    typed = Typed(**{name: await typed_field(request, name) for name in names}, wish=wish)
    parts = services(request)
    try:
        made = making.made(what, Wish(**wish), await library.main(parts), date.today())
        id = await _change_of(request)
        draft = await service.current(parts, id)
        text = await asyncio.to_thread(lambda: draft.tree.read(made.path))
        after = made.text(text)
        await service.save(parts, user(request), id, draft.head, {made.path: after}, made.message)
    except CannotBe as error:
        return await _new(request, what, typed, str(error))
    return see_other(request, address(id, made.path, made.part), made.said)


async def _change_of(request: Request) -> int:
    """The change request that was chosen, or a new one.

    Raises:
        CannotChange: none was chosen, and a new one has no title.
    """
    chosen = await typed_field(request, "change")
    if chosen:
        if not (chosen.isascii() and chosen.isdecimal() and len(chosen) < 10):
            raise CannotChange(_CHOOSE)
        draft = await service.current(services(request), int(chosen))
        return draft.row.id
    title, reason = await typed_field(request, "change_title"), await typed_field(request, "reason")
    return await service.open_change(services(request), user(request), title, reason)


async def _new(request: Request, what: What, typed: Typed, trouble: str = "") -> Response:
    parts = services(request)
    shelf: Shelf = await library.main(parts)
    return render(
        request,
        "content/new.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        what=what,
        kind=making.KINDS[what],
        names=NAMES,
        families=shelf.families,
        drafts=await library.drafts(parts, user(request)),
        typed=typed,
        trouble=trouble,
    )


def _what(request: Request) -> What:
    try:
        return What(request.path_params["what"])
    except ValueError:
        raise NotFound from None


routes = [
    page("/content/new/{what}", new, needs=Permission.EDIT),
    action("/content/new/{what}", make, needs=Permission.EDIT),
    action("/content/change", change, needs=Permission.EDIT),
]
