"""The rows of the replicas: what each tells of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from records.base import now
from records.publishing import Replica
from releases import switching

BEAT = timedelta(seconds=5)
"""A replica tells of itself at least so often; three times in vain, and it counts as gone."""


@dataclass(frozen=True)
class Told:
    """What a replica tells of itself.

    Attributes:
        serving: what new turns get.
        ready: the release that a switch wants, once it could be served here.
        ready_for: that switch: what is ready for one says nothing of the next.
        draining: the releases that something under way still goes on with.
        trouble: why what is wanted cannot be served here.
    """

    serving: int | None
    ready: int | None = None
    ready_for: int = 0
    draining: Sequence[int] = ()
    trouble: str = ""


def tell(db: Connection, name: str, told: Told) -> None:
    """Write what a replica tells of itself."""
    under_way = switching.preparing(db)
    is_for_this = under_way is not None and under_way.id == told.ready_for
    values = {
        "serving": told.serving,
        "ready": told.ready if is_for_this else None,
        "draining": list(told.draining),
        "trouble": told.trouble if is_for_this else "",
        "seen_at": now(),
    }
    if not db.execute(update(Replica).where(Replica.name == name).values(values)).rowcount:
        db.execute(insert(Replica).values(name=name, **values))


def leave(db: Connection, name: str) -> None:
    """Tell that a replica is gone: nobody waits for it."""
    db.execute(delete(Replica).where(Replica.name == name))


def draining(db: Connection, name: str) -> Sequence[int] | None:
    """What a replica still needs; None if it does not tell."""
    found = db.execute(select(Replica.draining).where(Replica.name == name)).scalar()
    return found if isinstance(found, list) else None
