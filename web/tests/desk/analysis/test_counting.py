"""Each number of the analysis is the number of what it counts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import Connection, Engine, insert

from desk.analysis import counting
from desk.analysis.counting import Counts, Thumbs
from desk.figures import links
from desk.figures.period import last_days
from desk.intake import unanswered
from desk.intake.wanted import Source, Wanted, wanted
from records import database
from records.base import now
from records.conversations import ConversationTopic
from records.publishing import Dismissal
from tests.desk.figures.filling import fill
from tests.desk.figures.test_links import found
from tests.desk.intake.conftest import in_vain, talk
from tests.desk.talks import understood

PERIOD = last_days(30, now().date())


@pytest.fixture
def engine(any_url: str) -> Iterator[Engine]:
    opened = database.connect(any_url)
    yield opened
    opened.dispose()


@pytest.fixture
def db(engine: Engine) -> Iterator[Connection]:
    with engine.execution_options(begin="IMMEDIATE").begin() as connection:
        yield connection


def test_thumbs_and_questions_are_counted_by_topic(db: Connection) -> None:
    made = talk(db)
    for helpful in (True, False, False):
        said = made.said("what is it")
        made.thumbs(made.replied(said, topic="brace/types", understanding=understood()), helpful)
    in_vain(made, "first", "clarify", "brace/types")
    in_vain(made, "second", "clarify", "brace/types")
    handled = in_vain(made, "third", "fallback", "brace/types")
    in_vain(made, "fourth", "fallback", "brace/shoes")
    db.execute(insert(Dismissal).values(message_id=handled, reason="x"))
    db.execute(insert(ConversationTopic).values(number=made.number, topic="brace/types", turns=3))
    assert counting.counts(db, PERIOD) == Counts(
        conversations={"brace/types": 1},
        turns={"brace/types": 3},
        thumbs={"brace/types": Thumbs(3, 2)},
        asked_back={"brace/types": 2},
        left={"brace/types": 2, "brace/shoes": 1},
        total=1,
    )
    before = last_days(30, PERIOD.first)
    assert counting.counts(db, before) == Counts()


def test_each_count_is_that_of_the_list_it_leads_to(db: Connection) -> None:
    fill(db, 300, 60, now() - timedelta(minutes=5))
    made = talk(db, number=10_000)
    for number in range(7):
        in_vain(made, f"question {number}", "clarify" if number % 2 else "fallback", "brace/types")
    counts = counting.counts(db, PERIOD)
    assert sum(counts.conversations.values()) > 100
    for topic, count in counts.conversations.items():
        assert found(db, links.inbox(PERIOD, topic=topic)) == count
    assert found(db, links.inbox(PERIOD)) == counts.total
    for topic, count in counts.left.items():
        link = Wanted(PERIOD, Source.UNANSWERED, topic).link
        asked = wanted(dict(parse_qsl(urlsplit(link).query)), now().date())
        assert unanswered.count(db, asked) == len(unanswered.newest(db, asked)) == count


def test_it_is_known_since_when_dorsi_is_asked_and_what_was_answered_last(db: Connection) -> None:
    assert counting.since(db, ["a/b"]) == counting.Since(None, {})
    first = talk(db)
    second = talk(db, last_at=now() - timedelta(days=50))
    for made in (first, second):
        db.execute(insert(ConversationTopic).values(number=made.number, topic="a/b", turns=1))
    since = counting.since(db, ["a/b", "c/d"])
    assert since.asked and since.asked < now() - timedelta(days=49)
    assert list(since.answered) == ["a/b"]
    assert isinstance(since.answered["a/b"], datetime)
    assert since.answered["a/b"] > now() - timedelta(days=1)
