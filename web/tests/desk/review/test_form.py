"""What the form of a verdict may say."""

import pytest

from desk.catalogue import Catalogue, RedFlag
from desk.review.form import RULINGS, Judgement, Wrong, read
from records.words import Level, Ruling
from tests.desk.review.test_verdicts import KNOWN


def test_every_verdict_has_a_name() -> None:
    assert set(RULINGS) == set(Ruling)


@pytest.mark.parametrize(
    ("fields", "judgement"),
    [
        ({"verdict": "right"}, Judgement(Ruling.RIGHT)),
        ({"verdict": "right", "topic": "nonsense"}, Judgement(Ruling.RIGHT)),
        ({"verdict": "wrong_topic", "topic": "a/b"}, Judgement(Ruling.WRONG_TOPIC, "a/b")),
        ({"verdict": "wrong_topic", "topic": " b "}, Judgement(Ruling.WRONG_TOPIC, "a/b")),
        (
            {"verdict": "should_have_escalated", "flag": "dvt", "comment": " Calf "},
            Judgement(Ruling.SHOULD_HAVE_ESCALATED, flag="dvt", comment="Calf"),
        ),
        (
            {"verdict": "should_not_have_escalated", "comment": "No"},
            Judgement(Ruling.SHOULD_NOT_HAVE_ESCALATED, comment="No"),
        ),
    ],
)
def test_a_verdict_is_read(fields: dict[str, str], judgement: Judgement) -> None:
    assert read(fields, KNOWN) == judgement


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "choose one of the verdicts"),
        ({"verdict": "perfect"}, "choose one of the verdicts"),
        ({"verdict": "wrong_topic"}, "which topic is the right one"),
        ({"verdict": "wrong_topic", "topic": "a/zzz"}, "no topic of that name"),
        ({"verdict": "should_have_escalated", "comment": "  "}, "say in a comment"),
        ({"verdict": "should_not_have_escalated"}, "say in a comment"),
        ({"verdict": "should_have_escalated", "comment": "x", "flag": "zzz"}, "no red flag"),
        ({"verdict": "right", "comment": "x" * 2001}, "2000 characters"),
    ],
)
def test_what_cannot_be_taken_says_what_to_mend(fields: dict[str, str], says: str) -> None:
    with pytest.raises(Wrong, match=says):
        read(fields, KNOWN)


def test_a_red_flag_goes_by_its_title_as_well() -> None:
    given = {"verdict": "should_have_escalated", "comment": "It was missed.", "flag": "a stroke"}
    catalogue = Catalogue(flags={"stroke": RedFlag("A stroke", Level.EMERGENCY)})
    assert read(given, catalogue).flag == "stroke"
    with pytest.raises(Wrong, match="no red flag of that name"):
        read({**given, "flag": "a strike"}, catalogue)
