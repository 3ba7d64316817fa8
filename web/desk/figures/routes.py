"""The pages of the figures."""

import asyncio
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk import served
from desk.access.permissions import Permission
from desk.errors import NotFound, Refused
from desk.figures import csv_files, links, period, reading, unanswered
from desk.figures.drawing import charts
from desk.figures.likeness import likeness
from desk.figures.period import NoPeriod, Period
from desk.privacy import viewing
from desk.rendering import fragment, wants_fragment
from desk.rendering import page as render
from desk.routing import page
from desk.services import services
from records.base import now


async def show(request: Request) -> Response:
    """Counts and charts of a period; the usual one where the address names none that is."""
    problem = ""
    try:
        asked = period.asked_for(request.query_params, now().date())
    except NoPeriod as wrong:
        problem, asked = str(wrong), period.last_days(period.USUAL, now().date())
    found = await _read(request, asked)
    return render(
        request,
        "figures/figures.html",
        status=HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        problem=problem,
        period=asked,
        presets=[(days, period.last_days(days, now().date())) for days in period.PRESETS],
        total=found.daily.total(asked),
        tables=found.tables,
        charts=charts(found.daily, asked),
        backlog=found.backlog,
        unanswered=found.unanswered,
        waited=lambda day: (now().date() - day).days,
        links=links,
    )


async def show_unanswered(request: Request) -> Response:
    """What was asked in vain in a period, like questions together."""
    await viewing.sentences(request)
    asked = _period(request)
    found = await services(request).database.read(lambda db: unanswered.newest(db, asked))
    groups = await asyncio.to_thread(lambda: unanswered.grouped(found, likeness()))
    draw, template = render, "figures/unanswered.html"
    if wants_fragment(request):
        draw, template = fragment, "figures/groups.html"
    return draw(
        request,
        template,
        period=asked,
        groups=groups,
        messages=len(found),
        most=unanswered.NEWEST,
        links=links,
    )


async def take(request: Request) -> Response:
    """A table as a CSV file."""
    asked = _period(request)
    table = (await _read(request, asked)).tables.get(request.path_params["table"])
    if table is None:
        raise NotFound
    name = f"dorsi-{table.key}-{asked.first}-{asked.last}.csv"
    return Response(
        csv_files.written(table),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _read(request: Request, asked: Period) -> reading.Figures:
    parts = services(request)
    known = await served.titles(parts)
    return await reading.read(parts.database, asked, known)


def _period(request: Request) -> Period:
    try:
        return period.asked_for(request.query_params, now().date())
    except NoPeriod as wrong:
        raise Refused(HTTPStatus.BAD_REQUEST, str(wrong)) from None


routes = [
    page("/figures", show, needs=Permission.FIGURES),
    # It shows words of patients', masked.
    page("/figures/unanswered", show_unanswered, needs=Permission.READ),
    page("/figures/{table}.csv", take, needs=Permission.FIGURES),
]
