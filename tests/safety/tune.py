"""``python -m tests.safety.tune``: choose the bars of the second opinion on validation messages.

The messages of ``validation`` were written apart from those to learn from and from ``heldout``.
Ordinary ones are the validation messages of understanding.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from gate.heldout.questions import VALIDATION as TOPICS
from tests.safety.messages import VALIDATION, Message, near_misses, ordinary, positives
from triage import Flag, Level
from triage.judgement import GRAVE, weigh
from triage.load import load
from triage.model import highest
from triage.opinion import FOLDER, Judgement, Opinion
from triage.screening import Screener

ABOUT = FOLDER / "about.json"
MOST_NEAR, MOST_ORDINARY = 0.03, 0.003
GRID = {
    "raise": (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98),
    "keep": (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5),
    "raise_grave": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    "keep_grave": (0.01, 0.03, 0.1),
    "emergency": (0.2, 0.3, 0.4, 0.5),
}
START = {
    **{"raise": 0.5, "keep": 0.1, "raise_grave": 0.3, "keep_grave": 0.03, "emergency": 0.4},
    **{"ask": 0.5, "ask_grave": 0.3, "quiet": 0.03, "soon": 0.6, "words": 0.05},
}
ROUNDS = 2


@dataclass(frozen=True)
class Read:
    """A message with what both opinions say of it."""

    message: Message
    ruled: tuple[Flag, ...]
    judged: Judgement


def read() -> list[Read]:
    """All validation messages, read once."""
    knowledge = load()
    rules, network = Screener(knowledge), Opinion()
    return [
        Read(m, rules.by_rules(m.text).flags, network.judge(m.text))
        for m in [*positives(VALIDATION), *near_misses(VALIDATION), *ordinary(TOPICS)]
    ]


def score(found: list[Read], bars: dict[str, float]) -> dict[str, float]:
    """The shares by name."""
    counts: dict[str, list[bool]] = {}
    for one in found:
        verdict = weigh(one.ruled, one.judged, bars)
        level = highest(flag.level for flag in verdict.flags)
        alarm = level.rank >= Level.URGENT.rank
        deserved = one.message.level
        if deserved.rank >= Level.URGENT.rank:
            counts.setdefault("urgent", []).append(alarm)
            if deserved is Level.EMERGENCY:
                counts.setdefault("emergency", []).append(level is Level.EMERGENCY)
                if one.message.group in GRAVE:
                    counts.setdefault("grave", []).append(level is Level.EMERGENCY)
        elif deserved is Level.NONE:
            kind = "ordinary" if one.message.group == "ordinary" else "near"
            counts.setdefault(kind, []).append(alarm)
            counts.setdefault(f"{kind} asked", []).append(verdict.unsure is not None)
        else:
            counts.setdefault("soon", []).append(alarm)
    return {name: sum(hits) / len(hits) for name, hits in counts.items()}


def worth(shares: dict[str, float]) -> float:
    """What a choice of bars is worth: found emergencies first, within the limits of alarms."""
    over = max(0.0, shares["near"] - MOST_NEAR) + max(0.0, shares["ordinary"] - MOST_ORDINARY)
    found = 2 * shares["emergency"] + shares["urgent"] + 0.5 * shares["grave"]
    return found - 3 * over - 0.3 * shares["near"]


def main() -> None:
    """Print the best bars; with --write, keep them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"into {ABOUT.name}")
    options = parser.parse_args()
    found = read()
    best = START
    for _ in range(ROUNDS):  # one bar after another, as each hardly moves the others
        for name, values in GRID.items():
            choices = [{**best, name: value} for value in values]
            best = max(choices, key=lambda bars: worth(score(found, bars)))
    print(json.dumps(best), {k: round(v, 4) for k, v in score(found, best).items()})
    if options.write:
        about = json.loads(ABOUT.read_text(encoding="utf-8"))
        about["thresholds"] = best
        Path(ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
