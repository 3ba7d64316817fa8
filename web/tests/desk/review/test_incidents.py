"""Safety incidents: the second look is somebody else's, and only after it is one closed."""

import pytest
from sqlalchemy import Connection, delete

from desk.review import incident_views, incidents, verdicts
from desk.review.errors import CannotReview, Gone
from desk.review.form import Judgement
from desk.review.reading import open_incidents
from records.models import Session
from records.words import Outcome, Ruling
from tests.desk.review.conftest import Deeds, People
from tests.desk.review.test_verdicts import KNOWN
from tests.desk.talks import Talk


@pytest.fixture
def incident(db: Connection, people: People, talk: Talk) -> int:
    judgement = Judgement(
        Ruling.SHOULD_HAVE_ESCALATED, flag="dvt", comment="Write to bob@example.org"
    )
    given = verdicts.give(db, people.ann, talk.number, 5, judgement, KNOWN)
    assert given.incident is not None
    return given.incident


def test_whoever_opened_it_does_not_take_the_second_look(
    db: Connection, people: People, incident: int
) -> None:
    with pytest.raises(CannotReview, match="somebody else takes the second look"):
        incidents.look(db, people.ann, incident, True, "I am sure")
    assert incident_views.one(db, incident).status == "open"


def test_it_is_looked_at_and_closed_with_an_outcome(
    db: Connection, people: People, incident: int, deeds: Deeds
) -> None:
    incidents.look(db, people.ben, incident, False, "No redness")
    found = incident_views.one(db, incident)
    assert (found.status, found.second, found.second_agrees) == ("looked_at", "Ben", False)
    incidents.close(db, people.ann, incident, Outcome.NO_CHANGE, "We talked")
    found = incident_views.one(db, incident)
    assert (found.status, found.outcome) == ("closed", "no_change")
    assert open_incidents(db) == 0
    assert [one.text for one in incident_views.comments(db, incident)] == [
        "Write to [email]",
        "No redness",
        "We talked",
    ]
    assert deeds("incident_looked_at", "incident_closed") == [
        ("incident_looked_at", f"incident:{incident}", {"agrees": False}),
        ("incident_closed", f"incident:{incident}", {"outcome": "no_change"}),
    ]


def test_it_is_not_closed_before_the_second_look_nor_looked_at_twice(
    db: Connection, people: People, incident: int
) -> None:
    with pytest.raises(CannotReview, match="waits for the second look"):
        incidents.close(db, people.ben, incident, Outcome.NO_CHANGE, "Done")
    incidents.look(db, people.ben, incident, True, "Yes")
    with pytest.raises(CannotReview):
        incidents.look(db, people.ben, incident, False, "No")
    incidents.close(db, people.ben, incident, Outcome.RULES_TO_CHANGE, "Done")
    with pytest.raises(CannotReview):
        incidents.close(db, people.ben, incident, Outcome.NO_CHANGE, "Again")


@pytest.mark.parametrize("comment", ["", "  \n", "x" * 2001])
def test_each_step_needs_a_comment(
    comment: str, db: Connection, people: People, incident: int
) -> None:
    with pytest.raises(CannotReview, match="comment"):
        incidents.look(db, people.ben, incident, True, comment)


def test_it_outlives_its_conversation_without_any_words(
    db: Connection, people: People, talk: Talk, incident: int
) -> None:
    db.execute(delete(Session).where(Session.id == talk.session))
    found = incident_views.one(db, incident)
    assert (found.number, found.seq, found.text, found.flag) == (None, None, "", "dvt")
    assert incident_views.comments(db, incident) == []
    incidents.look(db, people.ben, incident, True, "Seen before it was erased")
    assert incident_views.comments(db, incident) == []


def test_the_most_urgent_come_first_and_closed_ones_apart(
    db: Connection, people: People, talk: Talk, incident: int
) -> None:
    judgement = Judgement(Ruling.SHOULD_NOT_HAVE_ESCALATED, comment="A greeting")
    seq = talk.turn("Hello", kind="escalation", level="emergency")
    worse = verdicts.give(db, people.ben, talk.number, seq, judgement, KNOWN).incident
    assert [one.id for one in incident_views.listed(db, closed=False)] == [worse, incident]
    assert open_incidents(db) == 2
    incidents.look(db, people.ben, incident, True, "Yes")
    incidents.close(db, people.ben, incident, Outcome.WORDS_TO_CHANGE, "Done")
    assert [one.id for one in incident_views.listed(db, closed=True)] == [incident]


def test_a_missed_flag_that_nobody_named_counts_as_the_worst(
    db: Connection, people: People, talk: Talk, incident: int
) -> None:
    judgement = Judgement(Ruling.SHOULD_HAVE_ESCALATED, comment="Something is badly wrong")
    unnamed = verdicts.give(db, people.ben, talk.number, 1, judgement, KNOWN).incident
    assert [one.id for one in incident_views.listed(db, closed=False)] == [unnamed, incident]


def test_one_that_is_not_there_is_gone(db: Connection, people: People) -> None:
    with pytest.raises(Gone):
        incidents.look(db, people.ann, 99, True, "Yes")


def test_the_flag_may_be_named_later_and_is_then_the_incidents(
    db: Connection, people: People, talk: Talk
) -> None:
    for flag, found in ((None, None), ("dvt", "dvt"), (None, "dvt")):
        judgement = Judgement(Ruling.SHOULD_HAVE_ESCALATED, flag=flag, comment="Missed")
        given = verdicts.give(db, people.ann, talk.number, 5, judgement, KNOWN)
        assert given.incident is not None
        incident = incident_views.one(db, given.incident)
        assert incident.flag == found
    assert incident.level == KNOWN.flags["dvt"].level
