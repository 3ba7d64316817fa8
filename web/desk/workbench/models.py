"""Which models there are to ask: the one that is served, and one of a change request's checks."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select

from desk.changes.service import Draft
from desk.services import Services
from desk.workbench import folders
from desk.workbench.asking import Model
from records.publishing import Check, Release
from records.words import CheckStatus
from releases import folder as releases
from releases import switching

DONE = (CheckStatus.PASSED, CheckStatus.FAILED)


@dataclass(frozen=True)
class Checked:
    """A model that was trained of a change request, and whether it was edited since."""

    model: Model
    at: datetime
    edited_since: bool


async def live(services: Services) -> Model:
    """The model that is served; where nothing was released, what was installed."""
    number = await services.database.read(switching.live)
    if number is None:
        return Model(data=services.settings.dorsi_data)
    place = releases.place(services.settings.releases, number)
    trained_by = await services.database.read(lambda db: _trained_by(db, number))
    return Model(place.model(services.settings.dorsi_code, trained_by), place.data)


async def checked(services: Services, draft: Draft) -> Checked | None:
    """The model of the last checks of a change request that trained one, if it is still there."""
    found = await services.database.read(lambda db: _last(db, draft.row.id))
    if found is None:
        return None
    commit, file, at = found
    if not Path(file).is_file():
        return None
    model = Model(Path(file), await folders.at(services, commit))
    return Checked(model, at, draft.row.changed_at > at)


def _last(connection: Connection, change: int) -> tuple[str, str, datetime] | None:
    rows = connection.execute(
        select(Check.commit, Check.report, Check.asked_at)
        .where(Check.change_id == change, Check.status.in_([str(status) for status in DONE]))
        .order_by(Check.id.desc())
    )
    for commit, report, at in rows:
        model = report.get("model") if isinstance(report, dict) else None
        if isinstance(model, dict) and model.get("path"):
            return commit, str(model["path"]), at
    return None


def _trained_by(connection: Connection, number: int) -> str:
    found = connection.execute(select(Release.code).where(Release.number == number)).scalar()
    return found or ""
