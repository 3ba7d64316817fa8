"""Held-out messages, understood by the whole pipeline: the live model beside the new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from content import Catalogue
from content.lint.problems import Severity
from deploy.train import ROOT
from gate.heldout.outcomes import (
    ANSWERED,
    ASKED,
    MISSED,
    RIGHT,
    WRONG,
    other_outcome,
    topic_outcome,
)
from gate.heldout.questions import FOLDER, HELDOUT, Message, others, topics, unseen
from gate.model import understander
from gate.remembering import checksum, of_files, remembered
from gate.report import Figure, Finding
from gate.understanding.comparing import CHANCE
from gate.understanding.paired import worse_by_chance

WELL = {RIGHT, ASKED}
PATH = HELDOUT.relative_to(ROOT).as_posix()
SHOWN = 5

Outcomes = Mapping[str, str]
"""What became of each message, by its text."""


def messages(live: Catalogue, data: Catalogue) -> tuple[list[Message], list[Finding]]:
    """The held-out messages that neither version learnt, and what is said of those left out.

    Raises:
        FileNotFoundError: the messages are not installed: nothing can be measured.
    """
    if not HELDOUT.is_dir():
        raise FileNotFoundError(f"{FOLDER} is needed: the messages to measure with")
    found = unseen(topics(HELDOUT) + others(HELDOUT), HELDOUT, live, data)
    gone = [m for m in found if not any(data.find(label) for label in m.accepted)]
    labels = sorted({message.label for message in gone})
    warnings = [
        Finding(
            f"{PATH}/{label.partition('/')[0]}.yml",
            1,
            f"messages to measure with name `{label}`, which is gone; they are left out",
            "Have a programmer lead them to the new id, or delete them.",
            Severity.WARNING,
        )
        for label in labels
    ]
    return [m for m in found if m not in gone], warnings


def outcomes(
    asked: Sequence[Message], model: Path, catalogue: Catalogue, say: Callable[[float, str], None]
) -> Outcomes:
    """What a model does with messages; what it did before is read."""

    def made() -> Outcomes:
        understands = understander(model, catalogue)
        found = {}
        for at, message in enumerate(asked):
            if at % 100 == 0:
                say(at / len(asked), f"asks {len(asked)} held-out questions")
            understood = understands.understand(message.text)
            outcome = topic_outcome if message.is_topic else other_outcome
            found[message.text] = outcome(message, understood)
        return found

    texts = [[message.text, sorted(message.accepted)] for message in asked]
    code = of_files([ROOT / "assistant" / "nlu", ROOT / "config.yml"])
    key = checksum(texts, of_files([model]), sorted(catalogue.words), code)
    found: Outcomes = remembered("heldout", key, made)
    return found


def compared(
    asked: Sequence[Message], before: Outcomes, after: Outcomes
) -> tuple[dict[str, Figure], list[Finding]]:
    """The shares beside each other, and whether one fell by more than chance."""
    figures, findings = {}, []
    for name, bad, some in (
        ("held-out questions not answered and not asked about", {WRONG, MISSED}, True),
        ("held-out questions answered wrongly", {WRONG}, True),
        ("other held-out messages answered as a topic", {ANSWERED}, False),
    ):
        counted = [m for m in asked if m.is_topic is some]
        was = [before[m.text] in bad for m in counted]
        now = [after[m.text] in bad for m in counted]
        lost = [m.text for m, b, a in zip(counted, was, now, strict=True) if a and not b]
        gained = sum(b and not a for b, a in zip(was, now, strict=True))
        total = max(len(counted), 1)
        figures[name] = Figure(sum(was) / total, sum(now) / total, len(counted), "share")
        if worse_by_chance(len(lost), gained) < CHANCE:
            shown = "; ".join(f"“{text}”" for text in lost[:SHOWN])
            wrong = f"{name}: {sum(now)} of {len(counted)}, {sum(was)} before"
            mend = f"Look what draws these to another topic: {shown}."
            findings.append(Finding("data/topics", 1, wrong, mend))
    return figures, findings
