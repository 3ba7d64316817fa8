"""Verdicts on turns, and what comes of them: work for the editors, or a safety incident."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from desk.catalogue import Catalogue
from desk.privacy import audit
from desk.review import incidents, steps, work
from desk.review.errors import Gone
from desk.review.form import Judgement
from desk.transcript.outline import Brief, outline
from desk.transcript.reading import brief_rows, head
from records.base import now
from records.conversations import Conversation
from records.reviewing import Verdict
from records.words import FOR_EDITORS, INCIDENTS


@dataclass(frozen=True)
class Given:
    """What came of a verdict.

    Attributes:
        changed: whether it took the place of an earlier one of the same reviewer.
        incident: the id of the safety incident it opened or added to.
        work: whether it is now something for the editors to do.
    """

    changed: bool = False
    incident: int | None = None
    work: bool = False


def give(
    connection: Connection,
    who: audit.Actor,
    number: int,
    seq: int,
    judgement: Judgement,
    catalogue: Catalogue,
) -> Given:
    """Keep what a reviewer holds of a turn; the last word counts, the audit log has all.

    What the editors were given to do because of an earlier verdict of the same reviewer goes with
    it. A safety incident does not: only a second look closes it.

    Args:
        connection: a transaction that writes.
        who: the reviewer.
        number: the conversation's.
        seq: the number of the patient's message.
        judgement: what they say.
        catalogue: has the levels of red flags.

    Raises:
        Gone: there is no such turn.
    """
    # One at a time for each conversation: what is sent twice is one verdict and one incident.
    connection.execute(
        select(Conversation.number).where(Conversation.number == number).with_for_update()
    )
    turn = _turn(connection, number, seq)
    before = _earlier(connection, who, turn)
    verdict = _keep(connection, who, number, turn, judgement)
    ruling = judgement.ruling
    detail = {
        "turn": seq,
        "verdict": str(ruling),
        "topic": judgement.topic,
        "flag": judgement.flag,
        "before": before,
    }
    work.follow(connection, number, turn.message_id, verdict, judgement)
    opened = None
    if ruling in INCIDENTS:
        opened = incidents.open_for(connection, who, number, turn, judgement, catalogue)
    action = audit.Action.VERDICT_GIVEN
    audit.append(connection, who, action, audit.conversation(number), detail)
    steps.begin(connection, who, number)
    return Given(before is not None, opened, ruling in FOR_EDITORS)


def _turn(connection: Connection, number: int, seq: int) -> Brief:
    found = head(connection, number)
    turn = found and outline(brief_rows(connection, found.session_id)).turn(seq)
    if not turn or turn.seq != seq:
        raise Gone
    return turn


def _earlier(connection: Connection, who: audit.Actor, turn: Brief) -> str | None:
    asked = select(Verdict.verdict).where(
        Verdict.message_id == turn.message_id, Verdict.reviewer == who.id
    )
    found: str | None = connection.execute(asked).scalar()
    return found


def _keep(
    connection: Connection, who: audit.Actor, number: int, turn: Brief, judgement: Judgement
) -> int:
    """Keep the verdict in the place of an earlier one, and give its id."""
    values = {
        "verdict": str(judgement.ruling),
        "topic": judgement.topic,
        "flag": judgement.flag,
        "comment": judgement.comment,
        "at": now(),
    }
    own = (Verdict.message_id == turn.message_id, Verdict.reviewer == who.id)
    changed = connection.execute(update(Verdict).where(*own).values(values))
    if not changed.rowcount:
        connection.execute(
            insert(Verdict).values(
                message_id=turn.message_id, number=number, reviewer=who.id, **values
            )
        )
    return connection.execute(select(Verdict.id).where(*own)).scalar_one()
