"""The list of the inbox for editors, and what is done on it."""

import re
from collections.abc import Callable, Sequence
from urllib.parse import parse_qsl

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk import served
from desk.access.permissions import Permission
from desk.catalogue import Catalogue
from desk.errors import CannotBe
from desk.forms import field, read_form
from desk.intake import dismissing, page, unanswered
from desk.intake.page import Found
from desk.intake.turns import Place
from desk.intake.wanted import KINDS, PAGE, TO_DO, Order, Source, wanted
from desk.privacy import audit, viewing
from desk.rendering import page as render
from desk.rendering import see_other
from desk.review import work
from desk.review.doing import do, number_of
from desk.review.form import RULINGS
from desk.routing import action
from desk.routing import page as shows
from desk.services import services
from records.base import now
from records.words import WorkStatus

MAX_QUERY = 500
_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")


async def show(request: Request) -> Response:
    """What is to be done: of one source, a page of it."""
    asked = wanted(request.query_params, now().date())
    await viewing.sentences(request)
    known, database = await catalogue_of(request), services(request).database
    found: Found
    if asked.source is Source.UNANSWERED:
        groups = await unanswered.groups(database, asked)
        found = await database.read(lambda db: page.groups(db, asked, known, groups))
    elif asked.source is Source.UNSURE:
        found = await database.read(lambda db: page.unsure_turns(db, asked, known))
    else:
        found = await database.read(lambda db: page.reviews(db, asked, known))
    return render(
        request,
        "intake/list.html",
        asked=asked,
        found=found,
        sources=page.SOURCES,
        Source=Source,
        orders=Order,
        kinds=KINDS,
        rulings=RULINGS,
        catalogue=known,
    )


async def close(request: Request) -> Response:
    """Accept something of the work list without an example, or dismiss it with a reason."""
    who, id = audit.actor(request), number_of(request, "id")
    reason, asked = await field(request, "reason"), await field(request, "status")
    status = WorkStatus.ACCEPTED if asked == WorkStatus.ACCEPTED else WorkStatus.DISMISSED
    said = f"It is {status}."
    return await do(request, TO_DO, said, lambda db: work.close(db, who, id, status, reason))


async def dismiss(request: Request) -> Response:
    """Dismiss the marked messages with a reason."""
    who, reason = audit.actor(request), await field(request, "reason")
    places = await marked(request)
    try:
        count = await services(request).database.write(
            lambda db: dismissing.dismiss(db, who, places, reason)
        )
    except CannotBe as error:
        return see_other(request, await back(request), str(error))
    said = f"Dismissed: {count}. You find them under “Dismissed” and can take it back there."
    return see_other(request, await back(request), said)


async def show_dismissed(request: Request) -> Response:
    """What was dismissed, the newest first."""
    await viewing.sentences(request)
    number = page_of(request)
    found, count = await services(request).database.read(
        lambda db: (dismissing.listed(db, number), dismissing.count(db))
    )
    return render(
        request,
        "intake/dismissed.html",
        found=found,
        count=count,
        number=number,
        is_more=count > number * PAGE,
    )


async def undo(request: Request) -> Response:
    """Take a dismissal back."""
    places, who = await marked(request), audit.actor(request)

    def change(db: Connection) -> None:
        if not places:
            raise CannotBe(dismissing.NOTHING_MARKED)
        dismissing.undo(db, who, places[0])

    return await tried(request, f"{TO_DO}/dismissed", "It is on the list again.", change)


async def tried(
    request: Request, path: str, said: str, change: Callable[[Connection], object]
) -> Response:
    """Change something in one transaction, and lead to a page with a sentence on it."""
    try:
        await services(request).database.write(change)
    except CannotBe as error:
        return see_other(request, path, str(error))
    return see_other(request, path, said)


async def catalogue_of(request: Request) -> Catalogue:
    """The titles of what is served."""
    return await served.titles(services(request))


async def marked(request: Request) -> Sequence[Place]:
    """The turns that a form names."""
    given = [str(one) for one in (await read_form(request)).getlist("turn")]
    found = (_PLACE.fullmatch(one) for one in dict.fromkeys(given))
    return [Place(int(one[1]), int(one[2])) for one in found if one]


async def back(request: Request) -> str:
    """The part of the inbox that a form was sent from."""
    query = (await field(request, "query")).rpartition("?")[2]
    return wanted(dict(parse_qsl(query[:MAX_QUERY])), now().date()).link


def page_of(request: Request) -> int:
    """The page that the address asks for, counted from 1."""
    typed = request.query_params.get("page", "")
    return int(typed) if re.fullmatch(r"[1-9][0-9]{0,3}", typed) else 1


routes = [
    shows(TO_DO, show, needs=Permission.EDIT),
    shows(f"{TO_DO}/dismissed", show_dismissed, needs=Permission.EDIT),
    action(f"{TO_DO}/dismiss", dismiss, needs=Permission.EDIT),
    action(f"{TO_DO}/undo", undo, needs=Permission.EDIT),
    action(TO_DO + "/{id:int}", close, needs=Permission.EDIT),
]
