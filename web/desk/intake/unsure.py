"""What Dorsi was least sure of and nobody has dealt with: the third source of the inbox.

The index has one confidence for each conversation, the lowest of its turns. So the turns are
looked for in the conversations it holds for the least sure.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, select

from desk.intake.doubt import Doubt
from desk.intake.doubt import doubt as doubt_in
from desk.intake.handled import is_left
from desk.intake.wanted import Order, Wanted
from desk.transcript.outline import whole_note
from records.conversations import Conversation
from records.models import DORSI, PATIENT, Message
from records.note import Note

CONVERSATIONS = 200
"""Turns are looked for in so many conversations."""
SURE = 0.9
"""A conversation whose lowest confidence is higher is not looked at."""
JUDGED = ("answer", "clarify", "fallback", "smalltalk")
"""The kinds of reply that follow from what was made of a message."""


def ranked(connection: Connection, wanted: Wanted) -> list[str]:
    """The ids of the messages that are left, the most uncertain first.

    Typed messages alone, whose reply followed from what was understood of them.
    """
    found = [
        (id, at, doubt)
        for id, at, note in _notes(connection, wanted)
        if not note.earlier
        and (not wanted.topic or wanted.topic == (note.label or note.topic))
        and (doubt := doubt_in(note)) is not None
    ]
    found.sort(key=lambda one: (*_rank(one[2], wanted.order), -one[1].timestamp()))
    return [id for id, _, _ in found]


def _notes(connection: Connection, wanted: Wanted) -> Iterator[tuple[str, datetime, Note]]:
    """The messages of the least sure conversations, each with when it was said and its note."""
    row, period = Conversation, wanted.period
    least_sure = (
        select(row.session_id)
        .where(row.sureness <= SURE, row.last_at >= period.begin, row.last_at < period.end)
        .order_by(row.sureness, row.number)
        .limit(CONVERSATIONS)
        .subquery()
    )
    said = Message.__table__.alias("said")
    asked = (
        select(said.c.id, said.c.payload, said.c.created_at, Message.kind, Message.understanding)
        .join(least_sure, least_sure.c.session_id == said.c.session_id)
        .join(Message, Message.reply_to == said.c.id)
        .where(said.c.direction == PATIENT, Message.direction == DORSI, is_left(said.c.id))
        .order_by(said.c.id, Message.seq)
    )
    for id, rows in groupby(connection.execute(asked).mappings(), key=itemgetter("id")):
        replies = [dict(row) for row in rows]
        payload = replies[0]["payload"]
        typed = not (isinstance(payload, dict) and "choice" in payload)
        if typed and any(reply["kind"] in JUDGED for reply in replies):
            yield id, replies[0]["created_at"], whole_note(replies)


def _rank(doubt: Doubt, order: Order) -> tuple[float, float]:
    by_margin, by_entropy = round(doubt.margin, 4), -round(doubt.entropy, 4)
    return (by_margin, by_entropy) if order is Order.MARGIN else (by_entropy, by_margin)
