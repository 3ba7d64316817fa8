"""Messages are read as they were meant, and a story's end by itself where the whole is unclear."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.nlu.reading import END, LONG, RUN_ON, Reader, end_of
from assistant.nlu.types import Floats

STORY = "It rained all week and my sister came to stay with both of her lovely kids. " * 2
QUESTION = "How long does it last?"
LABELS = ["brace", "recovery", "other"]
UNSURE, CLEAR, STRANGE = (0.5, 0.3, 0.2), (0.05, 0.9, 0.05), (0.97, 0.02, 0.01)


class Written:
    """Gives a text the probabilities that are written for it, and remembers what was asked."""

    labels = LABELS

    def __init__(self, written: dict[str, Sequence[float]]) -> None:
        self.written = written
        self.asked: list[str] = []

    def scores(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        return np.log(np.array([self.written[text] for text in texts])) + 7.0


def read(written: Written, text: str) -> Floats:
    reader = Reader(written, lambda text: text.replace("splnt", "splint"))
    return np.asarray(np.exp(reader.scores([text])[0]))


def test_an_unclear_message_is_looked_at_as_it_was_meant_too() -> None:
    found = read(Written({"my splnt": UNSURE, "my splint": CLEAR}), "my splnt")
    assert LABELS[int(found.argmax())] == "recovery"
    assert UNSURE[1] < found[1] < CLEAR[1]


def test_what_is_clear_as_it_was_typed_is_taken_so() -> None:
    written = Written({"my splnt": STRANGE, "my splint": CLEAR})
    assert read(written, "my splnt") == pytest.approx(STRANGE)
    assert written.asked == ["my splnt"]


def test_a_clear_end_of_an_unclear_story_says_what_is_asked() -> None:
    text = STORY + QUESTION
    found = read(Written({text: UNSURE, QUESTION: CLEAR}), text)
    assert LABELS[int(found.argmax())] == "recovery"
    assert found.sum() == pytest.approx(1.0)
    assert UNSURE[1] < found[1] < CLEAR[1]


def test_an_unclear_end_changes_an_unclear_story_little() -> None:
    text = STORY + QUESTION
    found = read(Written({text: (0.7, 0.2, 0.1), QUESTION: (0.3, 0.4, 0.3)}), text)
    assert LABELS[int(found.argmax())] == "brace"


def test_a_clear_message_is_looked_at_once() -> None:
    text = STORY + QUESTION
    written = Written({text: STRANGE, QUESTION: CLEAR})
    assert read(written, text) == pytest.approx(STRANGE)
    assert written.asked == [text]


def test_the_end_of_a_message_is_its_last_sentences() -> None:
    assert end_of(STORY + QUESTION) == QUESTION
    last = f"I wear a brace now. {QUESTION}"
    assert end_of(STORY + last) == last
    assert len(last.split()) <= END


def test_thanks_and_asides_after_the_question_are_not_its_end() -> None:
    assert end_of(f"{STORY}{QUESTION} Thank you so much. My sister says hello.") == QUESTION


def test_a_question_in_one_long_breath_ends_before_the_thanks() -> None:
    run_on = "what can i do " + " ".join(f"word{n}" for n in range(LONG)) + "?"
    assert end_of(f"{run_on} Thank you so much.") == " ".join(run_on.split()[-RUN_ON:])


def test_where_nothing_is_asked_the_last_sentences_are_the_end() -> None:
    last = "My foot is no better now."
    assert end_of(STORY + last) == last


def test_of_what_has_no_sentences_the_last_words_are_the_end() -> None:
    run_on = " ".join(f"word{n}" for n in range(LONG + 20))
    assert end_of(run_on) == " ".join(run_on.split()[-RUN_ON:])


@pytest.mark.parametrize("text", [QUESTION, "word " * LONG, "", "???"])
def test_a_short_message_has_no_end_of_its_own(text: str) -> None:
    assert end_of(text.strip()) is None
