"""Noting what examples were taken of, and putting the messages away."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from desk.intake import dismissing
from desk.intake.turns import Turn, by_ids
from desk.intake.wishes import Wish
from desk.privacy import audit
from desk.privacy.audit import Action, Actor
from records.base import now
from records.models import Message
from records.publishing import TakenExample
from records.reviewing import Work
from records.words import WorkStatus


def remember(
    connection: Connection,
    who: Actor,
    change: int,
    turns: Sequence[Turn],
    wish: Wish,
    before: Sequence[float | None],
) -> None:
    """Note what was taken, and put the messages away.

    The examples come of the first message; those that ask the same are dismissed.
    """
    turn, *alike = turns
    opened = select(Work.id).where(
        Work.message_id == turn.message_id, Work.status == str(WorkStatus.OPEN)
    )
    work = connection.execute(opened.order_by(Work.id).limit(1)).scalar()
    there = connection.execute(select(Message.id).where(Message.id == turn.message_id)).scalar()
    rows = [
        {
            "change_id": change,
            "work_id": work,
            "message_id": there,
            "target": wish.target.kept,
            "text": sentence,
            "before": likely,
            "by": who.id,
            "at": now(),
        }
        for sentence, likely in zip(wish.sentences, before, strict=True)
    ]
    connection.execute(insert(TakenExample), rows)
    dismissing.close_work(connection, who, [turn.message_id], WorkStatus.ACCEPTED)
    reason = f"An example was taken of a question like it: change request {change}."
    gone = by_ids(connection, [one.message_id for one in alike])
    dismissing.put_away(connection, who, list(gone), reason)
    detail = {
        "target": wish.target.kept,
        "change": change,
        "sentences": len(rows),
        "turn": turn.place.seq,
    }
    about = audit.conversation(turn.place.number)
    audit.append(connection, who, Action.EXAMPLE_TAKEN, about, detail)
