"""Status and assignee: each change is a step that can be undone, the latest first.

Whoever changes something names the version they saw; what is out of date changes nothing.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from desk.privacy import audit
from desk.review.errors import CannotReview, ChangedMeanwhile, Gone
from desk.review.reading import last_step, reviewers
from records.base import now
from records.conversations import Conversation
from records.reviewing import ReviewStep
from records.words import Field, Status

_ACTIONS = {
    Field.STATUS: audit.Action.STATUS_CHANGED,
    Field.ASSIGNEE: audit.Action.ASSIGNED,
}


def set_status(
    connection: Connection, who: audit.Actor, number: int, version: int, status: Status
) -> None:
    """Give a conversation a status.

    Args:
        connection: a transaction that writes.
        who: who does it.
        number: the conversation's.
        version: that of the review they saw.
        status: the status.

    Raises:
        CannotReview: the review was changed meanwhile, or the conversation is gone.
    """
    _step(connection, who, number, version, Field.STATUS, str(status))


def begin(connection: Connection, who: audit.Actor, number: int) -> None:
    """Have a conversation that is new be in review: somebody has judged a turn of it."""
    asked = select(Conversation.status, Conversation.version).where(Conversation.number == number)
    row = connection.execute(asked).one()
    if row.status == Status.NEW:
        set_status(connection, who, number, row.version, Status.IN_REVIEW)


def assign(
    connection: Connection, who: audit.Actor, number: int, version: int, assignee: int | None
) -> None:
    """Give a conversation to somebody, or to nobody.

    Args:
        connection: a transaction that writes.
        who: who does it.
        number: the conversation's.
        version: that of the review they saw.
        assignee: the id of who is to see to it.

    Raises:
        CannotReview: the review was changed meanwhile, the conversation is gone, or that user
            reviews nothing.
    """
    if assignee is not None and assignee not in {one.id for one in reviewers(connection)}:
        raise CannotReview("That user reviews no conversations. Please choose one of the list.")
    after = None if assignee is None else str(assignee)
    _step(connection, who, number, version, Field.ASSIGNEE, after)


def undo(connection: Connection, who: audit.Actor, number: int, version: int, step: int) -> None:
    """Undo the latest step of a conversation's review.

    Args:
        connection: a transaction that writes.
        who: who does it.
        number: the conversation's.
        version: that of the review they saw.
        step: the id of the step; only the latest can be undone.

    Raises:
        CannotReview: the review was changed meanwhile, or the conversation is gone.
    """
    latest = last_step(connection, number)
    if latest is None or latest.id != step:
        raise ChangedMeanwhile(latest.by if latest else "")
    field = Field(latest.field)
    _write(connection, number, version, field, latest.before)
    connection.execute(update(ReviewStep).where(ReviewStep.id == step).values(undone=True))
    _reviewed(connection, number)
    detail = {"field": latest.field, "from": latest.after, "to": latest.before}
    audit.append(connection, who, audit.Action.STEP_UNDONE, audit.conversation(number), detail)


def _step(
    connection: Connection,
    who: audit.Actor,
    number: int,
    version: int,
    field: Field,
    after: str | None,
) -> None:
    before = _write(connection, number, version, field, after)
    if before == after:
        return
    connection.execute(
        insert(ReviewStep).values(
            number=number, by=who.id, field=str(field), before=before, after=after
        )
    )
    _reviewed(connection, number)
    detail = {"from": before, "to": after}
    audit.append(connection, who, _ACTIONS[field], audit.conversation(number), detail)


def _write(
    connection: Connection, number: int, version: int, field: Field, after: str | None
) -> str | None:
    """Write a field under the next version, and give what it was.

    Raises:
        ChangedMeanwhile: the version is not the one that was seen.
        Gone: there is no such conversation.
    """
    column = Conversation.status if field is Field.STATUS else Conversation.assignee
    asked = select(column, Conversation.version).where(Conversation.number == number)
    row = connection.execute(asked).one_or_none()
    if row is None:
        raise Gone
    value: Any = after if field is Field.STATUS or after is None else int(after)
    written = connection.execute(
        update(Conversation)
        .where(Conversation.number == number, Conversation.version == version)
        .values({column: value, Conversation.version: version + 1})
    )
    if not written.rowcount:
        latest = last_step(connection, number)
        raise ChangedMeanwhile(latest.by if latest else "")
    return None if row[0] is None else str(row[0])


def _reviewed(connection: Connection, number: int) -> None:
    """Note when the review was done; that of one that is not done is nothing."""
    found = select(ReviewStep.at).where(
        ReviewStep.number == number,
        ReviewStep.field == str(Field.STATUS),
        ReviewStep.after == str(Status.DONE),
        ReviewStep.undone.is_(False),
    )
    at: datetime | None = connection.execute(found.order_by(ReviewStep.id.desc()).limit(1)).scalar()
    is_done = select(Conversation.status).where(Conversation.number == number)
    done = connection.execute(is_done).scalar() == Status.DONE
    connection.execute(
        update(Conversation)
        .where(Conversation.number == number)
        .values(reviewed_at=(at or now()) if done else None)
    )
