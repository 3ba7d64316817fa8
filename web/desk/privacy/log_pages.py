"""The audit log's page, and taking entries away as a file."""

import json
from collections.abc import AsyncIterator, Mapping
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from desk.access.permissions import Permission
from desk.errors import CannotBe
from desk.forms import clean, read_form
from desk.privacy import audit, log
from desk.privacy.audit import Action
from desk.privacy.log import Wanted
from desk.rendering import page as render
from desk.routing import action, page
from desk.services import services
from records.database import Database

FILE = "dorsi-audit.jsonl"


async def show(request: Request) -> Response:
    """A page of the log, each of its entries verified."""
    query = {name: clean(value) for name, value in request.query_params.items()}
    wanted, wrong = _wanted(query)
    before, after = _id(query.get("before")), _id(query.get("after"))
    found = await services(request).database.read(
        lambda db: log.part(db, wanted, before=before, after=after)
    )
    return render(
        request,
        "privacy/audit.html",
        part=found,
        wanted=wanted,
        filters=wanted.filters(),
        wrong=wrong,
        actions=list(Action),
    )


async def export(request: Request) -> Response:
    """The entries as JSON Lines, the oldest first, each with the hashes that bind it."""
    form = await read_form(request)
    wanted, _ = _wanted({name: str(value) for name, value in form.items()})
    who, database = audit.actor(request), services(request).database

    def note(db: Connection) -> int:
        return audit.append(db, who, Action.AUDIT_EXPORTED, "audit", wanted.filters())

    last = await database.write(note)
    return StreamingResponse(
        _lines(database, wanted, last),
        media_type="application/jsonl",
        headers={"Content-Disposition": f'attachment; filename="{FILE}"'},
    )


async def _lines(database: Database, wanted: Wanted, last: int) -> AsyncIterator[str]:
    after = 0
    while rows := await database.read(partial(log.following, wanted=wanted, after=after)):
        kept = [row for row in rows if row.id <= last]
        yield "".join(f"{json.dumps(log.as_json(row))}\n" for row in kept)
        after = rows[-1].id
        if len(kept) < len(rows):
            return


def _wanted(query: Mapping[str, str]) -> tuple[Wanted, str]:
    """What is asked for; all of it where that cannot be read, with what is wrong."""
    try:
        return log.wanted(query), ""
    except CannotBe as error:
        return Wanted(), str(error)


def _id(given: str | None) -> int | None:
    if not given or not given.isascii() or not given.isdigit():
        return None
    return min(int(given[:20]), log.HIGHEST)


routes = [
    page("/audit", show, needs=Permission.AUDIT),
    action("/audit/export", export, needs=Permission.AUDIT),
]
