"""A change as it is at this moment: what git, the database and the rules say of it together."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sqlalchemy import Connection, select
from starlette.requests import Request

from desk.changes import rows as changes
from desk.changes import service
from desk.errors import CannotBe, Refused
from desk.publishing import approving, rules
from desk.publishing.approving import Shown
from desk.publishing.checks import reading
from desk.publishing.checks.reading import Run
from desk.publishing.in_git import Released, in_git
from desk.publishing.report.shape import NoReport, Report, read
from desk.publishing.rules import Change, Checked
from desk.services import Services, services
from records.publishing import Release
from releases import switching

RELEASES = 20
"""What older releases had the newer ones have, or it is asked for anew."""
NEW_CODE = "The program itself was renewed since the checks ran. Run them again."

NEW_REASON = "The reason of the change is another since the checks ran. Run them again."


@dataclass(frozen=True)
class Present:
    """A change as it is at this moment.

    Attributes:
        change: its row.
        rules: what the rules ask of it.
        commit: its merge with what is published, which is what is checked; empty on conflicts.
        conflicts: how many fields two people have changed in two ways.
        trouble: why it cannot be merged, where that is not for conflicts.
        others: paths that patients would get anew with it which it does not change itself.
        live: the release that patients have now; None where there is none yet.
        given: all its approvals.
        runs: the runs of its checks, the newest first.
        report: that of the newest run, if it has one that can be read.
        raw_report: the same as it was kept.
        obstacles: what stands between it and its publishing.
    """

    change: changes.Change
    rules: Change
    commit: str
    conflicts: int
    trouble: str
    others: Sequence[str]
    live: int | None
    given: Sequence[Shown]
    runs: Sequence[Run]
    report: Report | None
    raw_report: Any
    obstacles: Sequence[str]

    @property
    def home(self) -> str:
        """The page of its way to patients."""
        return f"/changes/{self.change.id}/publishing"

    @property
    def is_open(self) -> bool:
        """Whether it can be checked and changed."""
        return self.change.is_open

    @property
    def run(self) -> Run | None:
        """The newest run of its checks."""
        return self.runs[0] if self.runs else None

    @property
    def is_current(self) -> bool:
        """Whether that run looked at just what would be published now, beside what is live."""
        return self.run is not None and self.is_of_now(self.run)

    def is_of_now(self, run: Run) -> bool:
        """Whether a run looked at just what would be published now, beside what is live now."""
        return _is_of_now(run, self.commit, self.live)


@dataclass(frozen=True)
class _Kept:
    """What the database has of a change."""

    given: Sequence[Shown]
    runs: Sequence[Run]
    report: Any
    released: Released


async def present(request: Request) -> Present:
    """The change of the address, as it is at this moment.

    Raises:
        desk.errors.NotFound: there is none of that id.
        Refused: the content cannot be read.
    """
    try:
        return await at_present(services(request), int(request.path_params["id"]))
    except CannotBe as error:
        raise Refused(HTTPStatus.CONFLICT, str(error)) from None


async def at_present(parts: Services, number: int) -> Present:
    """A change as it is at this moment, beside what was last taken in of what others published.

    Raises:
        desk.errors.NotFound: there is none of that id.
        CannotBe: the content cannot be read.
    """
    draft = await service.current(parts, number)
    merging = asyncio.to_thread(parts.repository.merged, draft.head, draft.main)
    merged, kept = await asyncio.gather(merging, parts.database.read(lambda db: _kept(db, number)))
    git = await asyncio.to_thread(in_git, parts, draft, merged, kept.released)
    change = Change(
        status=draft.row.status,
        state=git.state,
        author=draft.row.author,
        writers=git.writers,
        paths=[*draft.paths, *git.others],
        is_from_outside=git.is_from_outside,
    )
    report = _readable(kept.report)
    conflicts = 0 if git.commit else len(merged.conflicts)
    return Present(
        change=draft.row,
        rules=change,
        commit=git.commit,
        conflicts=conflicts,
        trouble="" if git.commit or conflicts else merged.said,
        others=git.others,
        live=kept.released.live,
        given=kept.given,
        runs=kept.runs,
        report=report,
        raw_report=kept.report,
        obstacles=[
            *_obstacles(change, kept, git.commit),
            *_of_other(report, parts.settings.dorsi_code, draft.row.reason),
        ],
    )


def _kept(connection: Connection, change: int) -> _Kept:
    runs = reading.of_change(connection, change)
    commits = select(Release.commit).where(Release.commit != "").order_by(Release.number.desc())
    live = switching.live(connection)
    return _Kept(
        given=approving.given(connection, change),
        runs=runs,
        report=reading.report(connection, runs[0].id) if runs else None,
        released=Released(
            live=live,
            commits=connection.execute(commits.limit(RELEASES)).scalars().all(),
        ),
    )


def _obstacles(change: Change, kept: _Kept, commit: str) -> list[str]:
    run = kept.runs[0] if kept.runs else None
    check = Checked(run.status, _is_of_now(run, commit, kept.released.live)) if run else None
    return rules.obstacles(change, kept.given, check, conflicts=not commit)


def _of_other(report: Report | None, code: str, reason: str) -> list[str]:
    """What has changed since a report, beside the content, by which the checks went."""
    if report is None or not report.passed:
        return []
    found = [NEW_CODE] if report.code != code else []
    return [*found, NEW_REASON] if report.reason != reason else found


def _is_of_now(run: Run, commit: str, live: int | None) -> bool:
    return run.commit == commit and (run.is_unfinished or run.against == live)


def _readable(raw: Any) -> Report | None:
    try:
        return read(raw) if raw else None
    except NoReport:
        return None
