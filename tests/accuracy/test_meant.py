"""A word that is like another is not taken for it: medicines, denials, other languages, thanks."""

from __future__ import annotations

from functools import lru_cache

import pytest

from assistant.nlu.gate import Decision
from assistant.nlu.understanding import Understander
from gate.heldout.outcomes import REFUSALS
from gate.model import understander

STORY = (
    "I have had a brace since the spring and my husband drives me everywhere, which he does not "
    "mind, and the children come on Sundays to do the garden for us both."
)


@lru_cache(maxsize=1)
def model() -> Understander:
    return understander()


@pytest.mark.parametrize("name", ["ketamine", "dysport", "lyrica", "atorvastatin", "zeposia"])
def test_who_asks_for_a_medicine_is_not_told_of_something_else(name: str) -> None:
    understood = model().understand(f"can i take {name}")
    assert understood.label in REFUSALS


@pytest.mark.parametrize("text", ["i have foot drop from neurontin", "does mayzent help foot drop"])
def test_a_medicine_is_no_cause_of_foot_drop_that_we_know(text: str) -> None:
    understood = model().understand(text)
    assert understood.topic is None or understood.topic.startswith("treatments/")


@pytest.mark.parametrize("text", ["i didt get better", "my toes werent moving", "aint got ms"])
def test_a_denial_without_its_apostrophe_is_no_good_news(text: str) -> None:
    understood = model().understand(text)
    assert understood.label not in ("praise", "ms_link/inheritance")
    assert not (understood.decision is Decision.ANSWER and understood.label == "exercise")


@pytest.mark.parametrize("text", ["posso guidare", "puedo nadar", "wann wird es besser"])
def test_another_language_is_not_made_english(text: str) -> None:
    assert model().understand(text).topic is None


@pytest.mark.parametrize("thanks", ["Thank you so much for your help.", "My sister says hello."])
def test_thanks_do_not_hide_the_question_before_them(thanks: str) -> None:
    understood = model().understand(f"{STORY} Can I swim with foot drop? {thanks}")
    assert understood.label not in ("thanks", "greet", "goodbye")
