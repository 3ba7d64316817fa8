"""The pages of the checks: how far they are, what came of them, and the buttons."""

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from desk import served
from desk.access.permissions import Permission
from desk.changes import service
from desk.errors import CannotBe, NotFound
from desk.privacy import audit
from desk.publishing.checks import folders, log, queue, reading
from desk.publishing.checks.reading import Run
from desk.publishing.present import present
from desk.publishing.report import telling
from desk.publishing.report.matrix import matrix
from desk.publishing.report.shape import NoReport, Report, read
from desk.publishing.rules import CONFLICTS
from desk.rendering import fragment, see_other
from desk.rendering import page as render
from desk.routing import action, page
from desk.services import services


async def ask(request: Request) -> Response:
    """Have the change checked as it is now, with all that others have published."""
    with suppress(CannotBe):  # the page says so itself
        await service.fetch(services(request))
    now = await present(request)
    if not now.commit:
        return see_other(request, now.home, now.trouble or CONFLICTS)
    who, commit = audit.actor(request), now.commit
    try:
        check = await services(request).database.write(
            lambda db: queue.ask(db, who, now.change.id, commit)
        )
    except CannotBe as error:
        return see_other(request, now.home, str(error))
    return see_other(request, f"/changes/{now.change.id}/checks/{check}")


async def show(request: Request) -> Response:
    """One run of the checks: how far it is, or its report."""
    run = await _run(request)
    if run.is_unfinished:
        return render(request, "publishing/progress.html", **await _progress(request, run))
    now, kept = await asyncio.gather(
        present(request), services(request).database.read(lambda db: reading.report(db, run.id))
    )
    try:
        report = read(kept) if kept else None
    except NoReport:
        report = None
    return render(
        request,
        "publishing/report.html",
        run=run,
        now=now,
        is_current=now.is_of_now(run) if report else run.commit == now.commit,
        report=report,
        log=log.end_of(folders.of(services(request).settings, run.id)) if report is None else "",
        **await _told(request, report),
    )


async def progress(request: Request) -> Response:
    """How far the checks are, for a page that is open; nothing where nothing is new."""
    run = await _run(request)
    if not run.is_unfinished:
        return Response(headers={"HX-Refresh": "true"})
    if request.query_params.get("shown") == run.shown:
        return Response(status_code=HTTPStatus.NO_CONTENT)
    return fragment(request, "publishing/far.html", **await _progress(request, run))


async def show_log(request: Request) -> Response:
    """The end of the log, as the programs wrote it."""
    run = await _run(request)
    return PlainTextResponse(log.end_of(folders.of(services(request).settings, run.id)))


async def cancel(request: Request) -> Response:
    """End the checks before their time."""
    run, who = await _run(request), audit.actor(request)
    done = await services(request).database.write(lambda db: queue.cancel(db, who, run.id))
    said = "The checks are cancelled." if done else "The checks have ended already."
    return see_other(request, f"/changes/{run.change_id}/checks/{run.id}", said)


async def _run(request: Request) -> Run:
    change, check = request.path_params["id"], request.path_params["check"]
    found = await services(request).database.read(lambda db: reading.one(db, change, check))
    if found is None:
        raise NotFound
    return found


async def _progress(request: Request, run: Run) -> dict[str, Any]:
    ahead = await services(request).database.read(lambda db: reading.ahead(db, run.id))
    return {"run": run, "ahead": ahead}


async def _told(request: Request, report: Report | None) -> dict[str, Any]:
    if report is None:
        return {}
    known = await served.titles(services(request))
    return {
        "headline": telling.headline(report),
        "tables": telling.tables(report.figures),
        "sides": telling.sides(report),
        "matrix": matrix(report.confusion, known.title),
        "title": known.title,
    }


_AT = "/changes/{id:int}/checks"
_ONE = f"{_AT}/{{check:int}}"
EDIT = Permission.EDIT

routes = [
    action(_AT, ask, needs=EDIT),
    page(_ONE, show, needs=EDIT),
    page(f"{_ONE}/progress", progress, needs=EDIT, live=True),
    page(f"{_ONE}/log", show_log, needs=EDIT),
    action(f"{_ONE}/cancel", cancel, needs=EDIT),
]
