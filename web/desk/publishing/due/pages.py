"""The page of what is due for review."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.errors import Refused
from desk.publishing.due.listing import Due, listed
from desk.rendering import page as render
from desk.routing import page
from desk.services import Services, services
from editing.kinds import Kind, id_of
from editing.repository import NoContent, Repository
from records.base import now

PERIODS = {30: "30 days", 90: "90 days", 365: "a year", 36_500: "all"}
USUAL = 90
KINDS = {
    Kind.TOPIC: "Topic",
    Kind.ACT: "Conversation",
    Kind.EXERCISE: "Exercise",
    Kind.RED_FLAG: "Red flag",
    Kind.REGIONS: "Region",
}
NOBODY = "nobody yet"


@dataclass(frozen=True)
class Found:
    """What is due within a time, with who last wrote each file that names no owner."""

    due: Sequence[Due]
    authors: Mapping[str, str]
    count: int


async def show(request: Request) -> Response:
    """What is due for review, overdue first, and whose it is."""
    typed = request.query_params.get("days", "")
    days = int(typed) if typed in map(str, PERIODS) else USUAL
    today = now().date()
    try:
        found = await asyncio.to_thread(_found, services(request), days)
    except NoContent as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from None
    return render(
        request,
        "publishing/due.html",
        due=found.due,
        count=found.count,
        authors=found.authors,
        kinds=KINDS,
        address=address,
        nobody=NOBODY,
        days=days,
        periods=PERIODS,
        today=today,
    )


def address(due: Due) -> str:
    """The page where it is read, and from where it can be changed."""
    return f"/content/{due.kind}/{id_of(due.path)}"


def _found(parts: Services, days: int) -> Found:
    repository = parts.repository
    commit = repository.head()
    everything = listed(commit, repository.tree(commit))
    until = now().date() + timedelta(days=days)
    due = [one for one in everything if one.day <= until]
    unowned = {one.path for one in due if not one.owner}
    authors = {path: _author(repository, path, commit) for path in unowned}
    return Found(due, authors, len(everything))


@lru_cache(maxsize=1000)
def _author(repository: Repository, path: str, commit: str) -> str:
    """Who wrote a file last."""
    history = repository.history(path, commit, 1)
    return history[0].author if history else NOBODY


routes = [page("/review-due", show, needs=Permission.EDIT)]
