"""Conversations are moved back in time, and nothing else is."""

import random
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select

from demo.keepsake import hashed
from demo.spreading import paced, spread
from records import database
from records.base import now
from records.conversations import Change
from records.models import DORSI, PATIENT, Feedback, Message, Session

TURNS = 4


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    else:
        url = request.getfixturevalue("postgres_url")
    opened = database.connect(url)
    yield opened
    opened.dispose()


def played(db: Connection, token: str) -> None:
    """A conversation of four turns with thumbs on the last, as it is recorded in a second."""
    begun = now()
    db.execute(insert(Session).values(id=token, token_hash=hashed(token), region="GB"))
    for seq in range(1, 2 * TURNS + 2):
        db.execute(
            insert(Message).values(
                id=f"{token}-{seq}",
                session_id=token,
                seq=seq,
                direction=DORSI if seq % 2 else PATIENT,
                text="x",
                created_at=begun + timedelta(milliseconds=40 * seq),
            )
        )
    rated = {"message_id": f"{token}-{2 * TURNS + 1}", "session_id": token, "helpful": True}
    db.execute(insert(Feedback).values(rated))


def fill(engine: Engine, *tokens: str) -> None:
    with engine.begin() as db:
        for token in tokens:
            played(db, token)
        db.execute(delete(Change))  # as the index does once it has looked


def test_moved_conversations_keep_their_order_and_end_before_now(engine: Engine) -> None:
    tokens = [f"t{number}" for number in range(60)]
    fill(engine, *tokens)
    present = now()
    assert spread(engine, [[token] for token in tokens], 14, 1, present) == 60
    with engine.connect() as db:
        days = set()
        for session in db.execute(select(Session.__table__)).all():
            times = db.scalars(
                select(Message.created_at)
                .where(Message.session_id == session.id)
                .order_by(Message.seq)
            ).all()
            rated = db.scalars(select(Feedback.at).where(Feedback.session_id == session.id)).one()
            assert list(times) == sorted(times)
            assert times[-1] - times[0] >= timedelta(seconds=8 * TURNS)
            assert session.created_at == times[0]
            assert times[-1] < rated == session.used_at <= present
            assert times[0] > present - timedelta(days=14, minutes=10)
            days.add(times[0].date())
        assert len(days) > 8


def test_the_visits_of_a_browser_stay_in_order(engine: Engine) -> None:
    tokens = ["first", "second", "third"]
    fill(engine, *tokens)
    spread(engine, [tokens], 30, 5, now())
    with engine.connect() as db:
        begun = {row.id: row.created_at for row in db.execute(select(Session.__table__))}
    assert begun["first"] < begun["second"] < begun["third"]


def test_other_conversations_stay_as_they_are(engine: Engine) -> None:
    fill(engine, "mine", "theirs")
    with engine.connect() as db:
        theirs = select(Message.id, Message.created_at).where(Message.session_id == "theirs")
        before = db.execute(theirs).all()
    spread(engine, [["mine"]], 14, 1, now())
    with engine.connect() as db:
        assert db.execute(theirs).all() == before


def test_the_index_is_told_of_what_was_moved_and_of_nothing_else(engine: Engine) -> None:
    fill(engine, "mine", "theirs")
    spread(engine, [["mine"]], 14, 1, now())
    with engine.connect() as db:
        assert set(db.scalars(select(Change.session_id))) == {"mine"}


def test_a_conversation_that_is_gone_again_is_passed_over(engine: Engine) -> None:
    fill(engine, "there")
    assert spread(engine, [["gone"], ["there"]], 14, 1, now()) == 1


def test_an_answer_takes_as_long_as_it_took_and_a_patient_takes_time_to_read() -> None:
    begun = now()
    said = [
        (DORSI, begun),
        (PATIENT, begun + timedelta(milliseconds=5)),
        (DORSI, begun + timedelta(milliseconds=45)),
    ]
    welcome, asked, told = paced(said, begun, random.Random(1))
    assert welcome == begun
    assert timedelta(seconds=8) <= asked - welcome <= timedelta(seconds=75)
    assert told - asked == timedelta(milliseconds=40)
