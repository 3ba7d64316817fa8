"""How likely a release finds what sentences are examples of, asked of the workbench."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from desk.catalogue import Catalogue
from desk.intake import became, targets
from desk.intake.targets import Aim, Target
from desk.services import Services
from desk.settings import Settings
from desk.workbench.client import Refused, Unavailable, Workbench
from records.publishing import Release, TakenExample
from records.words import Level
from releases import folder, switching

log = logging.getLogger(__name__)

PATIENCE = 60.0
"""So many seconds a model may take to be opened and asked; nobody waits for it on a page."""

_NO_TITLES = Catalogue()

type Pair = tuple[str, Target]


@dataclass(frozen=True)
class Served:
    """Where the model and the content of a release are; empty before there is any release."""

    model: str | None = None
    data: str | None = None


def served(connection: Connection, settings: Settings, number: int | None = None) -> Served:
    """Where a release lies: that which is live if no other is named."""
    wanted = switching.live(connection) if number is None else number
    found = connection.execute(select(Release.code).where(Release.number == wanted))
    code = found.scalar_one_or_none()
    if wanted is None or code is None:
        return Served()
    place = folder.place(settings.releases, wanted)
    return Served(str(place.model(settings.dorsi_code, code)), str(place.data))


async def likelihoods(
    workbench: Workbench, pairs: Sequence[Pair], served: Served, timeout: float = PATIENCE
) -> list[float | None]:
    """How likely each sentence is what it is an example of, from 0 to 1.

    A red flag is raised or not: 1 where the rules do what the example asks of them, 0 where not.
    None stands for what nobody can say just now.

    Args:
        workbench: what is asked.
        pairs: sentences and what each is an example of.
        served: the release that is asked about.
        timeout: seconds to wait for an answer.
    """
    asked = [(text, target.id) for text, target in pairs if target.aim is Aim.TOPIC]
    release = {"model": served.model, "data": served.data}
    try:
        found = (
            await workbench.ask("score", timeout=timeout, pairs=asked, **release) if asked else []
        )
        scores = iter(found)
        return [
            float(next(scores))
            if target.aim is Aim.TOPIC
            else _screened(
                target, await workbench.ask("screen", timeout=timeout, text=text, data=served.data)
            )
            for text, target in pairs
        ]
    except (Refused, Unavailable) as error:
        log.warning("examples cannot be scored", extra={"reason": type(error).__name__})
        return [None] * len(pairs)


def _screened(target: Target, found: Any) -> float:
    """Whether the rules do what an example asks of them."""
    levels = [Level.named(flag["level"]) for flag in found["flags"] if flag["id"] == target.id]
    if target.aim is Aim.SPARES:
        return float(not levels)
    return float(max(levels, default=Level.NONE) >= Level.named(target.group))


async def rescore(services: Services, release: int) -> None:
    """Note how likely a release that went live finds the examples that it has learnt.

    What was noted before stays: it may be asked for again and again. Where the workbench cannot be
    asked nothing is noted.
    """
    database, settings = services.database, services.settings
    waiting, place = await database.read(
        lambda db: (became.unscored(db, release), served(db, settings, release))
    )
    pairs = [(one.text, targets.read(one.target, _NO_TITLES)) for one in waiting]
    if not pairs:
        return
    found = await likelihoods(services.workbench, pairs, place)
    scored = [
        (one.id, likely) for one, likely in zip(waiting, found, strict=True) if likely is not None
    ]

    def note(db: Connection) -> None:
        for id, likely in scored:
            values = {"after": likely, "scored_with": release}
            db.execute(update(TakenExample).where(TakenExample.id == id).values(values))

    await database.write(note)
