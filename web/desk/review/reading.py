"""What the review of a conversation has come to so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from desk.access.permissions import PERMISSIONS, Permission
from desk.transcript.masking import masked
from records.people import User
from records.reviewing import (
    ConversationTag,
    Incident,
    Note,
    ReviewStep,
    Tag,
    Verdict,
)
from records.words import IncidentStatus, Ruling

SOMEBODY = "somebody who left"
_REVIEWERS = [role for role, granted in PERMISSIONS.items() if Permission.REVIEW in granted]


@dataclass(frozen=True)
class VerdictView:
    """What one reviewer holds of a turn."""

    message_id: str
    reviewer: str
    reviewer_id: int | None
    ruling: Ruling
    topic: str | None
    flag: str | None
    comment: str
    at: datetime

    @property
    def opinion(self) -> tuple[Ruling, str | None]:
        """What has to be the same for two reviewers to agree."""
        return self.ruling, self.topic if self.ruling is Ruling.WRONG_TOPIC else None


@dataclass(frozen=True)
class NoteView:
    """What somebody wrote about the conversation, masked."""

    author: str
    text: str
    at: datetime


@dataclass(frozen=True)
class IncidentBrief:
    """An incident in brief."""

    id: int
    message_id: str | None
    kind: str
    status: str
    opened_by: int | None
    opener: str

    @property
    def is_open(self) -> bool:
        """Whether it is not closed yet."""
        return self.status != IncidentStatus.CLOSED


@dataclass(frozen=True)
class Step:
    """The last step of the review, which can be undone."""

    id: int
    field: str
    before: str | None
    after: str | None
    by: str


@dataclass(frozen=True)
class Person:
    """Somebody at the desk."""

    id: int
    shown: str


@dataclass(frozen=True)
class TagView:
    """A tag of the managed list."""

    id: int
    name: str
    meaning: str


@dataclass(frozen=True)
class Review:
    """The review of a conversation; `verdicts` and `incidents` by the patient's message."""

    verdicts: Mapping[str, Sequence[VerdictView]] = field(default_factory=dict)
    incidents: Mapping[str | None, Sequence[IncidentBrief]] = field(default_factory=dict)
    notes: Sequence[NoteView] = ()
    tags: Sequence[TagView] = ()
    offered: Sequence[TagView] = ()
    people: Sequence[Person] = ()
    last: Step | None = None

    @property
    def open_incidents(self) -> list[IncidentBrief]:
        """Those that are not closed."""
        return [one for some in self.incidents.values() for one in some if one.is_open]

    def disagrees(self, message_id: str) -> bool:
        """Whether reviewers hold different things of a turn."""
        return disagree(self.verdicts.get(message_id, ()))


def disagree(verdicts: Sequence[VerdictView]) -> bool:
    """Whether not all of them say the same."""
    return len({verdict.opinion for verdict in verdicts}) > 1


def review_of(connection: Connection, number: int) -> Review:
    """The review of the conversation of that number."""
    return Review(
        verdicts=_by_message(verdicts(connection, Verdict.number == number)),
        incidents=_by_message(_incidents(connection, number)),
        notes=_notes(connection, number),
        tags=_tags(connection, number),
        offered=_offered(connection),
        people=reviewers(connection),
        last=last_step(connection, number),
    )


def verdicts(connection: Connection, *where: Any) -> list[VerdictView]:
    """The verdicts that fit, the oldest first, their comments masked."""
    asked = (
        select(Verdict, User.shown)
        .outerjoin(User, User.id == Verdict.reviewer)
        .where(*where)
        .order_by(Verdict.at, Verdict.id)
    )
    return [
        VerdictView(
            message_id=row.message_id,
            reviewer=row.shown or SOMEBODY,
            reviewer_id=row.reviewer,
            ruling=Ruling(row.verdict),
            topic=row.topic,
            flag=row.flag,
            comment=masked(row.comment),
            at=row.at,
        )
        for row in connection.execute(asked.with_only_columns(*Verdict.__table__.c, User.shown))
    ]


def reviewers(connection: Connection) -> list[Person]:
    """Those who can be given a conversation."""
    asked = select(User.id, User.shown).where(
        User.role.in_([str(role) for role in _REVIEWERS]), User.disabled.is_(False)
    )
    return [Person(row.id, row.shown) for row in connection.execute(asked.order_by(User.shown))]


def last_step(connection: Connection, number: int) -> Step | None:
    """The last step that was not undone; None if there is none."""
    asked = (
        select(ReviewStep.id, ReviewStep.field, ReviewStep.before, ReviewStep.after, User.shown)
        .outerjoin(User, User.id == ReviewStep.by)
        .where(ReviewStep.number == number, ReviewStep.undone.is_(False))
        .order_by(ReviewStep.id.desc())
        .limit(1)
    )
    row = connection.execute(asked).one_or_none()
    return row and Step(row.id, row.field, row.before, row.after, row.shown or SOMEBODY)


def open_incidents(connection: Connection) -> int:
    """How many incidents are not closed."""
    asked = select(func.count()).where(Incident.status != str(IncidentStatus.CLOSED))
    return connection.execute(asked).scalar_one()


def _incidents(connection: Connection, number: int) -> list[IncidentBrief]:
    asked = (
        select(
            Incident.id,
            Incident.message_id,
            Incident.kind,
            Incident.status,
            Incident.opened_by,
            User.shown,
        )
        .outerjoin(User, User.id == Incident.opened_by)
        .where(Incident.number == number)
        .order_by(Incident.id)
    )
    return [IncidentBrief(*row[:-1], row[-1] or SOMEBODY) for row in connection.execute(asked)]


def _notes(connection: Connection, number: int) -> list[NoteView]:
    asked = (
        select(User.shown, Note.text, Note.at)
        .outerjoin(User, User.id == Note.author)
        .where(Note.number == number)
        .order_by(Note.id)
    )
    return [
        NoteView(row.shown or SOMEBODY, masked(row.text), row.at)
        for row in connection.execute(asked)
    ]


def _tags(connection: Connection, number: int) -> list[TagView]:
    asked = (
        select(Tag.id, Tag.name, Tag.meaning)
        .join(ConversationTag, ConversationTag.tag_id == Tag.id)
        .where(ConversationTag.number == number)
    )
    return [TagView(*row) for row in connection.execute(asked.order_by(Tag.name))]


def _offered(connection: Connection) -> list[TagView]:
    asked = select(Tag.id, Tag.name, Tag.meaning).where(Tag.retired.is_(False))
    return [TagView(*row) for row in connection.execute(asked.order_by(Tag.name))]


def _by_message[T: (VerdictView, IncidentBrief)](found: Sequence[T]) -> dict[Any, list[T]]:
    by: dict[Any, list[T]] = {}
    for one in found:
        by.setdefault(one.message_id, []).append(one)
    return by
