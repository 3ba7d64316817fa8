"""Tags and notes."""

import pytest
from sqlalchemy import Connection

from desk.review import notes, tags
from desk.review.errors import CannotReview, Gone
from desk.review.reading import review_of
from tests.desk.review.conftest import Deeds, People
from tests.desk.talks import Talk


def ids(db: Connection) -> dict[str, int]:
    return {tag.name: tag.id for tag in tags.all_tags(db)}


def test_a_tag_is_made_put_on_a_conversation_and_taken_off(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    tags.create(db, people.ann, "  hard   to read ", "Long sentences")
    (tag,) = ids(db).values()
    for _ in range(2):
        assert tags.add(db, people.ann, talk.number, tag) == "hard to read"
    assert [one.name for one in review_of(db, talk.number).tags] == ["hard to read"]
    tags.remove(db, people.ann, talk.number, tag)
    tags.remove(db, people.ann, talk.number, tag)
    assert review_of(db, talk.number).tags == []
    at = f"conversation:{talk.number}"
    assert deeds() == [
        ("tag_created", "tag:hard to read", {}),
        ("tag_added", at, {"tag": "hard to read"}),
        ("tag_removed", at, {"tag": "hard to read"}),
    ]


def test_a_retired_tag_stays_where_it_is_and_is_offered_no_more(
    db: Connection, people: People, talk: Talk
) -> None:
    tags.create(db, people.ann, "odd", "")
    tag = ids(db)["odd"]
    tags.add(db, people.ann, talk.number, tag)
    tags.retire(db, people.ann, tag, retired=True)
    review = review_of(db, talk.number)
    assert [one.name for one in review.tags] == ["odd"]
    assert review.offered == []
    with pytest.raises(CannotReview, match="not on the list"):
        tags.add(db, people.ann, talk.number, tag)
    tags.retire(db, people.ann, tag, retired=False)
    assert [one.name for one in review_of(db, talk.number).offered] == ["odd"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "ODD"])
def test_a_name_that_is_missing_too_long_or_taken_is_refused(
    name: str, db: Connection, people: People
) -> None:
    tags.create(db, people.ann, "odd", "")
    with pytest.raises(CannotReview):
        tags.create(db, people.ann, name, "")
    assert list(ids(db)) == ["odd"]


def test_a_tag_gets_another_name_and_keeps_its_place(
    db: Connection, people: People, talk: Talk
) -> None:
    tags.create(db, people.ann, "odd", "")
    tags.add(db, people.ann, talk.number, ids(db)["odd"])
    tags.change(db, people.ann, ids(db)["odd"], "Odd", "Not as it should be")
    (tag,) = tags.all_tags(db)
    assert (tag.name, tag.meaning, tag.used) == ("Odd", "Not as it should be", 1)


def test_what_is_gone_is_said_to_be(db: Connection, people: People) -> None:
    with pytest.raises(Gone):
        tags.change(db, people.ann, 99, "a", "")
    with pytest.raises(Gone):
        tags.add(db, people.ann, 99, 99)
    with pytest.raises(Gone):
        notes.add(db, people.ann, 99, "Hello")


def test_notes_are_kept_in_their_order_and_masked(
    db: Connection, people: People, talk: Talk, deeds: Deeds
) -> None:
    notes.add(db, people.ann, talk.number, "Rang bob@example.org")
    notes.add(db, people.ben, talk.number, "Nobody was in")
    kept = review_of(db, talk.number).notes
    assert [(note.author, note.text) for note in kept] == [
        ("Ann", "Rang [email]"),
        ("Ben", "Nobody was in"),
    ]
    assert deeds()[0] == ("note_added", f"conversation:{talk.number}", {"characters": 20})


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001])
def test_a_note_is_neither_empty_nor_endless(
    text: str, db: Connection, people: People, talk: Talk
) -> None:
    with pytest.raises(CannotReview):
        notes.add(db, people.ann, talk.number, text)
