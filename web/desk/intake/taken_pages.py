"""The page of what became of the examples that were taken."""

from collections.abc import Sequence

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.errors import CannotBe
from desk.intake import became, scoring
from desk.intake.became import Unscored
from desk.intake.routes import catalogue_of, page_of
from desk.intake.wanted import PAGE, TO_DO
from desk.privacy import audit
from desk.rendering import page as render
from desk.rendering import see_other
from desk.review.doing import number_of
from desk.routing import action
from desk.routing import page as shows
from desk.services import services
from releases import switching

TAKEN = f"{TO_DO}/taken"


async def show(request: Request) -> Response:
    """The examples that were taken, each with how likely its target was and is."""
    known, number = await catalogue_of(request), page_of(request)
    only = request.query_params.get("only") == "not-understood"
    found, counts, waiting = await services(request).database.read(
        lambda db: (
            became.listed(db, known, number, not_understood=only),
            became.counts(db),
            _waiting(db),
        )
    )
    whole = counts.not_understood if only else counts.taken
    return render(
        request,
        "intake/taken.html",
        found=found,
        counts=counts,
        waiting=len(waiting),
        only=only,
        number=number,
        is_more=whole > number * PAGE,
        catalogue=known,
    )


async def put_back(request: Request) -> Response:
    """Have the message be on the list again; the example stays in its change request."""
    who, id = audit.actor(request), number_of(request, "id")
    try:
        change = await services(request).database.write(lambda db: became.put_back(db, who, id))
    except CannotBe as error:
        return see_other(request, TAKEN, str(error))
    said = f"It is on the list again. Take the sentence out of change request {change}, too."
    return see_other(request, TAKEN, said)


async def ask_again(request: Request) -> Response:
    """Ask the live release about the examples it has learnt and was not asked about."""
    parts = services(request)
    live = await parts.database.read(switching.live)
    if live is not None:
        await scoring.rescore(parts, live)
    left = len(await parts.database.read(_waiting))
    said = f"{left} could not be asked about. Try again in a minute." if left else "It was asked."
    return see_other(request, TAKEN, said)


def _waiting(connection: Connection) -> Sequence[Unscored]:
    live = switching.live(connection)
    return () if live is None else became.unscored(connection, live)


routes = [
    shows(TAKEN, show, needs=Permission.EDIT),
    action(f"{TAKEN}/ask", ask_again, needs=Permission.EDIT),
    action(TAKEN + "/{id:int}/back", put_back, needs=Permission.EDIT),
]
