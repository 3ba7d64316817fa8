"""The lists that come of reviews: incidents and disagreements."""

from starlette.requests import Request
from starlette.responses import Response

from desk import served
from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.catalogue import Catalogue
from desk.errors import NotFound
from desk.forms import field
from desk.privacy import audit, viewing
from desk.rendering import fragment, see_other
from desk.rendering import page as render
from desk.review import disagreements, incident_views, incidents
from desk.review.doing import do, number_of
from desk.review.errors import Gone
from desk.review.form import RULINGS
from desk.review.reading import open_incidents
from desk.routing import action, page
from desk.services import services
from records.words import Outcome

OUTCOMES = {
    Outcome.RULES_TO_CHANGE: "The rules are to change",
    Outcome.WORDS_TO_CHANGE: "The words are to change",
    Outcome.NO_CHANGE: "It was one, and nothing is to change",
    Outcome.NOT_AN_INCIDENT: "It was no incident",
}


async def show_incidents(request: Request) -> Response:
    """The incidents: those that are open, or those closed."""
    await viewing.sentences(request)
    closed = request.query_params.get("closed") == "yes"
    found, count = await services(request).database.read(
        lambda db: (incident_views.listed(db, closed=closed), open_incidents(db))
    )
    return render(
        request,
        "review/incidents.html",
        incidents=found,
        closed=closed,
        most=incident_views.LIST,
        open_incidents=count,
        catalogue=await _catalogue(request),
        outcomes=OUTCOMES,
    )


async def show_incident(request: Request) -> Response:
    """One incident; the audit log says that its conversation was seen."""
    id, parts = number_of(request, "id"), services(request)
    try:
        found, said, count = await parts.database.read(
            lambda db: (
                incident_views.one(db, id),
                incident_views.comments(db, id),
                open_incidents(db),
            )
        )
    except Gone:
        raise NotFound from None
    if found.number is not None:
        await viewing.conversation(parts.database, audit.actor(request), found.number)
    who = user(request)
    return render(
        request,
        "review/incident.html",
        incident=found,
        comments=said,
        open_incidents=count,
        may_look=who.may(Permission.INCIDENTS),
        is_mine=found.opened_by == who.id,
        catalogue=await _catalogue(request),
        outcomes=OUTCOMES,
    )


async def look_at_incident(request: Request) -> Response:
    """Take the second look on an incident."""
    who, id = audit.actor(request), number_of(request, "id")
    comment, wanted = await field(request, "comment"), await field(request, "agrees")
    path = f"/incidents/{id}"
    if wanted not in ("yes", "no"):
        return see_other(request, path, "Please agree or disagree. Nothing was done.")
    agrees, said = wanted == "yes", "Your second look is kept."
    return await do(request, path, said, lambda db: incidents.look(db, who, id, agrees, comment))


async def close_incident(request: Request) -> Response:
    """Close an incident with its outcome."""
    who, id = audit.actor(request), number_of(request, "id")
    comment, wanted = await field(request, "comment"), await field(request, "outcome")
    path, said = f"/incidents/{id}", "The incident is closed."
    if wanted not in list(Outcome):
        return see_other(request, path, "Please choose an outcome. Nothing was done.")
    outcome = Outcome(wanted)
    return await do(request, path, said, lambda db: incidents.close(db, who, id, outcome, comment))


async def badge(request: Request) -> Response:
    """How many incidents are open, for the menu."""
    count = await services(request).database.read(open_incidents)
    return fragment(request, "review/badge.html", open_incidents=count)


async def show_disagreements(request: Request) -> Response:
    """The turns that reviewers disagree on."""
    await viewing.sentences(request)
    found = await services(request).database.read(disagreements.listed)
    return render(
        request,
        "review/disagreements.html",
        found=found,
        most=disagreements.LIST,
        rulings=RULINGS,
        catalogue=await _catalogue(request),
    )


async def _catalogue(request: Request) -> Catalogue:
    return await served.titles(services(request))


routes = [
    page("/incidents", show_incidents, needs=Permission.REVIEW),
    page("/incidents/badge", badge, needs=Permission.REVIEW, live=True),
    page("/incidents/{id:int}", show_incident, needs=Permission.REVIEW),
    action("/incidents/{id:int}/look", look_at_incident, needs=Permission.INCIDENTS),
    action("/incidents/{id:int}/close", close_incident, needs=Permission.INCIDENTS),
    page("/disagreements", show_disagreements, needs=Permission.REVIEW),
]
