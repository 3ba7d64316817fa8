"""Who saw which conversation, for the audit log."""

from datetime import timedelta

from sqlalchemy import Connection, select

from desk.privacy import audit
from records.base import now
from records.database import Database
from records.people import Deed

EVERY = timedelta(minutes=10)
"""Of one user with one conversation there is at most one entry in this time, for each way of
seeing it: masked or not. Turning pages and judging turns would fill the log otherwise."""


async def record(
    database: Database, who: audit.Actor, number: int, *, unmasked: bool = False
) -> None:
    """Have the audit log say that somebody sees a conversation.

    Args:
        database: where the log is.
        who: who sees it.
        number: the conversation's.
        unmasked: whether personal data in it is shown.
    """
    if await database.read(lambda connection: _is_recorded(connection, who, number, unmasked)):
        return

    def work(connection: Connection) -> None:
        if not _is_recorded(connection, who, number, unmasked):
            audit.append(
                connection,
                who,
                audit.Action.CONVERSATION_VIEWED,
                audit.conversation(number),
                {"unmasked": unmasked},
            )

    await database.write(work)


def _is_recorded(connection: Connection, who: audit.Actor, number: int, unmasked: bool) -> bool:
    asked = select(Deed.detail).where(
        Deed.object == audit.conversation(number),
        Deed.actor_id == who.id,
        Deed.action == str(audit.Action.CONVERSATION_VIEWED),
        Deed.at > now() - EVERY,
    )
    return {"unmasked": unmasked} in connection.scalars(asked).all()
