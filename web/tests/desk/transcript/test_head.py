"""What to do next with a conversation."""

from datetime import timedelta
from typing import Any

import pytest

from desk.review.reading import IncidentBrief, Review, VerdictView
from desk.transcript.head import lasted, next_step
from desk.transcript.outline import Brief, Outline, Why
from desk.transcript.reading import Head
from records.words import Ruling
from tests.desk.talks import BEGAN

UNSURE = Outline([Brief(2, "m2"), Brief(4, "m4", why=(Why.UNSURE,))])
PLAIN = Outline([Brief(2, "m2")])


def head(**more: Any) -> Head:
    values: dict[str, Any] = {
        "number": 7, "session_id": "s", "chain": None, "began_at": BEGAN, "last_at": BEGAN,
        "region": "GB", "level": 0, "status": "new", "assignee": None, "assignee_name": None,
        "version": 0,
    }  # fmt: skip
    return Head(**{**values, **more})


def verdict(reviewer: str, ruling: Ruling, topic: str | None = None) -> VerdictView:
    return VerdictView("m4", reviewer, 1, ruling, topic, None, "", BEGAN)


def test_a_safety_incident_comes_first() -> None:
    review = Review(incidents={"m4": [IncidentBrief(3, "m4", "missed", "open", 1, "Ann")]})
    step = next_step(head(status="done"), UNSURE, review)
    assert step.text.startswith("A safety incident is open: somebody other than Ann")
    assert step.path == "/incidents/3"


def test_turns_that_nobody_judged_come_before_the_status() -> None:
    step = next_step(head(), UNSURE, Review())
    assert (step.text[:12], step.path) == ("Judge turn 4", "/conversations/7/turns/4")


def test_what_reviewers_disagree_on_is_to_be_settled() -> None:
    split = {"m4": [verdict("Ann", Ruling.RIGHT), verdict("Ben", Ruling.UNCLEAR_ANSWER)]}
    assert "disagree on turn 4" in next_step(head(), UNSURE, Review(verdicts=split)).text


def test_the_same_verdict_with_another_topic_is_a_disagreement_too() -> None:
    given = [verdict("Ann", Ruling.WRONG_TOPIC, "a/b"), verdict("Ben", Ruling.WRONG_TOPIC, "a/c")]
    assert Review(verdicts={"m4": given}).disagrees("m4")
    assert not Review(verdicts={"m4": given[:1]}).disagrees("m4")


def test_once_all_is_judged_it_is_done() -> None:
    judged = Review(verdicts={"m4": [verdict("Ann", Ruling.RIGHT)]})
    assert "set it to done" in next_step(head(assignee=1), UNSURE, judged).text
    assert next_step(head(), UNSURE, judged).text.startswith("All that was")
    assert next_step(head(), PLAIN, Review()).text.startswith("Nothing in it is unsure")
    assert next_step(head(status="done"), PLAIN, Review()).text.startswith("Nothing is left")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute"),
        (90, "2 min"),
        (7000, "117 min"),
        (9000, "2 hours"),
        (9 * 86400, "9 days"),
    ],
)
def test_a_length_is_said_in_words(seconds: int, words: str) -> None:
    assert lasted(timedelta(seconds=seconds)) == words
