"""When to answer, when to ask, when to say "I do not know"."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.gate import MAX_CANDIDATES, Decision, Thresholds, decide, probabilities

GATE = Thresholds(answer=0.5, margin=0.2, clarify=0.1, covered=0.3, act=0.4)
ANSWER, CLARIFY, FALLBACK = Decision.ANSWER, Decision.CLARIFY, Decision.FALLBACK
Ranking = list[tuple[str, float]]


def is_topic(label: str) -> bool:
    return "/" in label


@pytest.mark.parametrize(
    ("ranking", "decision", "candidates"),
    [
        pytest.param([("a/x", 0.9), ("b/y", 0.1)], ANSWER, (), id="a sure topic is answered"),
        pytest.param([("a/x", 1.0)], ANSWER, (), id="a topic without rival is answered"),
        pytest.param([("a/x", 0.5), ("b/y", 0.3)], ANSWER, (), id="both borders are inclusive"),
        pytest.param(
            [("a/x", 0.5), ("b/y", 0.4)], CLARIFY, ("a/x", "b/y"), id="a close second is asked"
        ),
        pytest.param(
            [("a/x", 0.49), ("b/y", 0.05)], CLARIFY, ("a/x",), id="one unsure topic is asked"
        ),
        pytest.param(
            [("a/x", 0.3), ("b/y", 0.25), ("c/z", 0.2), ("d/w", 0.15)],
            CLARIFY,
            ("a/x", "b/y", "c/z"),
            id="of four rivals three are offered",
        ),
        pytest.param([("a/x", 0.09), ("b/y", 0.08)], FALLBACK, (), id="faint topics are no help"),
        pytest.param([("a/x", 0.15), ("b/y", 0.1)], FALLBACK, (), id="too little is covered"),
        pytest.param([("greet", 0.4), ("a/x", 0.39)], ANSWER, (), id="an act needs no margin"),
        pytest.param(
            [("greet", 0.39), ("a/x", 0.35)], CLARIFY, ("a/x",), id="an act is never offered"
        ),
        pytest.param([("greet", 0.39), ("thanks", 0.38)], FALLBACK, (), id="unsure acts"),
    ],
)
def test_a_ranking_decides(
    ranking: Ranking, decision: Decision, candidates: tuple[str, ...]
) -> None:
    verdict = decide(ranking, is_topic, GATE)
    assert (verdict.decision, verdict.candidates) == (decision, candidates)
    assert (verdict.label, verdict.confidence) == ranking[0]


CHANCE = st.floats(0, 1)
LABEL = st.sampled_from(["greet", "thanks", *(f"{family}/x" for family in "abcdef")])


@given(
    st.dictionaries(LABEL, CHANCE, min_size=1),
    st.builds(Thresholds, answer=CHANCE, margin=CHANCE, clarify=CHANCE, covered=CHANCE, act=CHANCE),
)
def test_any_ranking_gets_a_decision_with_at_most_three_topics(
    chances: dict[str, float], thresholds: Thresholds
) -> None:
    ranking = sorted(chances.items(), key=lambda pair: -pair[1])
    verdict = decide(ranking, is_topic, thresholds)
    assert verdict.label == ranking[0][0]
    assert len(verdict.candidates) <= MAX_CANDIDATES
    assert all(is_topic(label) for label in verdict.candidates)
    assert verdict.decision is CLARIFY or not verdict.candidates


@given(
    st.lists(st.floats(-1e3, 1e3), min_size=1),
    st.floats(0.05, 20).map(lambda temperature: Thresholds(temperature=temperature)),
)
def test_scores_become_probabilities_in_the_same_order(
    scores: list[float], thresholds: Thresholds
) -> None:
    found = probabilities(np.array(scores), thresholds)
    assert found.sum() == pytest.approx(1.0)
    assert ((found >= 0) & (found <= 1)).all()
    assert found[int(np.argmax(scores))] == found.max()


def test_a_higher_temperature_is_less_sure() -> None:
    scores = np.array([2.0, 0.0])
    cold = probabilities(scores, Thresholds(temperature=0.5))
    warm = probabilities(scores, Thresholds(temperature=4.0))
    assert cold[0] > warm[0] > 0.5
