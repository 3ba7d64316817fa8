"""The pages of conversations."""

from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk import forms, served
from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.errors import NotFound
from desk.privacy import audit, viewing
from desk.rendering import page as render
from desk.review.doing import number_of
from desk.review.form import RULINGS, Filled
from desk.routing import page
from desk.services import services
from desk.transcript.head import WORDS, lasted
from desk.transcript.page import Asked, first_to_judge, place_of, read
from desk.transcript.place import MAX_QUERY, path_of
from records.words import Level


async def show(request: Request) -> Response:
    """A page of a conversation, and an entry of the audit log."""
    parts, asked, who = services(request), _asked(request), user(request)
    known = await served.titles(parts)
    found = await parts.database.read(lambda connection: read(connection, asked, who, known))
    if found is None:
        raise NotFound
    # Before it is shown: what is not written down is not seen.
    unmasked = found.unmasked_until is not None
    await viewing.conversation(
        parts.database, audit.actor(request), asked.number, unmasked=unmasked
    )
    return render(
        request,
        "transcript/conversation.html",
        shown=found,
        head=found.head,
        level=Level(found.head.level),
        reviews=who.may(Permission.REVIEW),
        asked=replace(asked, page=found.page),
        mine=Filled(),
        wrong="",
        catalogue=known,
        words=WORDS,
        rulings=RULINGS,
        lasted=lasted(found.head.last_at - found.head.began_at),
        open_incidents=found.open_incidents,
    )


async def turn(request: Request) -> Response:
    """Lead to the page that a turn stands on."""
    asked, seq = _asked(request), number_of(request, "seq")
    place = await services(request).database.read(
        lambda connection: place_of(connection, asked, seq)
    )
    return _lead(place)


async def to_judge(request: Request) -> Response:
    """Lead to the first turn that is to be looked at and not judged yet."""
    asked = _asked(request)
    place = await services(request).database.read(
        lambda connection: first_to_judge(connection, asked)
    )
    return _lead(place)


def _lead(place: Asked | None) -> Response:
    if place is None:
        raise NotFound
    to = path_of(place.number, place.page, place.at, place.query)
    return RedirectResponse(to, HTTPStatus.SEE_OTHER)


def _asked(request: Request) -> Asked:
    query = request.query_params
    at = _int(query.get("at", ""))
    return Asked(
        number=number_of(request, "number"),
        page=_int(query.get("page", "")) or 1,
        at=at,
        query=forms.clean(query.get("q", ""))[:MAX_QUERY],
    )


def _int(text: str) -> int | None:
    """A number of an address; None for whatever else stands there."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


routes = [
    page("/conversations/{number:int}", show, needs=Permission.READ),
    page("/conversations/{number:int}/turns/{seq:int}", turn, needs=Permission.READ),
    page("/conversations/{number:int}/to-judge", to_judge, needs=Permission.READ),
]
