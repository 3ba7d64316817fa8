"""Publishing a change: from the checked merge to the wish that all replicas serve it.

The order makes it whole however it ends. First content and model are copied aside. Then main is
moved to the checked commit, which succeeds only from where the checks left it; a second try finds
it moved and goes on. Last, in one transaction that looks once more whether all approve, the release
gets its number, its switch begins, and the change is published: all of it or nothing. Where nothing
came of it, main goes back. So whoever is interrupted presses the button again, and no release is
made twice.
"""

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from desk.errors import CannotBe
from desk.privacy import audit
from desk.publishing import approving, rules
from desk.publishing.approving import Shown, called
from desk.publishing.present import Present, at_present
from desk.publishing.releasing.alone import alone
from desk.publishing.report.shape import Model, Report
from desk.services import Services
from editing.git import Moved
from editing.past import MAIN
from editing.repository import NoContent, Repository
from records.base import now
from records.people import User
from records.publishing import ChangeRequest, Switch
from records.words import ChangeStatus, SwitchKind
from releases import making, switching
from releases.checksums import of_file
from releases.making import Prepared

log = logging.getLogger(__name__)

NOT_SEEN = "The change, or what is published, has changed since you looked. Look at it again."
MODEL_GONE = "The model of the checks is not there any more. Run the checks again."
NOT_OF_THE_REPORT = frozenset({"steps", "model", "code", "reason", "version", "passed", "broken"})
"""What of a report says nothing of a release; the rest are its figures."""


@dataclass(frozen=True)
class Published:
    """What came of it: the switch, and what is to be told of the content's own repository."""

    switch: int
    said: str = ""


async def publish(parts: Services, who: audit.Actor, number: int, seen: str) -> Published:
    """Publish a change.

    Args:
        parts: the desk's parts.
        who: who presses the button.
        number: the change's id.
        seen: the commit that they saw and mean.

    Raises:
        CannotBe: a rule stands against it, or something has changed; the text says what to do.
        desk.errors.NotFound: there is no such change.
        Exception: something failed half-way. Patients have what they had; it can be tried again.
    """
    async with alone(parts.settings):
        before = await asyncio.to_thread(_fetched, parts.repository)
        at_moment = await at_present(parts, number)
        if at_moment.rules.status is ChangeStatus.PUBLISHED:
            return Published(await _switch_of(parts, at_moment))
        report, model = await _publishable(parts, at_moment, seen)
        prepared = await asyncio.to_thread(_prepared, parts, at_moment.commit, model, report.code)
        try:
            switch = await _moved_and_entered(parts, who, before, at_moment, prepared)
        finally:
            await asyncio.to_thread(making.discard, prepared)
        return Published(switch, await asyncio.to_thread(_pushed, parts.repository))


async def _moved_and_entered(
    parts: Services, who: audit.Actor, before: str, now: Present, prepared: Prepared
) -> int:
    """Move main and enter the release; main goes back where it is not entered after all."""
    try:
        await asyncio.to_thread(_move, parts.repository, before, now.commit)
    except Moved:
        raise CannotBe(NOT_SEEN) from None
    try:
        return await parts.database.write(lambda db: _enter(db, parts, who, now, prepared))
    except CannotBe:
        # Somebody may have gone on from there meanwhile: then it stays, and shows as theirs, too.
        with suppress(Moved):
            await asyncio.to_thread(_move, parts.repository, now.commit, before)
        raise


async def _publishable(parts: Services, now: Present, seen: str) -> tuple[Report, Model]:
    """The report of a change that may be published as it was seen, and its model."""
    if now.obstacles:
        raise CannotBe(" ".join(now.obstacles))
    if now.commit != seen:
        raise CannotBe(NOT_SEEN)
    report = now.report
    if report is None or report.model is None:
        raise CannotBe(rules.UNCHECKED)
    if not await asyncio.to_thread(_is_there, report.model):
        raise CannotBe(MODEL_GONE)
    under_way = await parts.database.read(switching.preparing)
    if under_way is not None:
        raise CannotBe(f"Release {under_way.release} is being made ready. Try again in a minute.")
    return report, report.model


async def _switch_of(parts: Services, now: Present) -> int:
    """The switch that a published change went to patients with."""
    asked = select(Switch.id).where(Switch.release == now.change.release).order_by(Switch.id)
    found = await parts.database.read(lambda db: db.execute(asked.limit(1)).scalar())
    if found is None:
        raise CannotBe(rules.NOT_SUBMITTED[ChangeStatus.PUBLISHED])
    return int(found)


def _fetched(repository: Repository) -> str:
    """Main's head, with what others have brought to the content's own repository meanwhile."""
    try:
        repository.fetch()
    except NoContent:
        # Nobody waits for it: what was missed is taken in with the next one.
        log.exception("the content's own repository cannot be reached")
    try:
        return repository.head()
    except NoContent as error:
        raise CannotBe(str(error)) from None


def _is_there(model: Model) -> bool:
    try:
        return of_file(Path(model.path)) == model.checksum
    except OSError:
        return False


def _move(repository: Repository, before: str, after: str) -> None:
    if before != after:
        repository.advance(MAIN, before, after)


def _pushed(repository: Repository) -> str:
    """Send it to the content's own repository; what is to be told if that did not take it."""
    sent = repository.push()
    if not sent.there:
        log.warning("the content's own repository has not got what is published")
    return "" if sent.there else sent.said


def _prepared(parts: Services, commit: str, model: Model, code: str) -> Prepared:
    parts.settings.releases.mkdir(parents=True, exist_ok=True)
    data = Path(tempfile.mkdtemp(prefix=".content-", dir=parts.settings.releases))
    try:
        parts.repository.tree(commit).export(data)
        return making.prepare(parts.settings.releases, data=data, model=Path(model.path), code=code)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _enter(
    db: Connection, parts: Services, who: audit.Actor, moment: Present, prepared: Prepared
) -> int:
    """Number the release, begin its switch, and have the change be published: all or nothing."""
    given = _still_approved(db, moment)
    approvers = sorted({one.shown for one in given if rules.counts(one, moment.rules)})
    by = db.execute(select(User.shown).where(User.id == who.id)).scalar() or who.name
    release = making.enter(
        db,
        prepared,
        commit=moment.commit,
        title=moment.change.title,
        figures=_figures(moment),
        approvers=approvers,
        by=by,
    )
    settings = parts.settings
    try:
        switch = switching.begin(
            db,
            release,
            SwitchKind.PUBLISH,
            by,
            releases=settings.releases,
            code=settings.dorsi_code,
        )
    except switching.Refused as error:
        raise CannotBe(str(error)) from None
    published = {"status": str(ChangeStatus.PUBLISHED), "release": release, "changed_at": now()}
    is_submitted = ChangeRequest.status == str(ChangeStatus.SUBMITTED)
    row = update(ChangeRequest).where(ChangeRequest.id == moment.change.id, is_submitted)
    if not db.execute(row.values(published)).rowcount:
        raise CannotBe(NOT_SEEN)
    detail = {"release": release, "commit": moment.commit, "approvers": approvers}
    what = audit.Action.CHANGE_PUBLISHED
    audit.append(db, who, what, called(moment.change.id), detail)
    return switch


def _still_approved(db: Connection, moment: Present) -> Sequence[Shown]:
    """The approvals as they are in the transaction, which are enough and of what is live now."""
    given = approving.given(db, moment.change.id)
    if wanting := rules.unapproved(moment.rules, given):
        raise CannotBe(" ".join(wanting))
    if switching.live(db) != moment.live:
        raise CannotBe(rules.OUTDATED)
    return given


def _figures(moment: Present) -> dict[str, Any]:
    kept = moment.raw_report.items()
    return {name: value for name, value in kept if name not in NOT_OF_THE_REPORT}
