"""The inbox's pages and what is done on them."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk import served
from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.forms import field, read_form
from desk.inbox import badge, bulk, listing, page, views
from desk.inbox.asked import Asked, asked
from desk.inbox.bulk import Wish
from desk.inbox.filters import ME, NOBODY, Around
from desk.inbox.sorting import SORTS
from desk.inbox.views import CannotSave
from desk.privacy import audit, viewing
from desk.rendering import fragment, see_other
from desk.rendering import page as render
from desk.review.errors import CannotReview
from desk.routing import action
from desk.routing import page as shows
from desk.services import services
from records.base import now
from records.words import Status

PATH = "/inbox"


async def inbox(request: Request) -> Response:
    """The conversations that a search finds, a page of them."""
    wanted, around = asked(request.url.query), _around(request)
    parts = services(request)
    await viewing.sentences(request)
    found = await parts.database.read(lambda db: page.found(db, wanted, around))
    names = await asyncio.to_thread(page.names, found, await served.data(parts))
    return render(
        request,
        "inbox/list.html",
        asked=wanted,
        rows=page.rows(found, names, around.now),
        chips=page.chips(wanted, names),
        choices=page.choices(names, found.reviewers),
        count=page.counted(found.count, listing.COUNTED),
        sorts=SORTS,
        views=found.views,
        view_count=lambda count: page.counted(count, views.COUNTED),
        newer=_link(wanted, "before", found.listing.newer),
        older=_link(wanted, "after", found.listing.older),
        statuses=[(one.value, one.value.replace("_", " ")) for one in Status],
        reviewers=found.reviewers,
    )


async def emergencies(request: Request) -> Response:
    """The badge's number, or nothing where it is the one that is shown."""
    number = await badge.emergencies(services(request).database)
    request.app.state.emergencies = number
    if request.query_params.get("shown") == str(number):
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return fragment(request, "inbox/number.html")


async def review(request: Request) -> Response:
    """Give the marked conversations a status, an assignee, or both."""
    form, who, back = await read_form(request), audit.actor(request), await _back(request)
    marked = bulk.seen([str(one) for one in form.getlist("marked")])
    wish = await _wish(request)
    if not marked or wish == Wish():
        what = "Please mark conversations and choose what to do with them. Nothing was done."
        return see_other(request, back, what)
    try:
        came = await services(request).database.write(lambda db: bulk.review(db, who, marked, wish))
    except CannotReview as error:
        return see_other(request, back, str(error))
    said = f"Reviewed: {came.done}."
    if came.stale:
        said += f" Left as they are, for somebody changed them meanwhile: {came.stale}."
    return see_other(request, back, said)


async def save_view(request: Request) -> Response:
    """Keep the search under a name."""
    name, query = await field(request, "name"), await field(request, "query")
    shared = await field(request, "shared") == "yes"
    if shared and not user(request).may(Permission.MANAGE_TAGS):
        return see_other(request, await _back(request), "Your role shares no views.")
    owner = None if shared else user(request).id
    return await _change(
        request, "The view is saved.", lambda db: views.save(db, owner, name, query)
    )


async def rename_view(request: Request) -> Response:
    """Give a view another name."""
    id, name = _view(request), await field(request, "name")
    mine, shares = user(request).id, user(request).may(Permission.MANAGE_TAGS)
    return await _change(
        request,
        "The view is renamed.",
        lambda db: views.rename(db, id, mine, name, may_share=shares),
    )


async def delete_view(request: Request) -> Response:
    """Delete a view."""
    id, mine = _view(request), user(request).id
    shares = user(request).may(Permission.MANAGE_TAGS)
    return await _change(
        request, "The view is deleted.", lambda db: views.remove(db, id, mine, may_share=shares)
    )


async def _change(request: Request, said: str, change: Callable[[Connection], None]) -> Response:
    back = await _back(request)
    try:
        await services(request).database.write(change)
    except CannotSave as error:
        return see_other(request, back, str(error))
    return see_other(request, back, said)


async def _wish(request: Request) -> Wish:
    """What is to become of the marked conversations; what nobody offered is no wish."""
    status, assignee = await field(request, "status"), await field(request, "assignee")
    wanted = Status(status) if status in list(Status) else None
    if assignee == NOBODY:
        return Wish(wanted, assigns=True)
    if assignee == ME:
        return Wish(wanted, assigns=True, assignee=user(request).id)
    if assignee.isascii() and assignee.isdecimal() and len(assignee) < 10:
        return Wish(wanted, assigns=True, assignee=int(assignee))
    return Wish(wanted)


async def _back(request: Request) -> str:
    """Where the form was sent from: a search that can be read, and nothing else."""
    query = asked(await field(request, "query")).query
    return f"{PATH}?{query}" if query else PATH


def _view(request: Request) -> int:
    number: int = request.path_params["view"]
    return min(number, 2**31 - 1)


def _around(request: Request) -> Around:
    return Around(user(request).id, now(), services(request).database.is_sqlite)


def _link(wanted: Asked, direction: str, place: str | None) -> str | None:
    return None if place is None else f"?{wanted.changed(**{direction: place})}"


routes = [
    shows(PATH, inbox, needs=Permission.READ),
    shows(f"{PATH}/emergencies", emergencies, needs=Permission.READ, live=True),
    action(f"{PATH}/review", review, needs=Permission.REVIEW),
    action(f"{PATH}/views", save_view, needs=Permission.READ),
    action(f"{PATH}/views/{{view:int}}/rename", rename_view, needs=Permission.READ),
    action(f"{PATH}/views/{{view:int}}/delete", delete_view, needs=Permission.READ),
]
