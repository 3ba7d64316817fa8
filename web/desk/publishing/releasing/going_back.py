"""Going back to a release that is kept: one row, and patients have it within seconds.

Neither git nor the checks are asked: what was served or published once was checked then, and going
back has to work on a night when all else is broken. A release that somebody made by the command and
that was never served is none of these.
"""

import asyncio

from sqlalchemy import Connection, select

from desk.errors import CannotBe
from desk.privacy import audit
from desk.services import Services
from records.people import User
from records.publishing import ChangeRequest, Release, Switch
from records.words import SwitchKind, SwitchState
from releases import folder, switching

NEVER = (
    "was made by a command: it was never published nor served, so it cannot be served from here."
)


def called(number: int) -> str:
    """How the audit log names a release."""
    return f"release:{number}"


async def faults(parts: Services, number: int) -> list[str]:
    """What is wrong with a release's folder, in words; nothing if it is as it was made."""
    asked = select(Release.checksum).where(Release.number == number)
    checksum = await parts.database.read(lambda db: db.execute(asked).scalar()) or ""
    settings = parts.settings
    return await asyncio.to_thread(
        folder.verify, settings.releases, number, checksum, settings.dorsi_code
    )


def was_approved_of(connection: Connection, number: int) -> bool:
    """Whether a release was served or published once; only such a one is served from the desk."""
    was_live = select(Switch.id).where(Switch.release == number, Switch.state == SwitchState.LIVE)
    published = select(ChangeRequest.id).where(ChangeRequest.release == number)
    return any(connection.execute(asked.limit(1)).first() for asked in (was_live, published))


async def go_back(parts: Services, who: audit.Actor, number: int) -> int:
    """Have a release served again: an older one, or one whose own switch failed.

    Args:
        parts: the desk's parts.
        who: who wants it.
        number: the release's.

    Returns:
        The switch's id.

    Raises:
        CannotBe: it was never served nor published, its folder is not as it was made, or the
            switch cannot begin.
    """
    if not await parts.database.read(lambda db: was_approved_of(db, number)):
        raise CannotBe(f"Release {number} {NEVER}")
    wrong = await faults(parts, number)
    if wrong:
        raise CannotBe(f"Release {number} is not as it was made, so it is not served: {wrong[0]}.")

    def begin(db: Connection) -> int:
        before, settings = switching.live(db), parts.settings
        by = db.execute(select(User.shown).where(User.id == who.id)).scalar() or who.name
        is_back = before is not None and number < before
        switch = switching.begin(
            db,
            number,
            SwitchKind.ROLL_BACK if is_back else SwitchKind.PUBLISH,
            by,
            releases=settings.releases,
            code=settings.dorsi_code,
        )
        detail = {"from": before, "switch": switch}
        what = audit.Action.ROLLED_BACK if is_back else audit.Action.RELEASE_SERVED_AGAIN
        audit.append(db, who, what, called(number), detail)
        return switch

    try:
        return await parts.database.write(begin)
    except switching.Refused as error:
        raise CannotBe(str(error)) from None


async def stop(parts: Services, who: audit.Actor, switch: int) -> bool:
    """Stop a switch that is under way, so that another can begin; False if it has ended."""

    def end(db: Connection) -> bool:
        under_way = switching.preparing(db)
        if under_way is None or under_way.id != switch:
            return False
        switching.fail(db, switch, f"{who.name} stopped it.")
        detail = {"release": under_way.release}
        audit.append(db, who, audit.Action.SWITCH_STOPPED, f"switch:{switch}", detail)
        return True

    return await parts.database.write(end)
