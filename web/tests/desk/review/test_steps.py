"""Status and assignee: steps that can be undone, and nothing that is out of date."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Connection, select

from desk.access.permissions import Role
from desk.privacy import audit
from desk.review import steps
from desk.review.errors import CannotReview, ChangedMeanwhile, Gone
from desk.review.reading import last_step
from records.conversations import Conversation
from records.words import Status
from tests.desk.review.conftest import Deeds, People, add
from tests.desk.talks import Talk


def now_is(db: Connection, number: int) -> tuple[str, int | None, int, datetime | None]:
    asked = select(
        Conversation.status, Conversation.assignee, Conversation.version, Conversation.reviewed_at
    ).where(Conversation.number == number)
    status, assignee, version, reviewed = db.execute(asked).one()
    return status, assignee, version, reviewed


def undo_last(db: Connection, who: audit.Actor, number: int) -> None:
    step = last_step(db, number)
    assert step is not None
    steps.undo(db, who, number, now_is(db, number)[2], step.id)


def test_a_status_is_a_step_and_is_in_the_log(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    steps.set_status(db, people.ann, talk.number, 0, Status.IN_REVIEW)
    assert now_is(db, talk.number) == ("in_review", None, 1, None)
    step = last_step(db, talk.number)
    assert step is not None
    assert (step.field, step.before, step.after, step.by) == ("status", "new", "in_review", "Ann")
    assert deeds() == [
        ("status_changed", f"conversation:{talk.number}", {"from": "new", "to": "in_review"})
    ]


def test_what_is_out_of_date_changes_nothing_and_says_who_was_faster(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    steps.set_status(db, people.ann, talk.number, 0, Status.DONE)
    before = now_is(db, talk.number)
    late: list[Any] = [
        lambda: steps.set_status(db, people.ben, talk.number, 0, Status.NEW),
        lambda: steps.assign(db, people.ben, talk.number, 0, people.ben.id),
        lambda: steps.undo(db, people.ben, talk.number, 0, 1),
    ]
    for change in late:
        with pytest.raises(ChangedMeanwhile, match="Ann changed the review"):
            change()
    assert now_is(db, talk.number) == before
    assert len(deeds()) == 1


def test_only_the_latest_step_is_undone_and_then_the_one_before(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    number = talk.number
    steps.set_status(db, people.ann, number, 0, Status.DONE)
    steps.assign(db, people.ann, number, 1, people.ben.id)
    first = 1
    with pytest.raises(ChangedMeanwhile):
        steps.undo(db, people.ben, number, 2, first)
    undo_last(db, people.ben, number)
    assert now_is(db, number)[:3] == ("done", None, 3)
    undo_last(db, people.ben, number)
    assert now_is(db, number)[:3] == ("new", None, 4)
    assert last_step(db, number) is None
    with pytest.raises(ChangedMeanwhile):
        steps.undo(db, people.ben, number, 4, first)
    assert [detail for _, _, detail in deeds("step_undone")] == [
        {"field": "assignee", "from": str(people.ben.id), "to": None},
        {"field": "status", "from": "done", "to": "new"},
    ]


def test_when_it_was_done_follows_the_status(db: Connection, people: People, talk: Talk) -> None:
    number = talk.number
    steps.set_status(db, people.ann, number, 0, Status.DONE)
    done_at = now_is(db, number)[3]
    assert done_at is not None
    steps.set_status(db, people.ann, number, 1, Status.ESCALATED)
    assert now_is(db, number)[3] is None
    undo_last(db, people.ann, number)
    assert now_is(db, number)[3] == done_at


def test_the_same_again_is_no_step(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    steps.set_status(db, people.ann, talk.number, 0, Status.NEW)
    assert last_step(db, talk.number) is None
    assert deeds() == []


def test_only_those_who_review_are_given_conversations(
    db: Connection, people: People, talk: Talk
) -> None:
    left = add(db, "lou", Role.REVIEWER, disabled=True)
    for who in (people.eve.id, left.id, 999):
        with pytest.raises(CannotReview, match="reviews no conversations"):
            steps.assign(db, people.ann, talk.number, 0, who)
    steps.assign(db, people.ann, talk.number, 0, people.ben.id)
    steps.assign(db, people.ann, talk.number, 1, None)
    assert now_is(db, talk.number)[1:3] == (None, 2)


def test_a_conversation_that_is_gone_is_said_to_be(db: Connection, people: People) -> None:
    with pytest.raises(Gone):
        steps.set_status(db, people.ann, 999, 0, Status.DONE)
