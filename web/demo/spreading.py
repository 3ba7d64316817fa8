"""Moves the played conversations back in time, for figures and an inbox with a history.

Only moments are changed, and only of the given sessions. Rasa's own events and the exercise diary
keep the true ones: nothing at the desk shows them.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from demo.keepsake import hashed
from records.conversations import Change
from records.models import PATIENT, Feedback, Message, Session

# Seconds between reading an answer and sending the next message, and before thumbs are given.
PAUSE = (8, 75)
THUMB = (3, 20)
# How busy each hour of the day is (UTC).
HOURS = (1, 1, 1, 0, 0, 1, 2, 4, 7, 9, 10, 10, 8, 8, 9, 9, 8, 7, 7, 8, 8, 6, 4, 2)
WEEKEND = 0.6
AT_ONCE = 40


def spread(
    engine: Engine, browsers: Sequence[Sequence[str]], days: int, seed: int, present: datetime
) -> int:
    """Give each conversation a time of its own within the last days.

    The order of what was said in a conversation stays, and so does that of a browser's visits.

    Args:
        engine: the database that the conversations are in.
        browsers: the tokens of each browser's sessions, in the order of its visits.
        days: how far back.
        seed: of the times that are drawn.
        present: nothing is moved beyond it.

    Returns:
        How many conversations were moved.
    """
    rng = random.Random(seed)
    begins = {
        hashed(token): begin
        for tokens in browsers
        for token, begin in zip(tokens, _visits(len(tokens), days, present, rng), strict=True)
    }
    hashes = list(begins)
    moved = 0
    for start in range(0, len(hashes), AT_ONCE):
        # In parts: the gateway writes to the same database meanwhile.
        with engine.execution_options(begin="IMMEDIATE").begin() as connection:
            sessions = connection.execute(
                select(Session.id, Session.token_hash)
                .where(Session.token_hash.in_(hashes[start : start + AT_ONCE]))
                .order_by(Session.token_hash)
            ).all()
            for session_id, token_hash in sessions:
                _move(connection, session_id, begins[token_hash], present, rng)
            moved += len(sessions)
    return moved


def _visits(count: int, days: int, present: datetime, rng: random.Random) -> list[datetime]:
    """The beginnings of a browser's visits, in order and not all on one day."""
    return sorted(_moment(days, present, rng) for _ in range(count))


def _moment(days: int, present: datetime, rng: random.Random) -> datetime:
    while True:
        begin = present - timedelta(days=rng.uniform(0, days))
        busy = HOURS[begin.hour] / max(HOURS) * (WEEKEND if begin.weekday() > 4 else 1)
        if rng.random() < busy:
            return begin


def _move(
    connection: Connection, session_id: str, begin: datetime, present: datetime, rng: random.Random
) -> None:
    rows = connection.execute(
        select(Message.id, Message.direction, Message.created_at)
        .where(Message.session_id == session_id)
        .order_by(Message.seq)
    ).all()
    if not rows:
        return
    times = paced([(row.direction, row.created_at) for row in rows], begin, rng)
    # What would end in the future ends now.
    late = max(times[-1] - present + timedelta(minutes=1), timedelta())
    said = {row.id: at - late for row, at in zip(rows, times, strict=True)}
    connection.execute(
        update(Message).where(Message.id == bindparam("which")).values(created_at=bindparam("at")),
        [{"which": which, "at": at} for which, at in said.items()],
    )
    rated = connection.scalars(
        select(Feedback.message_id).where(Feedback.session_id == session_id)
    ).all()
    last = times[-1] - late
    for which in rated:
        at = min(said[which] + timedelta(seconds=rng.uniform(*THUMB)), present)
        last = max(last, at)
        connection.execute(update(Feedback).where(Feedback.message_id == which).values(at=at))
    connection.execute(
        update(Session)
        .where(Session.id == session_id)
        .values(created_at=times[0] - late, used_at=last)
    )
    # The database tells of new messages only; the desk's index has to look again.
    connection.execute(insert(Change).values(session_id=session_id))


def paced(
    said: Sequence[tuple[str, datetime]], begin: datetime, rng: random.Random
) -> list[datetime]:
    """Moments for what was said, with pauses as people make them before each of their messages.

    Args:
        said: who said it and when it was recorded, in order.
        begin: the moment of the first.
        rng: draws the pauses.

    Returns:
        As many moments, in the same order; Dorsi's answers take as long as they took.
    """
    times = [begin]
    for (_, before), (direction, at) in pairwise(said):
        took = at - before
        if direction == PATIENT:
            took = timedelta(seconds=rng.uniform(*PAUSE))
        times.append(times[-1] + max(took, timedelta()))
    return times
