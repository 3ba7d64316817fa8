"""Erasing one conversation, and the proof that it is gone."""

import logging
from http import HTTPStatus

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.errors import CannotBe, NotFound
from desk.forms import field
from desk.privacy import audit, erasing, proofs
from desk.privacy.audit import Action, Actor
from desk.privacy.conversation_pages import HIGHEST, number_of
from desk.privacy.reasons import LONGEST, SHORTEST
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import action, page
from desk.services import services
from records import search
from records.database import Database

log = logging.getLogger(__name__)

NOT_THE_NUMBER = "Type the number of this conversation, {}, to erase it."


async def show(request: Request) -> Response:
    """What would be erased, and the form to do it."""
    return await _form(request)


async def erase(request: Request) -> Response:
    """Erase a conversation and lead to the proof."""
    number, who, database = number_of(request), audit.actor(request), services(request).database
    reason = await field(request, "reason")
    with_diary = await field(request, "diary") == "yes"
    if await field(request, "number") != str(number):
        return await _form(request, number_wrong=NOT_THE_NUMBER.format(number), reason=reason)
    try:
        id = await database.write(
            lambda db: erasing.erase(db, who, number, reason, with_diary=with_diary)
        )
    except CannotBe as error:
        return await _form(request, wrong=str(error), reason=reason)
    response = see_other(request, f"/erasures/{id}", "It is erased. This page proves it.")
    response.background = BackgroundTask(_purge, database, who, number)
    return response


async def show_proof(request: Request) -> Response:
    """The proof of an erasure, with what the database says now."""
    id, database = _id(request), services(request).database
    found = await database.read(lambda db: proofs.proof(db, id))
    return render(request, "privacy/proof.html", id=id, proof=found, on_file=database.is_sqlite)


async def purge(request: Request) -> Response:
    """Empty the files once more, where that could not be done at once."""
    id, who, database = _id(request), audit.actor(request), services(request).database
    found = await database.read(lambda db: proofs.proof(db, id))
    done = await _purge(database, who, found.number)
    said = "The words are out of the file." if done else "The file is in use. Try it again soon."
    return see_other(request, f"/erasures/{id}", said)


async def _purge(database: Database, who: Actor, number: int) -> bool:
    """Take the erased words out of SQLite's files, too, and note that it was done."""
    try:
        if not await search.purge(database):
            return False
        about = audit.conversation(number)
        await database.write(lambda db: audit.append(db, who, Action.FILE_EMPTIED, about, {}))
    except Exception:
        log.exception("erased words are still in the database's file")
        return False
    return True


async def _form(
    request: Request, wrong: str = "", number_wrong: str = "", reason: str = ""
) -> Response:
    number = number_of(request)
    plan = await services(request).database.read(lambda db: erasing.plan(db, number))
    return render(
        request,
        "privacy/erase.html",
        status=HTTPStatus.BAD_REQUEST if wrong or number_wrong else HTTPStatus.OK,
        plan=plan,
        wrong=wrong,
        number_wrong=number_wrong,
        reason=reason,
        shortest=SHORTEST,
        longest=LONGEST,
    )


def _id(request: Request) -> int:
    id: int = request.path_params["id"]
    if id > HIGHEST:
        raise NotFound
    return id


_ERASE = "/conversations/{number:int}/erase"

routes = [
    page(_ERASE, show, needs=Permission.ERASE),
    action(_ERASE, erase, needs=Permission.ERASE),
    page("/erasures/{id:int}", show_proof, needs=Permission.ERASE),
    action("/erasures/{id:int}/purge", purge, needs=Permission.ERASE),
]
