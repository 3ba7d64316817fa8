"""What is due to be erased by its age: the page and `python -m desk retention`."""

import argparse
import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Permission
from desk.access.sessions import Lifetime
from desk.commands import Command
from desk.privacy import clearing
from desk.privacy.audit import COMMAND_LINE
from desk.rendering import page as render
from desk.routing import page
from desk.services import services
from desk.settings import Settings
from records import database, retention, search
from records.base import now
from records.database import Database
from records.retention import Due

AT_ONCE = 100
SHOWN = 1000
WHEN = "The gateway does this by itself every hour, at no fixed time of day."


async def show(request: Request) -> Response:
    """What the next sweep would erase, and what is held."""
    parts = services(request)
    before = _before(parts.settings)
    due = await parts.database.read(lambda db: retention.due(db, before, SHOWN))
    return render(
        request,
        "privacy/retention.html",
        due=due,
        days=parts.settings.retention_days,
        when=WHEN,
        failures_days=clearing.FAILURES_KEPT.days,
        unmaskings_days=clearing.UNMASKINGS_KEPT.days,
    )


def run(settings: Settings, asked: argparse.Namespace) -> None:
    """Say what is due, or erase it now.

    Raises:
        records.database.OutOfDate: the database is not migrated.
    """
    database.check(settings.database_url)
    if asked.dry_run:
        _say(settings)
    else:
        count = asyncio.run(_sweep(settings))
        print(f"{count} conversations were erased. The gateway tells the assistant of them.")


def lines(due: Due, days: float) -> Iterator[str]:
    """What is due, in words, without any of a patient's."""
    yield f"{due.count} conversations had no message for {days:g} days and would be erased."
    if due.oldest:
        yield f"The oldest of them had its last message at {due.oldest:%Y-%m-%d %H:%M} UTC."
    if due.numbers:
        yield f"Those with a number: {', '.join(map(str, due.numbers))}"
        if len(due.numbers) == SHOWN:
            yield f"Only the first {SHOWN} are named."
    if due.held:
        yield f"As old, but held: {', '.join(map(str, due.held))}"


def _say(settings: Settings) -> None:
    engine = database.connect(settings.database_url)
    try:
        with engine.connect() as connection:
            due = retention.due(connection, _before(settings), SHOWN)
    finally:
        engine.dispose()
    print(*lines(due, settings.retention_days), WHEN, sep="\n")


async def _sweep(settings: Settings) -> int:
    opened, before, count = Database(settings.database_url), _before(settings), 0
    try:
        while erased := await opened.write(lambda db: _erase_some(db, before)):
            count += erased
        lifetime = Lifetime.of(settings)
        await opened.write(lambda db: clearing.clear(db, lifetime))
        await search.purge(opened)
    finally:
        await opened.close()
    return count


def _erase_some(db: Connection, before: datetime) -> int:
    ids = [session.id for session in retention.outdated(db, before, AT_ONCE)]
    return len(retention.erase(db, ids, before, COMMAND_LINE))


def _before(settings: Settings) -> datetime:
    return now() - timedelta(settings.retention_days)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would be erased; no more")


COMMAND = Command("retention", "erase what has been kept for its time", run, _arguments)
routes = [page("/retention", show, needs=Permission.AUDIT)]
