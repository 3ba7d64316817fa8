"""Work for the editors that comes of verdicts."""

from sqlalchemy import Connection, insert, update

from desk.privacy import audit
from desk.review.errors import CannotReview
from desk.review.form import Judgement
from records.base import now
from records.reviewing import Work
from records.words import FOR_EDITORS, WorkStatus

MAX_REASON = 1000
TAKEN_BACK = "The reviewer changed the verdict."


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
