"""Questions that lean on the topic before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.context import ContextReader

from .small import CATALOGUE

READER = ContextReader(CATALOGUE)
LABELS = [*CATALOGUE.topics, *CATALOGUE.acts, "aspect/how_long", "aspect/cost"]


def read(
    probabilities: dict[str, float], topic: str | None, message: str = "how long is it"
) -> dict[str, float]:
    return READER.read(message, probabilities, topic)


def test_an_aspect_goes_to_the_topic_that_answers_it_after_the_topic_before() -> None:
    assert read({"aspect/how_long": 1.0}, "surgery/tendon") == {"surgery/tendon": 1.0}


def test_a_topic_may_answer_an_aspect_itself() -> None:
    found = read({"aspect/how_long": 1.0}, "early_signs/floppy_foot")
    assert found == {"early_signs/floppy_foot": 1.0}


def test_an_aspect_without_a_topic_before_goes_to_its_default() -> None:
    assert read({"aspect/how_long": 1.0}, None) == {"causes/stroke": 1.0}


def test_an_aspect_that_nothing_answers_stays() -> None:
    assert read({"aspect/cost": 1.0}, "surgery/tendon") == {"aspect/cost": 1.0}


def test_what_two_labels_give_to_one_topic_is_added() -> None:
    found = read({"aspect/how_long": 0.5, "surgery/tendon": 0.25}, "surgery/tendon")
    assert found == {"surgery/tendon": 0.75}


def test_the_general_topic_of_an_aspect_means_the_topic_before_if_no_subject_is_named() -> None:
    found = read({"causes/stroke": 1.0}, "surgery/tendon", "how long")
    assert found == {"surgery/tendon": 1.0}


def test_a_subject_named_outright_beats_the_topic_before() -> None:
    found = read({"causes/stroke": 1.0}, "surgery/tendon", "how long after a stroke")
    assert found == {"causes/stroke": 1.0}


@pytest.mark.parametrize(
    ("message", "leans"),
    [
        ("and how long does that take?", True),
        ("how long with a brace", False),
        ("a STROKE?", False),
        ("does that take long " * 4, False),
        ("", True),
    ],
)
def test_a_message_leans_if_it_is_short_and_names_no_subject(message: str, leans: bool) -> None:
    assert READER.leans(message) is leans


@given(
    st.dictionaries(st.sampled_from(LABELS), st.floats(0, 1), min_size=1),
    st.sampled_from([None, *CATALOGUE.topics, "gone/topic"]),
    st.text(),
)
def test_no_probability_is_lost_on_the_way(
    probabilities: dict[str, float], topic: str | None, message: str
) -> None:
    found = read(probabilities, topic, message)
    assert sum(found.values()) == pytest.approx(sum(probabilities.values()))
    assert set(found) <= set(LABELS)
