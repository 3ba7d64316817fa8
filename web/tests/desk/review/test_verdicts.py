"""Verdicts: the last word counts, and what comes of them follows."""

from typing import Any

import pytest
from sqlalchemy import Connection, select

from desk.catalogue import Catalogue, RedFlag
from desk.intake import from_reviews
from desk.intake.turns import Place
from desk.privacy.audit import Actor
from desk.review import disagreements, verdicts, work
from desk.review.errors import CannotReview, Gone
from desk.review.form import Judgement
from desk.review.reading import review_of
from records.conversations import Conversation
from records.reviewing import Incident, Verdict, Work
from records.words import Level, Ruling, Status, WorkStatus
from tests.desk.review.conftest import Deeds, People
from tests.desk.talks import Talk

KNOWN = Catalogue(topics={"a/b": "B"}, flags={"dvt": RedFlag("A clot", Level.URGENT)})


def give(
    db: Connection, who: Actor, talk: Talk, seq: int, ruling: Ruling, **more: Any
) -> verdicts.Given:
    return verdicts.give(db, who, talk.number, seq, Judgement(ruling, **more), KNOWN)


def works(db: Connection) -> list[tuple[str, str | None, str]]:
    rows = db.execute(select(Work.kind, Work.topic, Work.status))
    return [(row.kind, row.topic, row.status) for row in rows]


def test_a_reviewer_has_one_verdict_on_a_turn_and_the_log_has_all(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    assert not give(db, people.ann, talk, 1, Ruling.RIGHT).changed
    assert give(db, people.ann, talk, 1, Ruling.WRONG_TOPIC, topic="a/b", comment="Mine").changed
    (given,) = review_of(db, talk.number).verdicts[f"{talk.session}-m1"]
    assert (given.ruling, given.topic, given.comment) == (Ruling.WRONG_TOPIC, "a/b", "Mine")
    first, second = (detail for _, _, detail in deeds("verdict_given"))
    assert (first["verdict"], first["before"]) == ("right", None)
    assert (second["verdict"], second["before"], second["topic"]) == ("wrong_topic", "right", "a/b")
    assert "Mine" not in str(deeds())


@pytest.mark.parametrize(
    "ruling", [Ruling.WRONG_TOPIC, Ruling.UNCLEAR_ANSWER, Ruling.NEW_TOPIC_NEEDED]
)
def test_what_is_wanting_in_the_words_is_work_for_the_editors(
    ruling: Ruling, db: Connection, people: People, talk: Talk
) -> None:
    assert give(db, people.ann, talk, 3, ruling, comment="Ask bob@example.org").work
    (item,) = from_reviews.listed(db)
    assert (item.kind, item.turn.place) == (ruling, Place(talk.number, 3))
    assert item.turn.text == "I am [email]"
    assert item.comment == "Ask [email]"
    assert item.reviewer == "Ann"


def test_the_work_follows_a_verdict_that_is_changed(
    db: Connection, people: People, talk: Talk
) -> None:
    give(db, people.ann, talk, 1, Ruling.UNCLEAR_ANSWER)
    give(db, people.ben, talk, 1, Ruling.UNCLEAR_ANSWER)
    give(db, people.ann, talk, 1, Ruling.WRONG_TOPIC, topic="a/b")
    assert sorted(works(db)) == [
        ("unclear_answer", None, "open"),
        ("wrong_topic", "a/b", "open"),
    ]
    give(db, people.ann, talk, 1, Ruling.RIGHT)
    assert sorted(works(db)) == [
        ("unclear_answer", None, "open"),
        ("wrong_topic", "a/b", "dismissed"),
    ]


def test_work_is_closed_once_and_dismissed_with_a_reason(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    give(db, people.ann, talk, 1, Ruling.UNCLEAR_ANSWER)
    (item,) = from_reviews.listed(db)
    with pytest.raises(CannotReview, match="say why"):
        work.close(db, people.ben, item.id, WorkStatus.DISMISSED, "  ")
    work.close(db, people.ben, item.id, WorkStatus.DISMISSED, "It is clear to me")
    with pytest.raises(CannotReview, match="Somebody else closed this"):
        work.close(db, people.ann, item.id, WorkStatus.ACCEPTED, "")
    assert from_reviews.listed(db) == []
    assert deeds("work_dismissed", "work_accepted") == [("work_dismissed", f"work:{item.id}", {})]


def test_a_missed_flag_opens_an_incident_with_the_flags_level(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    ruling = Ruling.SHOULD_HAVE_ESCALATED
    given = give(db, people.ann, talk, 5, ruling, flag="dvt", comment="A swollen calf")
    row = db.execute(select(Incident)).one()
    assert (row.id, row.kind, row.flag, row.level) == (given.incident, "missed", "dvt", 2)
    assert (row.release, row.opened_by) == ("dorsi-0123456789abcdef", people.ann.id)
    ((_, object, detail),) = deeds("incident_opened")
    assert object == f"incident:{given.incident}"
    assert detail == {"conversation": talk.number, "turn": 5, "kind": "missed", "flag": "dvt"}


def test_one_raised_without_need_has_the_level_that_was_told(
    db: Connection, people: People, talk: Talk
) -> None:
    seq = talk.turn("Hello", kind="escalation", level="emergency")
    give(db, people.ann, talk, seq, Ruling.SHOULD_NOT_HAVE_ESCALATED, comment="A greeting")
    row = db.execute(select(Incident.kind, Incident.level)).one()
    assert tuple(row) == ("raised", Level.EMERGENCY)


def test_a_second_reviewer_adds_to_the_incident_that_is_open(
    db: Connection, people: People, talk: Talk
) -> None:
    ruling = Ruling.SHOULD_HAVE_ESCALATED
    first = give(db, people.ann, talk, 5, ruling, comment="A swollen calf")
    second = give(db, people.ben, talk, 5, ruling, comment="I see it too")
    assert first.incident == second.incident
    other = give(db, people.ben, talk, 3, ruling, comment="Here as well")
    assert other.incident != first.incident


def test_an_incident_stays_open_when_its_verdict_is_changed(
    db: Connection, people: People, talk: Talk
) -> None:
    give(db, people.ann, talk, 5, Ruling.SHOULD_HAVE_ESCALATED, comment="A swollen calf")
    give(db, people.ann, talk, 5, Ruling.RIGHT)
    assert db.execute(select(Incident.status)).scalars().all() == ["open"]


@pytest.mark.parametrize("seq", [0, 2, 99])
def test_only_a_turn_is_judged(seq: int, db: Connection, people: People, talk: Talk) -> None:
    with pytest.raises(Gone):
        give(db, people.ann, talk, seq, Ruling.RIGHT)
    assert db.execute(select(Verdict.id)).all() == []


def test_what_reviewers_disagree_on_is_listed_with_both(
    db: Connection, people: People, talk: Talk
) -> None:
    for who, seq, ruling in (
        (people.ann, 1, Ruling.RIGHT),
        (people.ben, 1, Ruling.RIGHT),
        (people.ann, 3, Ruling.RIGHT),
        (people.ben, 3, Ruling.UNCLEAR_ANSWER),
        (people.ann, 5, Ruling.RIGHT),
    ):
        give(db, who, talk, seq, ruling)
    give(db, people.ann, talk, 5, Ruling.WRONG_TOPIC, topic="a/b")
    give(db, people.ben, talk, 5, Ruling.WRONG_TOPIC, topic="a/c")
    found = {one.seq: one for one in disagreements.listed(db)}
    assert sorted(found) == [3, 5]
    assert found[3].text == "I am [email]"
    assert [one.reviewer for one in found[3].verdicts] == ["Ann", "Ben"]
    review = review_of(db, talk.number)
    assert [review.disagrees(f"{talk.session}-m{seq}") for seq in (1, 3, 5)] == [False, True, True]
    give(db, people.ben, talk, 3, Ruling.RIGHT)
    assert [one.seq for one in disagreements.listed(db)] == [5]


def test_whoever_judges_a_turn_has_begun_the_review(
    db: Connection, people: People, talk: Talk
) -> None:
    asked = select(Conversation.status).where(Conversation.number == talk.number)
    assert db.execute(asked).scalar_one() == Status.NEW
    verdicts.give(db, people.ann, talk.number, 1, Judgement(Ruling.RIGHT), KNOWN)
    assert db.execute(asked).scalar_one() == Status.IN_REVIEW
