"""What is done to a conversation from its page; each leads back to where it was done."""

from collections.abc import Callable
from http import HTTPStatus

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk import served
from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.errors import NotFound
from desk.forms import field
from desk.privacy import audit
from desk.rendering import page as render
from desk.rendering import see_other
from desk.review import form, notes, steps, tags, verdicts
from desk.review.doing import number_of, whole
from desk.review.errors import CannotReview, Gone
from desk.review.form import Filled
from desk.routing import action
from desk.services import services
from desk.transcript.page import Asked
from desk.transcript.place import MAX_QUERY, path_of
from records.words import INCIDENTS, Ruling, Status


async def set_status(request: Request) -> Response:
    """Give the conversation a status."""
    wanted, version = await field(request, "status"), await whole(request, "version")
    number, who = number_of(request, "number"), audit.actor(request)
    if wanted not in list(Status):
        return await _back(request, "There is no such status. Nothing was done.")
    said = f"The status is now: {wanted.replace('_', ' ')}."
    return await _do(
        request, said, lambda db: steps.set_status(db, who, number, version, Status(wanted))
    )


async def assign(request: Request) -> Response:
    """Give the conversation to somebody, or to nobody."""
    number, who = number_of(request, "number"), audit.actor(request)
    version, assignee = await whole(request, "version"), await field(request, "assignee")
    mine = await field(request, "me") == "yes"
    wanted = user(request).id if mine else await whole(request, "assignee") if assignee else None
    said = "It is assigned." if wanted is not None else "It is assigned to nobody."
    return await _do(request, said, lambda db: steps.assign(db, who, number, version, wanted))


async def undo(request: Request) -> Response:
    """Undo the latest step."""
    number, who = number_of(request, "number"), audit.actor(request)
    version, step = await whole(request, "version"), await whole(request, "step")
    return await _do(
        request, "It is undone.", lambda db: steps.undo(db, who, number, version, step)
    )


async def tag(request: Request) -> Response:
    """Put a tag on the conversation, or take one off."""
    number, who = number_of(request, "number"), audit.actor(request)
    on, off = await whole(request, "add"), await whole(request, "remove")
    if await field(request, "remove"):
        said = "The tag is taken off."
        return await _do(request, said, lambda db: tags.remove(db, who, number, off))
    return await _do(request, "The tag is on it.", lambda db: tags.add(db, who, number, on))


async def note(request: Request) -> Response:
    """Add a note."""
    number, who = number_of(request, "number"), audit.actor(request)
    text = await field(request, "text")
    return await _do(request, "The note is added.", lambda db: notes.add(db, who, number, text))


async def verdict(request: Request) -> Response:
    """Keep a verdict on a turn; what has to be mended is shown again with what was filled in."""
    number, seq = number_of(request, "number"), number_of(request, "seq")
    names = ("verdict", "topic", "flag", "comment")
    fields = {name: await field(request, name) for name in names}
    parts, who = services(request), audit.actor(request)
    known = await served.titles(parts)
    try:
        judged = form.read(fields, known)
    except form.Wrong as wrong:
        return render(
            request,
            "review/again.html",
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            wrong=str(wrong),
            mine=Filled(fields["topic"], fields["flag"], fields["comment"]),
            asked=await _asked(request, seq),
            catalogue=known,
            rulings=form.RULINGS,
        )
    try:
        given = await parts.database.write(
            lambda db: verdicts.give(db, who, number, seq, judged, known)
        )
    except Gone:
        raise NotFound from None
    return await _back(request, _said(seq, judged.ruling, given), at=seq)


def _said(seq: int, ruling: Ruling, given: verdicts.Given) -> str:
    parts = [f"Your verdict on turn {seq} is kept: {form.RULINGS[ruling].lower()}."]
    if given.incident is not None:
        parts.append(f"Incident {given.incident} is open; somebody else looks at it too.")
    if given.work:
        parts.append("The editors see it on their list.")
    if given.changed:
        parts.append("It takes the place of your earlier one.")
        if ruling not in INCIDENTS:
            parts.append("An incident that is open stays open until it was looked at twice.")
    return " ".join(parts)


async def _do[T](request: Request, said: str, work: Callable[[Connection], T]) -> Response:
    """Do something in one transaction, and lead back with a sentence on it."""
    try:
        await services(request).database.write(work)
    except Gone:
        raise NotFound from None
    except CannotReview as error:
        return await _back(request, str(error))
    return await _back(request, said)


async def _back(request: Request, said: str, at: int | None = None) -> Response:
    asked = await _asked(request, at)
    return see_other(request, path_of(asked.number, asked.page, asked.at, asked.query), said)


async def _asked(request: Request, at: int | None = None) -> Asked:
    """Where on the conversation's page it was done."""
    seen = await whole(request, "at")
    return Asked(
        number=number_of(request, "number"),
        page=max(await whole(request, "page"), 1),
        at=at if at is not None else seen if seen > 0 else None,
        query=(await field(request, "q"))[:MAX_QUERY],
    )


_AT = "/conversations/{number:int}"

routes = [
    action(f"{_AT}/status", set_status, needs=Permission.REVIEW),
    action(f"{_AT}/assign", assign, needs=Permission.REVIEW),
    action(f"{_AT}/undo", undo, needs=Permission.REVIEW),
    action(f"{_AT}/tags", tag, needs=Permission.REVIEW),
    action(f"{_AT}/notes", note, needs=Permission.REVIEW),
    action(f"{_AT}/turns/{{seq:int}}/verdict", verdict, needs=Permission.REVIEW),
]
