"""What a diary says, in words: short messages that promise nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from actions.exercises.showing import PARTING, fill
from actions.progress.hearing import SIGNS
from content.progress import Progress
from diary.summary import Summary
from diary.trends import WORRYING, Finding, FindingId
from diary.values import History

MESSAGE_WORDS = 65
"""Ten fewer than a message may have: the region's numbers take more words than their name."""
FEW_VISITS = 3
DONE = ("visits", "visits_week", "repetitions")
OFTEN = frozenset({"visits", "falls"})
"""The numbers of findings that are said as "once", "twice" and so on."""

LESS_FUNCTION: FindingId = "less_function"
LESS_TIME, SIGNS_NAMED, SECONDS = "less_time", "signs", "seconds"


@dataclass(frozen=True)
class Told:
    """What is said of a diary.

    Attributes:
        counts: what was done, and what the numbers say.
        worries: what a doctor or a physiotherapist should hear; nothing where all is well.
        rest: what goes well, and how to pace oneself.
    """

    counts: tuple[str, ...]
    worries: tuple[str, ...]
    rest: tuple[str, ...]


def told(
    progress: Progress, history: History, counts: Summary, findings: Sequence[Finding]
) -> Told:
    """What to say of a diary.

    Args:
        progress: the texts.
        history: the diary.
        counts: its ``Summary``.
        findings: what it tells, in order.
    """
    worrying = [_said(progress, one) for one in findings if one.level in WORRYING]
    well = [_said(progress, one) for one in findings if one.level not in WORRYING]
    texts = progress.texts
    if worrying:
        return Told(_counts(progress, counts), packed([*worrying, texts["worry"]]), packed(well))
    plain = texts["early" if len(history.visits) < FEW_VISITS else "nothing_found"]
    return Told(_counts(progress, counts), (), packed([*well, plain, texts["pacing"]]))


def packed(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts put together into as few messages as their length allows, in the same order."""
    messages: list[str] = []
    for text in texts:
        joined = f"{messages[-1]}{PARTING}{text}" if messages else text
        if messages and len(joined.split()) <= MESSAGE_WORDS:
            messages[-1] = joined
        else:
            messages.append(text)
    return tuple(messages)


def times(progress: Progress, number: int) -> str:
    """How often: "not at all", "once", "twice", "3 times"."""
    if number < len(progress.times):
        return progress.times[number]
    return fill(progress.times_more, n=number)


def listed(progress: Progress, items: Sequence[str]) -> str:
    """Items with commas, and a word before the last."""
    *first, last = items
    return f"{', '.join(first)} {progress.joint} {last}" if first else last


def _counts(progress: Progress, counts: Summary) -> tuple[str, ...]:
    """Two messages at the most: what was done, and what was told."""
    values: Mapping[str, int | None] = asdict(counts)
    lines = {name: _line(progress, name, values[name]) for name in progress.lines}
    done = [lines[name] for name in lines if name in DONE]
    rest = [lines[name] for name in lines if name not in DONE]
    return tuple(filter(None, (" ".join(filter(None, part)) for part in (done, rest))))


def _line(progress: Progress, name: str, number: int | None) -> str:
    if number is None:
        return ""
    line = progress.lines[name]
    return fill(line.some, times=times(progress, number), n=number) if number else line.none


def _said(progress: Progress, finding: Finding) -> str:
    numbers = finding.numbers
    timed = finding.id == LESS_FUNCTION and SECONDS in numbers
    text = progress.findings[LESS_TIME if timed else finding.id]
    values = {
        name: times(progress, number) if name in OFTEN else str(number)
        for name, number in numbers.items()
    }
    named = [progress.signs[sign] for sign in SIGNS if sign in numbers]
    if named:
        values[SIGNS_NAMED] = listed(progress, named)
    return fill(text, **values)
