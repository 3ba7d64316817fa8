"""Understanding and screening stay as quick as they are: one beside the other, in one process."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from content.load import load
from deploy.train import DATA
from gate.job import Job, Say
from gate.model import understander
from gate.report import Figure, Finding, Result
from triage.load import load as knowledge
from triage.opinion import opinion
from triage.screening import Screener

MESSAGES, ROUNDS, SEED = 120, 3, 0
MEDIAN, LAST = 1.35, 1.6
"""How many times as long the median and the 95th percentile may take; machines are noisy."""

Does = Callable[[str], object]


def check(job: Job, say: Say) -> Result:
    """Time both versions on the same messages, each in turn before the other."""
    live, data = load(job.live), load(job.data)
    examples = sorted({text for topic in live.topics.values() for text in topic.examples})
    messages = random.Random(SEED).sample(examples, min(MESSAGES, len(examples)))
    figures: dict[str, Figure] = {}
    findings: list[Finding] = []
    pairs: dict[str, tuple[Does, Does]] = {}
    if job.live_model.exists():
        pairs["understanding"] = (
            understander(job.live_model, live).understand,
            understander(job.model, data).understand,
        )
    pairs["screening"] = (
        Screener(knowledge(job.live), opinion()).screen,
        Screener(knowledge(job.data), opinion()).screen,
    )
    for at, (what, both) in enumerate(pairs.items()):
        say(at / len(pairs), f"times {what}")
        before, after = _timed(both, messages)
        for name, share, most in (("median", 0.5, MEDIAN), ("95th percentile", 0.95, LAST)):
            was, now = _at(before, share), _at(after, share)
            figures[f"{what}, {name}"] = Figure(was, now, len(messages), "ms")
            if now > most * was:
                wrong = f"{what} takes {now / was:.1f} times as long ({name}: {now:.1f} ms)"
                mend = "Ask a programmer: a pattern or very many examples may be the cause."
                findings.append(Finding(DATA, 1, wrong, mend))
    told = ", ".join(f"{name} {one.after:.0f} ms" for name, one in figures.items())
    return Result(told, tuple(findings), {"speed": figures})


def _timed(both: tuple[Does, Does], messages: Sequence[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of the processor for each message, the quickest of some rounds."""
    best: tuple[list[float], list[float]] = ([], [])
    for number, message in enumerate(messages):
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(ROUNDS):
            # Nobody always comes after what another has just made warm.
            for which in (0, 1) if number % 2 else (1, 0):
                began = time.process_time()
                both[which](message)
                times[which].append((time.process_time() - began) * 1000)
        for found, some in zip(best, times, strict=True):
            found.append(min(some))
    return best


def _at(times: Sequence[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))]
