"""Work for the editors that comes of verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from desk.privacy import audit
from desk.review.errors import CannotReview
from desk.review.form import Judgement
from desk.review.reading import SOMEBODY
from desk.transcript.masking import masked, stored
from records.base import now
from records.models import Message
from records.people import User
from records.reviewing import Verdict, Work
from records.words import FOR_EDITORS, WorkStatus

LIST = 100
"""So many stand on the list at once, the oldest first."""
MAX_REASON = 1000
TAKEN_BACK = "The reviewer changed the verdict."


@dataclass(frozen=True)
class Item:
    """Something for the editors to do; the patient's words and the comment are masked."""

    id: int
    number: int
    seq: int
    kind: str
    topic: str | None
    answered: str | None
    text: str
    comment: str
    reviewer: str
    opened_at: datetime


def follow(
    connection: Connection, number: int, message_id: str, verdict: int, judgement: Judgement
) -> None:
    """Have the editors' work follow a verdict: made, changed, or taken back with it."""
    own = (Work.verdict_id == verdict, Work.status == str(WorkStatus.OPEN))
    if judgement.ruling not in FOR_EDITORS:
        values = {"status": str(WorkStatus.DISMISSED), "reason": TAKEN_BACK, "closed_at": now()}
        connection.execute(update(Work).where(*own).values(values))
        return
    kept = {"kind": str(judgement.ruling), "topic": judgement.topic}
    if not connection.execute(update(Work).where(*own).values(kept)).rowcount:
        connection.execute(
            insert(Work).values(
                message_id=message_id,
                number=number,
                verdict_id=verdict,
                status=str(WorkStatus.OPEN),
                reason="",
                **kept,
            )
        )


def close(
    connection: Connection, who: audit.Actor, item: int, status: WorkStatus, reason: str
) -> None:
    """Accept something, or dismiss it with a reason.

    Raises:
        CannotReview: the reason is missing or too long, or somebody closed it meanwhile.
    """
    reason = reason.strip()
    if len(reason) > MAX_REASON or (status is WorkStatus.DISMISSED and not reason):
        raise CannotReview(
            f"Please say why it is dismissed, in at most {MAX_REASON} characters. Nothing was done."
        )
    done = connection.execute(
        update(Work)
        .where(Work.id == item, Work.status == str(WorkStatus.OPEN))
        .values(status=str(status), reason=reason, closed_by=who.id, closed_at=now())
    )
    if not done.rowcount:
        raise CannotReview("Somebody else closed this meanwhile, or it is gone. Nothing was done.")
    accepted = status is WorkStatus.ACCEPTED
    action = audit.Action.WORK_ACCEPTED if accepted else audit.Action.WORK_DISMISSED
    audit.append(connection, who, action, f"work:{item}", {})


def open_items(connection: Connection) -> Sequence[Item]:
    """What is open, the oldest first."""
    asked = (
        select(Work, Message.seq, Message.text, Verdict.comment, User.shown)
        .join(Message, Message.id == Work.message_id)
        .outerjoin(Verdict, Verdict.id == Work.verdict_id)
        .outerjoin(User, User.id == Verdict.reviewer)
        .where(Work.status == str(WorkStatus.OPEN))
        .order_by(Work.opened_at, Work.id)
        .limit(LIST)
        .with_only_columns(
            Work.id,
            Work.number,
            Work.message_id,
            Work.kind,
            Work.topic,
            Work.opened_at,
            Message.seq,
            Message.text,
            Verdict.comment,
            User.shown,
        )
    )
    rows = connection.execute(asked).all()
    ids = [row.message_id for row in rows]
    kept, answered = stored(connection, ids), _answered(connection, ids)
    return [
        Item(
            id=row.id,
            number=row.number,
            seq=row.seq,
            kind=row.kind,
            topic=row.topic,
            answered=answered.get(row.message_id),
            text=masked(row.text, kept.get(row.message_id)),
            comment=masked(row.comment or ""),
            reviewer=row.shown or SOMEBODY,
            opened_at=row.opened_at,
        )
        for row in rows
    ]


def _answered(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The topics that were answered to those messages."""
    asked = (
        select(Message.reply_to, Message.topic)
        .where(Message.reply_to.in_(ids), Message.topic.is_not(None))
        .order_by(Message.seq.desc())
    )
    return {row.reply_to: row.topic for row in connection.execute(asked)}
