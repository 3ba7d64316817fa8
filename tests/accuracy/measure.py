"""Measure understanding on held-out messages and write docs/accuracy.md (`make accuracy`)."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from assistant.nlu.understanding import Context, Understander
from deploy.train import ROOT
from gate.heldout.outcomes import (
    ANSWERED,
    ASKED,
    EXACT,
    HANDLED,
    MISSED,
    RIGHT,
    WRONG,
    Share,
    other_outcome,
    topic_outcome,
)
from gate.heldout.questions import HELDOUT, VALIDATION, aspects, others, topics, unseen
from gate.model import understander

REPORT = ROOT / "docs" / "accuracy.md"
BASELINE = Path(__file__).parent / "baseline.json"
ECE_BINS = 10


def measure(model: Understander, folder: Path = HELDOUT) -> dict[str, Any]:
    """Run every message of ``folder`` through ``model``.

    Returns:
        Shares by name, the calibration error and the list of confusions.
    """
    asked = [(m, model.understand(m.text)) for m in unseen(topics(folder), folder)]
    strange = [(m, model.understand(m.text)) for m in unseen(others(folder), folder)]
    leaning = [
        (m, model.understand(m.text, Context(m.after))) for m in unseen(aspects(folder), folder)
    ]
    in_scope = Counter(topic_outcome(m, u) for m, u in asked)
    out = Counter(other_outcome(m, u) for m, u in strange)
    context = Counter(topic_outcome(m, u) for m, u in leaning)
    wrong = Counter(
        (m.label, u.topic) for m, u in asked if u.topic is not None and u.topic not in m.accepted
    )
    families = Counter(
        m.label.split("/")[0] in {a.split("/")[0] for a in (u.topic, *u.candidates) if a}
        for m, u in asked
    )
    return {
        "right or asked": Share(in_scope[RIGHT] + in_scope[ASKED], len(asked)),
        RIGHT: Share(in_scope[RIGHT], len(asked)),
        ASKED: Share(in_scope[ASKED], len(asked)),
        WRONG: Share(in_scope[WRONG], len(asked)),
        MISSED: Share(in_scope[MISSED], len(asked)),
        "right family": Share(families[True], len(asked)),
        "other handled": Share(out[EXACT] + out[HANDLED], len(strange)),
        "other exact": Share(out[EXACT], len(strange)),
        "other answered as a topic": Share(out[ANSWERED], len(strange)),
        "follow-up right or asked": Share(context[RIGHT] + context[ASKED], len(leaning)),
        "follow-up wrong": Share(context[WRONG], len(leaning)),
        "ece": calibration_error(
            [(u.confidence, u.label in m.accepted) for m, u in asked + strange]
        ),
        "confusions": wrong.most_common(12),
    }


def calibration_error(pairs: list[tuple[float, bool]]) -> float:
    """Expected calibration error over ten equal bins (Naeini 2015): 0 is perfect."""
    confidence = np.array([c for c, _ in pairs])
    right = np.array([r for _, r in pairs], dtype=float)
    bins = np.minimum((confidence * ECE_BINS).astype(int), ECE_BINS - 1)
    gaps = [
        abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in range(ECE_BINS)
        if (bins == b).any()
    ]
    return float(sum(gaps))


ROWS = [
    ("right or asked", "Right topic or right clarifying question", "≥ 92%"),
    (RIGHT, "– answered with the right topic", ""),
    (ASKED, "– asked, with the right topic on a button", ""),
    (WRONG, "Wrong answer given with confidence", "≤ 3%"),
    (MISSED, "Not understood or refused", ""),
    ("right family", "Right family answered or offered", ""),
    ("other handled", "Small talk and out of scope: handled or refused", "≥ 95%"),
    ("other exact", "– by the very act meant", ""),
    ("other answered as a topic", "– wrongly answered with a topic", ""),
    ("follow-up right or asked", "Follow-up question in context: right or asked", ""),
    ("follow-up wrong", "– wrong", ""),
]


def report(result: dict[str, Any], baseline: dict[str, str]) -> str:
    """The figures as a page of Markdown."""
    lines = [
        "# Accuracy on held-out messages",
        "",
        "Made by `make accuracy`; do not edit. Messages in `tests/accuracy/heldout` were written",
        "apart from the training examples and are never trained or tuned on; the gate is tuned on",
        "`tests/accuracy/validation`. Shares carry 95% Wilson intervals. The last column is",
        "`rasa init`'s default pipeline on the same examples (`make baseline`, hours long):",
        f"{baseline.get('epochs', '0')} of its 100 epochs have been run.",
        "",
        "| measure | must reach | Dorsi | default pipeline |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {title} | {floor} | {result[key]} | {baseline.get(key, '')} |"
        for key, title, floor in ROWS
    ]
    error = f"Expected calibration error: {result['ece']:.3f}"
    error += f" (default pipeline: {baseline['ece']})" if "ece" in baseline else ""
    lines += ["", error, "", "## Wrong most often", ""]
    lines += ["| meant | answered | times |", "|---|---|---|"]
    lines += [f"| {meant} | {said} | {times} |" for (meant, said), times in result["confusions"]]
    return "\n".join([*lines, ""])


def main() -> int:
    """Print and write the report; with --check fail when a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--validation", action="store_true", help="the tuning set; writes nothing")
    options = parser.parse_args()
    result = measure(understander(), VALIDATION if options.validation else HELDOUT)
    baseline = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    page = report(result, baseline)
    print(page)
    if not options.validation:
        REPORT.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
