"""What the inbox for editors is made of, and what leaves it."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, delete, func, select, update

from desk.errors import CannotBe
from desk.figures import unanswered as in_vain_figures
from desk.figures.likeness import likeness
from desk.figures.period import last_days
from desk.intake import became, dismissing, from_reviews, unanswered, unsure
from desk.intake.turns import Place, by_places
from desk.intake.wanted import Order, Source, Wanted, wanted
from desk.privacy.audit import Actor
from records.base import now
from records.models import Session
from records.people import Deed
from records.publishing import Dismissal, TakenExample
from records.reviewing import Work
from tests.desk.intake.conftest import change, in_vain, message_id, taken, talk, work
from tests.desk.talks import understood

ASKED = Wanted(last_days(7, now().date()))


def left(db: Connection, asked: Wanted = ASKED) -> list[str]:
    return [one.text for one in unanswered.newest(db, asked)]


def test_work_of_a_review_comes_with_the_words_masked_and_what_was_understood(
    db: Connection,
) -> None:
    made = talk(db)
    made.turn("ask ann@example.org about my splint")
    work(made, 1, "wrong_topic", "brace/types", "Not bob@example.org")
    (job,) = from_reviews.listed(db)
    assert job.turn.text == "ask [email] about my splint"
    assert job.comment == "Not [email]"
    assert job.turn.guess == "causes/stroke"
    assert (job.turn.place, job.topic) == (Place(made.number, 1), "brace/types")


def test_work_is_found_by_the_right_topic_and_by_the_wrong_one(db: Connection) -> None:
    made = talk(db)
    made.turn("my splint", topic="causes/stroke")
    made.turn("something else")
    work(made, 1, "wrong_topic", "brace/types")
    work(made, 3, "new_topic_needed")
    assert from_reviews.count(db) == 2
    for topic in ("brace/types", "causes/stroke"):
        assert [job.kind for job in from_reviews.listed(db, topic)] == ["wrong_topic"]
        assert from_reviews.count(db, topic) == 1
    assert from_reviews.count(db, "brace/shoes") == 0


def test_questions_without_an_answer_come_in_groups_of_like_ones(db: Connection) -> None:
    made = talk(db)
    for text in (
        "can I swim with my splint",
        "is it ok to swim with a splint on",
        "swimming with the splint on, is that ok",
        "who won the cup final",
    ):
        in_vain(made, text)
    groups = in_vain_figures.grouped(unanswered.newest(db, ASKED), likeness())
    assert [group.messages for group in groups] == [3, 1]
    first, second = unanswered.bunches(db, groups)
    assert [turn.note.confidence for turn in first.turns] == [0.3] * 3
    assert second.turns[0].text == "who won the cup final"
    others = unanswered.alike(groups, groups[0].members[1].message_id)
    assert [one.message_id for one in others] == [
        groups[0].members[0].message_id,
        groups[0].members[2].message_id,
    ]


def test_they_are_found_by_what_dorsi_thought_of_and_said(db: Connection) -> None:
    made = talk(db)
    in_vain(made, "first", label="brace/types")
    in_vain(made, "second", "clarify", label="brace/types")
    in_vain(made, "third", label="brace/shoes")
    about = replace(ASKED, topic="brace/types")
    assert sorted(left(db, about)) == ["first", "second"]
    assert left(db, replace(about, kind="clarify")) == ["second"]
    assert unanswered.count(db, about) == 2
    assert unanswered.count(db, replace(ASKED, period=last_days(3, ASKED.period.first))) == 0


def test_what_dorsi_was_least_sure_of_comes_first(db: Connection) -> None:
    made = talk(db, sureness=0.4)
    close = understood("a/b", confidence=0.5, ranking=[["a/b", 0.5], ["c/d", 0.45]])
    spread = understood("a/b", confidence=0.4, ranking=[["a/b", 0.4], ["c/d", 0.2], ["e/f", 0.2]])
    sure = understood("e/f", confidence=0.97, ranking=[["e/f", 0.97]])
    for text, note in (("sure", sure), ("spread", spread), ("close", close)):
        made.turn(text, note)

    def texts(asked: Wanted) -> list[str]:
        ids = unsure.ranked(db, asked)
        found = {message_id(db, made, seq): seq for seq in (1, 3, 5)}
        return [{1: "sure", 3: "spread", 5: "close"}[found[id]] for id in ids]

    assert texts(ASKED) == ["close", "spread", "sure"]
    assert texts(replace(ASKED, order=Order.ENTROPY)) == ["spread", "close", "sure"]
    assert texts(replace(ASKED, topic="e/f")) == ["sure"]


def test_buttons_and_what_followed_from_no_understanding_are_not_unsure(db: Connection) -> None:
    made = talk(db, sureness=0.4)
    doubtful = understood("a/b", confidence=0.4)
    chosen = made.said("Braces", payload={"choice": "b1"})
    made.replied(chosen, understanding=doubtful)
    made.turn("it hurts", doubtful, kind="exercise")
    made.turn("and that", {**doubtful, "earlier": True})
    assert unsure.ranked(db, ASKED) == []
    certain = talk(db, sureness=0.95)
    certain.turn("what is it", doubtful)
    assert unsure.ranked(db, ASKED) == []


def test_what_is_dismissed_leaves_every_list_and_comes_back(db: Connection, ann: Actor) -> None:
    made = talk(db, sureness=0.3)
    id = in_vain(made, "can I swim")
    place = Place(made.number, 1)
    assert left(db) == ["can I swim"]
    assert unsure.ranked(db, ASKED) == [id]
    assert dismissing.dismiss(db, ann, [place, place, Place(99, 1)], "Not about feet") == 1
    assert dismissing.dismiss(db, ann, [place], "Again") == 0
    assert left(db) == unsure.ranked(db, ASKED) == []
    (one,) = dismissing.listed(db)
    assert (one.reason, one.by, one.turn.text) == ("Not about feet", "Ann", "can I swim")
    dismissing.undo(db, ann, place)
    assert left(db) == ["can I swim"]
    with pytest.raises(CannotBe, match="not dismissed any more"):
        dismissing.undo(db, ann, place)


def test_dismissing_closes_the_work_about_it_and_undoing_opens_it_again(
    db: Connection, ann: Actor
) -> None:
    made = talk(db)
    made.turn("my splint")
    work(made, 1, "wrong_topic", "brace/types")
    work(made, 1, "unclear_answer")
    gone = work(made, 1, "new_topic_needed")
    db.execute(update(Work).where(Work.id == gone).values(status="dismissed"))
    dismissing.dismiss(db, ann, [Place(made.number, 1)], "Fine as it is")
    assert from_reviews.count(db) == 0
    dismissing.undo(db, ann, Place(made.number, 1))
    assert {job.kind for job in from_reviews.listed(db)} == {"wrong_topic", "unclear_answer"}


def test_a_message_with_open_work_stands_on_the_work_list_alone(db: Connection) -> None:
    made = talk(db, sureness=0.3)
    in_vain(made, "can I swim")
    work(made, 1, "new_topic_needed")
    assert left(db) == unsure.ranked(db, ASKED) == []
    assert from_reviews.count(db) == 1


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_nothing_is_dismissed_without_a_reason(db: Connection, ann: Actor, reason: str) -> None:
    made = talk(db)
    in_vain(made, "can I swim")
    with pytest.raises(CannotBe, match="Say why"):
        dismissing.dismiss(db, ann, [Place(made.number, 1)], reason)
    with pytest.raises(CannotBe, match="Mark at least one"):
        dismissing.dismiss(db, ann, [], "Because")
    assert left(db) == ["can I swim"]


def test_the_audit_log_names_turns_and_no_words(db: Connection, ann: Actor) -> None:
    made = talk(db)
    in_vain(made, "zebra")
    dismissing.dismiss(db, ann, [Place(made.number, 1)], "zebra")
    dismissing.undo(db, ann, Place(made.number, 1))
    rows = db.execute(select(Deed.action, Deed.object, Deed.detail)).all()
    about = f"conversation:{made.number}"
    assert [tuple(row) for row in rows] == [
        ("turn_dismissed", about, {"turn": 1}),
        ("dismissal_undone", about, {"turn": 1}),
    ]


def test_of_an_erased_conversation_only_the_edited_words_stay(db: Connection, ann: Actor) -> None:
    made = talk(db)
    id = in_vain(made, "zebra and lion")
    done = work(made, 1, "new_topic_needed", comment="zebra")
    dismissing.dismiss(db, ann, [Place(made.number, 1)], "zebra")
    taken(db, change(db), id, work_id=done)
    db.execute(delete(Session).where(Session.id == made.session))
    for table in (Dismissal, Work):
        assert db.execute(select(func.count()).select_from(table)).scalar_one() == 0
    row = db.execute(select(TakenExample.__table__)).mappings().one()
    assert (row["message_id"], row["work_id"]) == (None, None)
    assert "zebra" not in str(dict(row))
    assert row["text"] == "which splints are there"
    assert dismissing.listed(db) == []
    assert by_places(db, [Place(made.number, 1)]) == []


def test_a_taken_example_is_put_back_until_it_is_published(db: Connection, ann: Actor) -> None:
    made = talk(db)
    id = in_vain(made, "can I swim")
    draft, live = change(db), change(db, branch="change/2", status="published")
    first = taken(db, draft, id)
    assert left(db) == []
    assert became.put_back(db, ann, first) == draft
    assert left(db) == ["can I swim"]
    with pytest.raises(CannotBe, match="not there any more"):
        became.put_back(db, ann, first)
    with pytest.raises(CannotBe, match="published already"):
        became.put_back(db, ann, taken(db, live, id))


def test_addresses_are_read_as_they_were_written() -> None:
    asked = replace(ASKED, source=Source.UNSURE, topic="brace/types", order=Order.ENTROPY, page=3)
    for one in (asked, asked.of(Source.UNANSWERED), asked.of(Source.REVIEWS)):
        query = dict(part.split("=") for part in one.link.partition("?")[2].split("&"))
        read = wanted(
            {name: value.replace("%2F", "/") for name, value in query.items()}, now().date()
        )
        assert read.link == one.link


@pytest.mark.parametrize(
    "query",
    [
        {"source": "x", "page": "0", "order": "-", "kind": "odd"},
        {"topic": "<b>"},
        {"from": "never"},
        {"page": "99999999"},
        {"days": "-3"},
    ],
)
def test_an_odd_address_is_the_usual_one(query: dict[str, str]) -> None:
    asked = wanted(query, now().date())
    assert (asked.source, asked.page, asked.topic) == (Source.REVIEWS, 1, "")
