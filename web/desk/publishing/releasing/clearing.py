"""Clearing away the folders of old releases, so that the disk does not fill.

First the row says that a release is not kept, then its folder goes: whoever is interrupted between
the two finishes with the next clearing, and nobody is sent back to a folder that is half gone.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, select, update

from desk.privacy import audit
from records.publishing import Release, Replica
from releases import folder, switching

DESK = audit.Actor("desk")


def give_up(connection: Connection, most: int) -> Sequence[int]:
    """Keep the newest releases and whatever is served, and no others.

    Never given up are the live one, the one before it, what is being made ready, and what a
    replica serves, has ready, or still goes on with.

    Args:
        connection: a transaction that writes.
        most: so many of the newest are kept.

    Returns:
        All that are not kept, those given up earlier among them.
    """
    asked = select(Release.number).where(Release.kept).order_by(Release.number.desc())
    kept = connection.execute(asked).scalars().all()
    for number in sorted(set(kept[most:]) - _needed(connection)):
        connection.execute(update(Release).where(Release.number == number).values(kept=False))
        audit.append(connection, DESK, audit.Action.RELEASE_CLEARED, f"release:{number}", {})
    gone = select(Release.number).where(Release.kept.is_(False)).order_by(Release.number)
    return connection.execute(gone).scalars().all()


def remove(releases: Path, numbers: Sequence[int]) -> None:
    """Remove the folders of releases that are not kept."""
    for number in numbers:
        shutil.rmtree(folder.place(releases, number).path, ignore_errors=True)


def _needed(connection: Connection) -> set[int | None]:
    before, under_way = switching.before(connection), switching.preparing(connection)
    needed = {
        switching.live(connection),
        before.release if before else None,
        under_way.release if under_way else None,
    }
    columns = Replica.serving, Replica.ready, Replica.draining
    for serving, ready, draining in connection.execute(select(*columns)):
        needed |= {serving, ready, *(draining or [])}
    return needed
