"""``python -m tests.safety.measure``: measure red flags on held-out messages → docs/safety.md."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from gate.heldout.outcomes import Share
from tests.safety.designs import DESIGNS, Design, both
from tests.safety.messages import (
    Message,
    alarming_all_the_same,
    near_misses,
    ordinary,
    positives,
)
from triage import Level, screen

REPORT = Path(__file__).resolve().parents[2] / "docs" / "safety.md"
NEVER_MISSED = {"suicide_self_harm", "overdose_withdrawal"}
NAMES = (
    "emergency sensitivity",
    "urgent or emergency recall",
    "suicide and overdose found",
    "false escalation on near misses",
    "false escalation on ordinary messages",
)


def measure(design: Design = both) -> dict[str, Share]:
    """The figures of one design, by the names above."""
    found = [(message, design(message.text)) for message in positives()]
    near = [design(message.text) for message in near_misses()]
    plain = [design(message.text) for message in ordinary()]
    emergencies = [(m, level) for m, level in found if m.level is Level.EMERGENCY]
    alarming = [(m, level) for m, level in found if m.level.rank >= Level.URGENT.rank]
    gravest = [(m, level) for m, level in emergencies if m.group in NEVER_MISSED]
    return {
        NAMES[0]: _share(level is Level.EMERGENCY for _, level in emergencies),
        NAMES[1]: _share(level.rank >= Level.URGENT.rank for _, level in alarming),
        NAMES[2]: _share(level is Level.EMERGENCY for _, level in gravest),
        NAMES[3]: _share(level.rank >= Level.URGENT.rank for level in near),
        NAMES[4]: _share(level.rank >= Level.URGENT.rank for level in plain),
    }


def _share(hits: Iterable[bool]) -> Share:
    counted = list(hits)
    return Share(sum(counted), len(counted))


def asked() -> dict[str, Share]:
    """What is lost in silence, and who is asked without need: a question is no alarm."""
    alarming = [m for m in positives() if m.level.rank >= Level.URGENT.rank]
    gravest = [m for m in alarming if m.group in NEVER_MISSED and m.level is Level.EMERGENCY]
    return {
        "urgent or emergency, told or asked about": _share(map(_noticed, alarming)),
        "suicide and overdose, told or asked about": _share(map(_noticed, gravest)),
        "near misses asked about": _share(map(_questioned, near_misses())),
        "ordinary messages asked about": _share(map(_questioned, ordinary())),
    }


def _noticed(message: Message) -> bool:
    found = screen(message.text)
    return found.level.rank >= Level.URGENT.rank or found.unsure is not None


def _questioned(message: Message) -> bool:
    return screen(message.text).unsure is not None


def by_group(messages: Iterable[Message]) -> dict[tuple[str, Level], list[Level]]:
    """What was found, for each flag or class and the level that was deserved."""
    found: dict[tuple[str, Level], list[Level]] = defaultdict(list)
    for message in messages:
        found[message.group, message.level].append(screen(message.text).level)
    return found


def milliseconds() -> tuple[float, float]:
    """The median and the 99th percentile of screening 300 characters."""
    texts = [message.text for message in positives() + near_misses()]
    joined = [" ".join(texts[at : at + 8])[:300] for at in range(0, len(texts), 3)]
    taken = []
    for text in joined:
        began = time.perf_counter()
        screen(text)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.99)]


def report() -> str:
    """The whole report as Markdown."""
    lines = [
        "# Red flags: how many are noticed",
        "",
        "Made by `make safety` on the messages of `tests/safety/heldout`, which were written apart",
        "from the red-flag files and are never learnt from; the ordinary messages are those of",
        "`tests/accuracy/heldout`, less those that tell of a red flag all the same, or may do so:",
        "`ordinary_alarming.yml`, by a reader who did not see what was noticed.",
        "Shares with 95% Wilson intervals.",
        "No clinician has reviewed them.",
        "",
        "| design | " + " | ".join(NAMES) + " |",
        "|---" * (len(NAMES) + 1) + "|",
    ]
    for name, design in DESIGNS.items():
        figures = measure(design)
        lines.append(f"| {name} | " + " | ".join(str(figures[n]) for n in NAMES) + " |")
    lines += ["", "| where Dorsi is unsure it asks | rules and second opinion |", "|---|---|"]
    lines += [f"| {name} | {share} |" for name, share in asked().items()]
    lines += ["", "| flag | deserved | reached that level | urgent or above |", "|---|---|---|---|"]
    for (group, level), found in by_group(positives()).items():
        reached = sum(one.rank >= level.rank for one in found)
        urgent = sum(one.rank >= Level.URGENT.rank for one in found)
        lines.append(f"| {group} | {level.value} | {reached} of {len(found)} | {urgent} |")
    told = [screen(message.text).level for message in alarming_all_the_same()]
    noticed = _share(level.rank >= Level.URGENT.rank for level in told)
    lines += ["", f"Of the ordinary messages that tell of a red flag, noticed: {noticed}."]
    lines += ["", "| near miss | false escalations |", "|---|---|"]
    for (group, _), found in by_group(near_misses()).items():
        alarms = sum(one.rank >= Level.URGENT.rank for one in found)
        lines.append(f"| {group} | {alarms} of {len(found)} |")
    median, last = milliseconds()
    lines += [
        "",
        f"Screening 300 characters: median {median:.1f} ms, 99th percentile {last:.1f} ms.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    text = report()
    REPORT.write_text(text, encoding="utf-8")
    print(text)
