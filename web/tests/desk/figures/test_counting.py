"""Figures of conversations that were counted by hand, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from desk.figures import counting
from desk.figures.backlog import backlog
from desk.figures.counting import Sums
from desk.figures.period import Period
from desk.figures.unanswered import NEWEST, newest
from records import database
from records.conversations import Conversation, ConversationFlag, ConversationTopic, Unanswered
from records.models import PATIENT, Message, Session
from records.words import Level

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def db(request: pytest.FixtureRequest) -> Iterator[Connection]:
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('sqlite_file')}"
    else:
        url = request.getfixturevalue("postgres_url")
    engine = database.connect(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def at(day: int, hour: int = 12, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def held(db: Connection, ended: datetime, **more: Any) -> int:
    """A conversation that ended then; its number."""
    number = int(db.exec_driver_sql("SELECT count(*) FROM sessions").scalar_one()) + 1
    id = f"s{number}"
    db.execute(insert(Session).values(id=id, token_hash=id, region="GB"))
    row = {"number": number, "session_id": id, "began_at": ended, "last_at": ended, "region": "GB"}
    db.execute(insert(Conversation).values({**row, "turns": 1, **more}))
    return number


def raised(db: Connection, number: int, flag: str, level: Level) -> None:
    row = {"number": number, "flag": flag, "level": int(level), "at": at(1)}
    db.execute(insert(ConversationFlag).values(row))


def unmet(db: Connection, number: int, when: datetime, text: str, kind: str = "fallback") -> None:
    id = f"m{number}-{when.isoformat()}"[:36]
    said = {"id": id, "session_id": f"s{number}", "direction": PATIENT, "text": text}
    db.execute(insert(Message).values(**said, seq=when.microsecond))
    db.execute(
        insert(Unanswered).values(message_id=id, number=number, at=when, kind=kind, text=text)
    )


def test_what_happened_is_added_up_by_day_and_level(db: Connection) -> None:
    held(db, at(3), turns=5, answered=3, clarified=1, fallbacks=2, liked=2, disliked=1)
    held(db, at(3, 23), turns=2, answered=2, exercises_begun=2, exercises_done=1)
    held(db, at(3), turns=1, level=3)
    held(db, at(4), turns=4, answered=3, fallbacks=1)
    held(db, at(30, month=4), turns=9)
    daily = counting.daily(db, MAY)
    third = Period(date(2026, 5, 3), date(2026, 5, 3))
    assert daily.total(third) == Sums(
        conversations=3,
        turns=8,
        answered=5,
        clarified=1,
        fallbacks=2,
        liked=2,
        disliked=1,
        exercises_begun=2,
        exercises_done=1,
        with_fallback=1,
        with_dislike=1,
    )
    assert daily.total(third, Level.EMERGENCY).conversations == 1
    assert daily.total(MAY).conversations == 4
    assert daily.total(MAY).with_fallback == 2
    assert daily.total(MAY.previous).turns == 9


def test_days_begin_and_end_at_midnight_of_utc(db: Connection) -> None:
    held(db, datetime(2026, 5, 1, 0, 0, 0, tzinfo=UTC))
    held(db, datetime(2026, 5, 31, 23, 59, 59, 999_999, tzinfo=UTC))
    held(db, datetime(2026, 6, 1, 0, 0, 0, tzinfo=UTC))
    held(db, datetime(2026, 4, 30, 23, 59, 59, 999_999, tzinfo=UTC))
    daily = counting.daily(db, MAY)
    assert daily.total(MAY).conversations == 2
    assert daily.total(Period(MAY.first, MAY.first)).conversations == 1
    assert daily.total(Period(MAY.last, MAY.last)).conversations == 1
    assert daily.total(MAY.previous).conversations == 1


def test_without_conversations_all_figures_are_nought(db: Connection) -> None:
    assert counting.daily(db, MAY).total(MAY) == Sums()
    assert counting.flags(db, MAY) == []
    assert counting.topics(db, MAY) == []
    assert counting.kinds(db, MAY) == counting.Kinds({}, {}, {})
    assert counting.unanswered_kinds(db, MAY) == {}
    waiting = backlog(db)
    assert (waiting.counts, waiting.oldest_new, waiting.median_day) == ({}, None, None)


def test_regions_releases_and_what_is_unfinished_are_counted(db: Connection) -> None:
    held(db, at(2), region="US", release="0.2.0", unfinished="exercise")
    held(db, at(2), region="GB", release="0.2.0")
    held(db, at(2), region="GB", release=None, unfinished="exercise")
    held(db, at(2, month=4), region="IE")
    found = counting.kinds(db, MAY)
    assert list(found.regions.items()) == [("GB", 2), ("US", 1)]
    assert found.releases == {"0.2.0": 2, None: 1}
    assert found.unfinished == {"exercise": 2}


def test_flags_are_counted_by_the_level_they_had_in_each_conversation(db: Connection) -> None:
    for day, level in ((2, Level.EMERGENCY), (3, Level.URGENT), (4, Level.URGENT)):
        raised(db, held(db, at(day), level=int(level)), "dvt", level)
    number = held(db, at(5), level=3)
    raised(db, number, "stroke", Level.EMERGENCY)
    raised(db, number, "dvt", Level.SOON)
    raised(db, held(db, at(5, month=6), level=3), "stroke", Level.EMERGENCY)
    dvt, stroke = counting.flags(db, MAY)
    assert (dvt.flag, dvt.conversations) == ("dvt", 4)
    assert dvt.levels == {3: 1, 2: 2, 1: 1}
    assert (stroke.flag, stroke.conversations) == ("stroke", 1)


def test_topics_are_counted_by_conversations_the_most_frequent_first(db: Connection) -> None:
    for day, topics in ((2, "ab"), (3, "b"), (4, "bc")):
        number = held(db, at(day))
        for topic in topics:
            row = {"number": number, "topic": topic, "turns": 4}
            db.execute(insert(ConversationTopic).values(row))
    assert counting.topics(db, MAY) == [("b", 3), ("a", 1), ("c", 1)]


def test_unanswered_messages_are_those_of_the_period_the_newest_first(db: Connection) -> None:
    number = held(db, at(9))
    for minute, text in enumerate(("first", "second", "third")):
        moment = at(9) + timedelta(minutes=minute, microseconds=minute)
        unmet(db, number, moment, text, "clarify" if minute else "fallback")
    unmet(db, number, at(9, month=6) + timedelta(microseconds=9), "later")
    assert [one.text for one in newest(db, MAY)] == ["third", "second", "first"]
    assert counting.unanswered_kinds(db, MAY) == {"clarify": 2, "fallback": 1}
    assert NEWEST == 2000


def test_the_backlog_is_of_all_times_and_tells_what_waits_longest(db: Connection) -> None:
    held(db, at(1, month=1), status="done", level=3)
    oldest = held(db, at(2, month=2))
    emergency = held(db, at(3, month=3), level=3)
    held(db, at(4, month=4), level=3)
    held(db, at(1, month=1), status="in_review", level=3)
    held(db, at(20, month=6), level=2)
    found = backlog(db)
    assert found.of_status("new") == 4
    assert found.counts[("new", 3)] == 2
    assert found.of_status("in_review") == found.of_status("done") == 1
    assert found.oldest_new is not None and found.oldest_emergency is not None
    assert (found.oldest_new.number, found.oldest_new.since) == (oldest, at(2, month=2))
    assert found.oldest_emergency.number == emergency
    assert found.median_day == date(2026, 3, 3)
