"""The pages of the releases: what there is, what is served where, and the buttons."""

import asyncio
from collections.abc import Sequence
from enum import StrEnum, auto
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.errors import CannotBe, NotFound
from desk.privacy import audit
from desk.publishing.releasing import going_back, reading, telling
from desk.publishing.releasing.reading import Made
from desk.rendering import fragment, see_other
from desk.rendering import page as render
from desk.routing import action, page
from desk.services import services
from releases import folder, switching
from releases.switching import Progress

HOME = "/releases"
SOUND = "Release {} is just as it was made."
TOLD = 60
"""So many differences are told before it is only said how many more there are."""


async def show_all(request: Request) -> Response:
    """All releases, and what is served where."""
    found = await services(request).database.read(reading.overview)
    return render(request, "publishing/releases.html", found=found)


async def show(request: Request) -> Response:
    """One release, with what it changed beside the one before."""
    made = await _made(request)
    number = made.number - 1
    before = await services(request).database.read(lambda db: reading.one(db, number))
    differs = await telling.between(services(request), before, made) if before else None
    return render(
        request,
        "publishing/release.html",
        made=made,
        before=before,
        differs=differs,
        most=TOLD,
        model=await _model(request, made),
    )


async def verify(request: Request) -> Response:
    """Look whether a release's folder is as it was made."""
    made, who, parts = await _made(request), audit.actor(request), services(request)
    home = f"{HOME}/{made.number}"
    if not made.kept:
        return see_other(request, home, f"Release {made.number} was cleared away.")
    wrong = await going_back.faults(parts, made.number)
    about, what = going_back.called(made.number), audit.Action.RELEASE_VERIFIED
    detail = {"sound": not wrong}
    await parts.database.write(lambda db: audit.append(db, who, what, about, detail))
    said = f"It is not as it was made: {'; '.join(wrong)}." if wrong else SOUND.format(made.number)
    return see_other(request, home, said)


async def confirm(request: Request) -> Response:
    """What going back to a release would change, and the button for it."""
    return await _confirm(request)


async def go_back(request: Request) -> Response:
    """Have a release served again."""
    made = await _made(request)
    try:
        switch = await going_back.go_back(services(request), audit.actor(request), made.number)
    except CannotBe as error:
        return await _confirm(request, str(error))
    return see_other(request, f"{HOME}/switches/{switch}")


async def show_switch(request: Request) -> Response:
    """How far a switch has come."""
    return render(request, "publishing/switch.html", **await _switch(request))


async def switch_state(request: Request) -> Response:
    """The same for a page that is open; nothing where nothing is new."""
    found = await _switch(request)
    if request.query_params.get("shown") == found["shown"]:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return fragment(request, "publishing/switch_state.html", **found)


async def stop_switch(request: Request) -> Response:
    """Stop a switch that is under way: patients keep what they have."""
    switch: int = request.path_params["switch"]
    done = await going_back.stop(services(request), audit.actor(request), switch)
    said = "It is stopped." if done else "It has ended already."
    return see_other(request, f"{HOME}/switches/{switch}", said)


async def _confirm(request: Request, wrong: str = "") -> Response:
    made, parts = await _made(request), services(request)
    live = await parts.database.read(
        lambda db: reading.one(db, number) if (number := switching.live(db)) else None
    )
    differs = await telling.between(parts, live, made) if live else None
    return render(
        request,
        "publishing/roll_back.html",
        status=HTTPStatus.CONFLICT if wrong else HTTPStatus.OK,
        made=made,
        live=live,
        differs=differs,
        wrong=wrong,
        model=await _model(request, made),
        most=TOLD,
    )


async def _made(request: Request) -> Made:
    number = request.path_params["number"]
    found = await services(request).database.read(lambda db: reading.one(db, number))
    if found is None:
        raise NotFound
    return found


class Model(StrEnum):
    """Which model patients would get with a release."""

    OWN = auto()
    """The one that was checked, or one of a release that cannot be read: that is told elsewhere."""
    RENEWED = auto()
    """One that newer code learnt from its content, and that the checks have never seen."""
    MISSING = auto()
    """None that the present code can use: the release cannot be served yet."""


async def _model(request: Request, made: Made) -> Model:
    settings = services(request).settings
    asked = settings.releases, made.number, settings.dorsi_code
    try:
        if not made.kept:
            return Model.OWN
        if not await asyncio.to_thread(folder.has_model, *asked):
            return Model.MISSING
        renewed = await asyncio.to_thread(folder.is_renewed, *asked)
        return Model.RENEWED if renewed else Model.OWN
    except folder.Broken:
        return Model.OWN


async def _switch(request: Request) -> dict[str, Any]:
    id = request.path_params["switch"]
    found: tuple[Progress | None, int | None, Sequence[reading.Place]] = await services(
        request
    ).database.read(lambda db: (switching.state(db, id), switching.live(db), reading.places(db)))
    progress, live, places = found
    if progress is None:
        raise NotFound
    shown = f"{progress.state}-{'-'.join(progress.ready)}-{live}-{len(places)}"
    return {"switch": progress, "live": live, "places": places, "shown": shown}


_ONE = f"{HOME}/{{number:int}}"
_SWITCH = f"{HOME}/switches/{{switch:int}}"
EDIT, PUBLISH = Permission.EDIT, Permission.PUBLISH

routes = [
    page(HOME, show_all, needs=EDIT),
    page(_ONE, show, needs=EDIT),
    action(f"{_ONE}/verify", verify, needs=EDIT),
    page(f"{_ONE}/roll-back", confirm, needs=PUBLISH),
    action(f"{_ONE}/roll-back", go_back, needs=PUBLISH),
    page(_SWITCH, show_switch, needs=EDIT),
    page(f"{_SWITCH}/state", switch_state, needs=EDIT, live=True),
    action(f"{_SWITCH}/stop", stop_switch, needs=PUBLISH),
]
