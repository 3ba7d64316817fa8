"""Choose the gate's thresholds on validation messages: prints what belongs into config.yml.

The temperature minimises the log loss (Guo 2017); then every combination of the other thresholds
is tried, and of those that keep wrong answers and answered strangers under their limits, the one
that helps most people wins. Held-out messages are not looked at.
"""

from __future__ import annotations

import argparse
from itertools import product

import numpy as np

from assistant.nlu.gate import Decision, Thresholds, decide
from assistant.nlu.reading import reading
from assistant.nlu.understanding import Context, Ranking, Understander, Understanding
from content import load
from gate.heldout.outcomes import ANSWERED, ASKED, RIGHT, WRONG, other_outcome, topic_outcome
from gate.heldout.questions import VALIDATION, Message, others, topics, unseen
from gate.model import ranker

KEPT = 12

TEMPERATURES = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5)
GRID = {
    "answer": (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85),
    "margin": (0.05, 0.15, 0.3, 0.45),
    "clarify": (0.02, 0.03, 0.05, 0.08),
    "covered": (0.15, 0.2, 0.25, 0.3, 0.4, 0.5),
    "act": (0.25, 0.3, 0.35, 0.4, 0.5),
}


def rankings(messages: list[Message], temperature: float) -> list[Ranking]:
    """Every message's labels with calibrated probabilities, best first."""
    understander = Understander(_Memo(), load(), Thresholds(temperature=temperature))
    return [understander.rank(message.text, Context())[:KEPT] for message in messages]


class _Memo:
    """The ranker, asked once about each text."""

    known: dict[str, np.ndarray] = {}  # noqa: RUF012

    def __init__(self) -> None:
        self._ranker = reading(ranker(), load())
        self.labels = self._ranker.labels

    def scores(self, texts: list[str]) -> np.ndarray:
        for text in texts:
            if text not in self.known:
                self.known[text] = self._ranker.scores([text])[0]
        return np.vstack([self.known[text] for text in texts])


def log_loss(messages: list[Message], ranked: list[Ranking]) -> float:
    """The mean surprise at the right label."""
    right = [
        sum(p for label, p in ranking if label in message.accepted)
        for message, ranking in zip(messages, ranked, strict=True)
    ]
    return float(-np.mean(np.log(np.maximum(right, 1e-6))))


def main() -> None:
    """Search, and print the winner with what it reaches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", type=float, default=0.025, help="most wrong answers")
    parser.add_argument("--strangers", type=float, default=0.02, help="most strangers answered")
    limits = parser.parse_args()
    asked, strange = (unseen(load_all(VALIDATION), VALIDATION) for load_all in (topics, others))
    everyone = asked + strange
    losses = {t: log_loss(everyone, rankings(everyone, t)) for t in TEMPERATURES}
    temperature = min(losses, key=losses.__getitem__)
    print("log loss by temperature:", {t: round(loss, 3) for t, loss in losses.items()})
    ranked = rankings(everyone, temperature)
    known_topics = load().topics
    best: tuple[float, Thresholds] | None = None
    for values in product(*GRID.values()):
        gate = Thresholds(temperature, **dict(zip(GRID, values, strict=True)))
        outcomes = []
        for message, ranking in zip(everyone, ranked, strict=True):
            verdict = decide(ranking, known_topics.__contains__, gate)
            topic = verdict.label if verdict.label in known_topics else None
            answered = topic if verdict.decision is Decision.ANSWER else None
            seen = Understanding(
                verdict.decision, verdict.label, topic=answered, candidates=verdict.candidates
            )
            outcome = topic_outcome if message.is_topic else other_outcome
            outcomes.append(outcome(message, seen))
        wrong = outcomes.count(WRONG) / len(asked)
        strangers = outcomes[len(asked) :].count(ANSWERED) / len(strange)
        missed = outcomes[len(asked) :].count("missed") / len(strange)
        right, question = outcomes.count(RIGHT) / len(asked), outcomes.count(ASKED) / len(asked)
        # A question costs the patient a turn, so it counts a little less than an answer.
        value = right + 0.85 * question - missed - strangers - wrong
        fits = wrong <= limits.wrong and strangers <= limits.strangers
        if fits and (best is None or value > best[0]):
            best = (value, gate)
            print(
                f"right {right:.3f} asked {question:.3f} wrong {wrong:.3f} "
                f"strangers answered {strangers:.3f} missed {missed:.3f} {gate}"
            )


if __name__ == "__main__":
    main()
