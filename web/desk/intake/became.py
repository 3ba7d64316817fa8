"""What became of the examples that were taken: how likely their targets were, and are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from desk.catalogue import Catalogue
from desk.errors import CannotBe
from desk.intake import dismissing, targets
from desk.intake.targets import Target
from desk.intake.wanted import PAGE
from desk.privacy import audit
from desk.privacy.audit import Action, Actor
from desk.review.reading import SOMEBODY
from records.people import User
from records.publishing import ChangeRequest, TakenExample
from records.words import ChangeStatus, WorkStatus

UNDERSTOOD = 0.75
"""From so likely on Dorsi answers; config.yml, `answer`. A red flag is raised or not: 1 or 0."""


@dataclass(frozen=True)
class Taken:
    """An example that was taken. Its words are an editor's.

    Attributes:
        id: its id.
        text: the words.
        target: what it is an example of.
        change_id: the change request it was put into, with its title and its status.
        before: how likely the target was when it was taken; None where nobody asked.
        after: how likely the release thinks it is that it went live with, or the next that
            could be asked.
        release: that release.
    """

    id: int
    text: str
    target: Target
    change_id: int
    title: str
    status: str
    before: float | None
    after: float | None
    release: int | None
    by: str
    at: datetime

    @property
    def is_understood(self) -> bool | None:
        """Whether it is understood now; None where no release had it yet."""
        return None if self.after is None else self.after >= UNDERSTOOD

    @property
    def is_open(self) -> bool:
        """Whether it can still be put back: nobody has published it."""
        return self.status != ChangeStatus.PUBLISHED


@dataclass(frozen=True)
class Counts:
    """How many were taken, have gone live, and are still not understood."""

    taken: int
    live: int
    not_understood: int


_NOT_YET = TakenExample.after < UNDERSTOOD


def counts(connection: Connection) -> Counts:
    """How many there are of each."""
    row = TakenExample
    asked = select(
        func.count(),
        func.count().filter(row.after.is_not(None)),
        func.count().filter(_NOT_YET),
    ).select_from(row)
    return Counts(*connection.execute(asked).one())


def listed(
    connection: Connection, catalogue: Catalogue, page: int = 1, *, not_understood: bool = False
) -> list[Taken]:
    """A page of them, the newest first.

    Args:
        connection: a transaction that reads.
        catalogue: tells topics from moves of conversation.
        page: counted from 1.
        not_understood: only those that a release still does not understand.
    """
    row = TakenExample
    asked = (
        select(row, ChangeRequest.title, ChangeRequest.status, User.shown)
        .join(ChangeRequest, ChangeRequest.id == row.change_id)
        .outerjoin(User, User.id == row.by)
        .where(*([_NOT_YET] if not_understood else []))
        .order_by(row.at.desc(), row.id.desc())
        .limit(PAGE)
        .offset(PAGE * (page - 1))
        .with_only_columns(*row.__table__.c, ChangeRequest.title, ChangeRequest.status, User.shown)
    )
    return [
        Taken(
            id=one.id,
            text=one.text,
            target=targets.read(one.target, catalogue),
            change_id=one.change_id,
            title=one.title,
            status=one.status,
            before=one.before,
            after=one.after,
            release=one.scored_with,
            by=one.shown or SOMEBODY,
            at=one.at,
        )
        for one in connection.execute(asked)
    ]


def put_back(connection: Connection, who: Actor, id: int) -> int:
    """Have a message be on the list again whose example is not wanted; gives its change request.

    The example itself stays in the change request until somebody takes it out there.

    Raises:
        CannotBe: it is published, or gone.
    """
    row = TakenExample
    asked = (
        select(row.message_id, row.change_id, ChangeRequest.status)
        .join(ChangeRequest, ChangeRequest.id == row.change_id)
        .where(row.id == id)
    )
    found = connection.execute(asked).one_or_none()
    if found is None:
        raise CannotBe("It is not there any more. Nothing was done.")
    if found.status == ChangeStatus.PUBLISHED:
        raise CannotBe("It is published already. Change the topic instead. Nothing was done.")
    connection.execute(delete(row).where(row.id == id))
    others = select(func.count()).where(row.message_id == found.message_id)
    if found.message_id and not connection.execute(others).scalar_one():
        dismissing.reopen_work(connection, [found.message_id], WorkStatus.ACCEPTED)
    detail = {"example": id}
    audit.append(connection, who, Action.EXAMPLE_PUT_BACK, f"change:{found.change_id}", detail)
    return int(found.change_id)


@dataclass(frozen=True)
class Unscored:
    """An example that went live and that nobody has asked its release about."""

    id: int
    text: str
    target: str


def unscored(connection: Connection, release: int) -> Sequence[Unscored]:
    """The examples that a release has learnt and that no release was asked about yet."""
    row = TakenExample
    asked = (
        select(row.id, row.text, row.target)
        .join(ChangeRequest, ChangeRequest.id == row.change_id)
        .where(ChangeRequest.release <= release, row.after.is_(None))
        .order_by(row.id)
    )
    return [Unscored(*found) for found in connection.execute(asked)]
