"""Turns on which reviewers hold different things."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select

from desk.review.reading import VerdictView, disagree, verdicts
from desk.transcript.masking import masked, stored
from records.models import Message
from records.reviewing import Verdict
from records.words import Ruling

LIST = 100

# What has to be the same for two reviewers to agree: of a wrong topic also which is the right one.
_TOPIC = case(
    (Verdict.verdict == str(Ruling.WRONG_TOPIC), func.coalesce(Verdict.topic, "")), else_=""
)
_OPINION = Verdict.verdict + ":" + _TOPIC
TURNS = (
    select(Verdict.message_id)
    .group_by(Verdict.message_id)
    .having(func.count(_OPINION.distinct()) > 1)
)
"""The patient's messages of such turns, for a filter by a subquery."""


@dataclass(frozen=True)
class Disagreement:
    """A turn with what each holds of it; the patient's words are masked."""

    number: int
    seq: int
    text: str
    verdicts: Sequence[VerdictView]


def listed(connection: Connection) -> list[Disagreement]:
    """The turns that reviewers disagree on, those judged last first."""
    asked = (
        select(Verdict.message_id, Verdict.number, Message.seq, Message.text)
        .join(Message, Message.id == Verdict.message_id)
        .where(Verdict.message_id.in_(TURNS))
        .group_by(Verdict.message_id, Verdict.number, Message.seq, Message.text)
        .order_by(func.max(Verdict.at).desc())
        .limit(LIST)
    )
    rows = connection.execute(asked).all()
    ids = [row.message_id for row in rows]
    kept = stored(connection, ids)
    given: dict[str, list[VerdictView]] = {}
    for verdict in verdicts(connection, Verdict.message_id.in_(ids)):
        given.setdefault(verdict.message_id, []).append(verdict)
    return [
        Disagreement(
            row.number, row.seq, masked(row.text, kept.get(row.message_id)), given[row.message_id]
        )
        for row in rows
        if disagree(given[row.message_id])
    ]
