"""Who saw what, for the audit log.

Of one user with one conversation, or one list of masked sentences, there is at most one entry in
ten minutes, for each way of seeing it: turning pages and judging turns would fill the log
otherwise.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select
from starlette.requests import Request

from desk.privacy import audit
from desk.services import services
from records.base import now
from records.database import Database
from records.people import Deed

EVERY = timedelta(minutes=10)


async def conversation(
    database: Database, who: audit.Actor, number: int, *, unmasked: bool = False
) -> None:
    """Have the audit log say that somebody sees a conversation.

    Args:
        database: where the log is.
        who: who sees it.
        number: the conversation's.
        unmasked: whether personal data in it is shown.
    """
    action, detail = audit.Action.CONVERSATION_VIEWED, {"unmasked": unmasked}
    await _record(database, who, action, audit.conversation(number), detail)


async def sentences(request: Request) -> None:
    """Have the audit log say that the visitor sees a page with sentences of many patients."""
    seen, who = f"page:{request.url.path}", audit.actor(request)
    await _record(services(request).database, who, audit.Action.LIST_VIEWED, seen, {})


async def _record(
    database: Database,
    who: audit.Actor,
    action: audit.Action,
    seen: str,
    detail: Mapping[str, Any],
) -> None:
    def is_recorded(connection: Connection) -> bool:
        asked = select(Deed.detail).where(
            Deed.object == seen,
            Deed.actor_id == who.id,
            Deed.action == str(action),
            Deed.at > now() - EVERY,
        )
        return detail in connection.scalars(asked).all()

    def record(connection: Connection) -> None:
        if not is_recorded(connection):
            audit.append(connection, who, action, seen, detail)

    if not await database.read(is_recorded):
        await database.write(record)
