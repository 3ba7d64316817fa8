"""The pages of the analysis."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.analysis import (
    content,
    counting,
    facts,
    grades,
    history,
    lengths,
    overview,
    stale,
    unused,
)
from desk.analysis.content import Content
from desk.analysis.counting import Counts
from desk.analysis.live import Live, live
from desk.figures import links, period
from desk.figures.period import NoPeriod, Period
from desk.intake.wanted import Source, Wanted
from desk.rendering import page as render
from desk.routing import page
from desk.services import services
from records.base import now

ANALYSIS = "/analysis"
PARTS = {
    ANALYSIS: "Topics",
    f"{ANALYSIS}/confusion": "Mixed up",
    f"{ANALYSIS}/facts": "Facts",
    f"{ANALYSIS}/stale": "Stale",
    f"{ANALYSIS}/unused": "Unused",
    f"{ANALYSIS}/length": "Length",
}


@dataclass(frozen=True)
class About:
    """What all pages are made of: the release that is live, its content, and some days."""

    live: Live
    content: Content
    period: Period
    problem: str = ""


async def show(request: Request) -> Response:
    """All topics, the weak spots first."""
    about = await _about(request)
    counts = await _counts(request, about)
    sort = request.query_params.get("sort", overview.WEAK)
    return _render(
        request,
        "overview",
        about,
        rows=overview.rows(about.content, counts, about.live.measured, sort),
        sort=sort if sort in overview.SORTS else overview.WEAK,
        sorts=overview.SORTS,
        counts=counts,
        to_do=lambda topic: Wanted(about.period, Source.UNANSWERED, topic).link,
    )


async def show_confusion(request: Request) -> Response:
    """The topics that are mixed up, with the sentences that show it."""
    return _render(request, "confusion", await _about(request))


async def show_facts(request: Request) -> Response:
    """The facts, and who reaches them."""
    about = await _about(request)
    counts = await _counts(request, about)
    found = facts.facts(about.content, counts, about.live.measured)
    return _render(request, "facts", about, facts=found)


async def show_unused(request: Request) -> Response:
    """The topics that nobody was answered with in a period."""
    about = await _about(request)
    counts = await _counts(request, about)
    topics = unused.unanswered(about.content, counts)
    since = await services(request).database.read(
        lambda db: counting.since(db, [topic.id for topic in topics])
    )
    found = unused.unused(topics, since)
    return _render(request, "unused", about, found=found, since=since.asked, counts=counts)


async def show_stale(request: Request) -> Response:
    """Sources that nobody opened, and answers that are disliked and stay as they are."""
    about = await _about(request)
    counts = await _counts(request, about)
    disliked = stale.disliked(about.content, counts)
    paths = [topic.path for topic in disliked]
    changed = await asyncio.to_thread(history.changed, services(request).repository, paths)
    return _render(
        request,
        "stale",
        about,
        sources=stale.sources(about.content),
        disliked=stale.unchanged(disliked, counts, changed, now()),
        days=stale.LONG.days,
    )


async def show_length(request: Request) -> Response:
    """How long answers are, and how hard to read."""
    about = await _about(request)
    found = await grades.grades(services(request).workbench, about.content)
    answers = lengths.lengths(about.content, found.of_topics)
    return _render(
        request,
        "length",
        about,
        answers=answers,
        charts=lengths.charts(answers),
        missing=found.missing,
    )


async def _about(request: Request) -> About:
    problem = ""
    try:
        asked = period.asked_for(request.query_params, now().date())
    except NoPeriod as wrong:
        problem, asked = str(wrong), period.last_days(period.USUAL, now().date())
    found = await live(services(request))
    return About(found, await asyncio.to_thread(content.read, found.data), asked, problem)


async def _counts(request: Request, about: About) -> Counts:
    database = services(request).database
    return await database.read(lambda db: counting.counts(db, about.period))


def _render(request: Request, name: str, about: About, **values: Any) -> Response:
    return render(
        request,
        f"analysis/{name}.html",
        status=HTTPStatus.BAD_REQUEST if about.problem else HTTPStatus.OK,
        about=about,
        measured=about.live.measured,
        period=about.period,
        presets=[(days, period.last_days(days, now().date())) for days in period.PRESETS],
        parts=PARTS,
        links=links,
        **values,
    )


routes = [
    page(ANALYSIS, show, needs=Permission.FIGURES),
    page(f"{ANALYSIS}/confusion", show_confusion, needs=Permission.FIGURES),
    page(f"{ANALYSIS}/facts", show_facts, needs=Permission.FIGURES),
    page(f"{ANALYSIS}/stale", show_stale, needs=Permission.FIGURES),
    page(f"{ANALYSIS}/unused", show_unused, needs=Permission.FIGURES),
    page(f"{ANALYSIS}/length", show_length, needs=Permission.FIGURES),
]
