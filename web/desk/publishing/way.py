"""The page of a change's way to patients: checks, approvals, and the button that publishes it."""

import logging
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.access.visitors import user
from desk.errors import CannotBe
from desk.forms import field
from desk.privacy import audit
from desk.publishing import approving, rules
from desk.publishing.checks import queue
from desk.publishing.present import Present, present
from desk.publishing.releasing.publish import NOT_SEEN, publish
from desk.rendering import page as render
from desk.rendering import see_other
from desk.routing import action, page
from desk.services import services
from editing.git import GitFailed
from records.words import Capacity

log = logging.getLogger(__name__)

CAPACITIES = {
    Capacity.PUBLISHER: "publisher",
    Capacity.CLINICAL: "clinical owner",
}
NO_CAPACITY = "Choose as what you approve. Nothing was done."
HALF_WAY = (
    "Something failed on the way. Patients have what they had. Press the button again: it goes on "
    "where it stopped. If it fails again, tell whoever runs Dorsi."
)


async def show(request: Request) -> Response:
    """How far the change is on its way, and what is missing."""
    return await _page(request, await present(request))


async def approve(request: Request) -> Response:
    """Approve the change as it was seen."""
    now, who = await present(request), audit.actor(request)
    capacity, seen = await field(request, "capacity"), await field(request, "state")
    if capacity not in list(Capacity):
        return see_other(request, now.home, NO_CAPACITY)
    if seen != now.rules.state:
        return see_other(request, now.home, NOT_SEEN)
    try:
        await services(request).database.write(
            lambda db: approving.approve(db, who, now.change.id, now.rules, Capacity(capacity))
        )
    except CannotBe as error:
        return see_other(request, now.home, str(error))
    return see_other(request, now.home, f"You approved it as {CAPACITIES[Capacity(capacity)]}.")


async def withdraw(request: Request) -> Response:
    """Withdraw one's own approval, for as long as the change is not published."""
    now, who = await present(request), audit.actor(request)
    if not now.is_open:
        return see_other(request, now.home, "It is too late: it is not open any more.")
    state, number = now.rules.state, now.change.id
    done = await services(request).database.write(
        lambda db: approving.withdraw(db, who, number, state)
    )
    said = "Your approval is withdrawn." if done else "There was no approval of yours."
    return see_other(request, now.home, said)


async def put_before_patients(request: Request) -> Response:
    """Publish the change and lead to the page that follows it."""
    change, seen = int(request.path_params["id"]), await field(request, "commit")
    try:
        done = await publish(services(request), audit.actor(request), change, seen)
    except CannotBe as error:
        return see_other(request, f"/changes/{change}/publishing", str(error))
    except (OSError, GitFailed):
        log.exception("a change could not be published", extra={"change": change})
        return see_other(request, f"/changes/{change}/publishing", HALF_WAY)
    return see_other(request, f"/releases/switches/{done.switch}", done.said)


async def _page(request: Request, now: Present) -> Response:
    who = user(request)
    me = await services(request).database.read(lambda db: approving.of(db, who.id))
    own = {one.capacity for one in now.given if one.by == me and rules.counts(one, now.rules)}
    return render(
        request,
        "publishing/way.html",
        status=HTTPStatus.OK,
        now=now,
        counted=[(one, rules.counts(one, now.rules)) for one in now.given],
        needed=rules.needed(now.rules),
        missing=rules.missing(now.rules, now.given),
        clinical=rules.clinical(now.rules.paths),
        capacities=CAPACITIES,
        refusals={
            capacity: rules.refusal(me, capacity, now.rules)
            for capacity in rules.needed(now.rules)
            if capacity not in own
        },
        own=own,
        elsewhere=sorted({writer.name for writer in now.rules.writers}),
        unfinished=queue.UNFINISHED,
    )


_AT = "/changes/{id:int}"
EDIT = Permission.EDIT

routes = [
    page(f"{_AT}/publishing", show, needs=EDIT),
    action(f"{_AT}/approve", approve, needs=EDIT),
    action(f"{_AT}/withdraw-approval", withdraw, needs=EDIT),
    action(f"{_AT}/publish", put_before_patients, needs=Permission.PUBLISH),
]
