"""The talk about recovery: its values, frozen, and how ``data/recovery.yml`` is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from content.files import DATA, naming, read_yaml, strings

FILE = "recovery.yml"
LISTS = (
    *("weekdays", "recent", "lasting", "doubtful", "leads", "early"),
    *("mid", "late", "less", "more", "between", "rates"),
)


@dataclass(frozen=True)
class Asked:
    """One question: as it is asked, as in other words, and why."""

    ask: str
    ask_again: str
    why: str


@dataclass(frozen=True)
class Cause:
    """One cause of foot drop, and what is usual for it.

    Attributes:
        title: on its button.
        named: the cause as it is said back.
        patterns: words that name it, in the notation of ``triage``.
        range: how long it usually takes, and how unsure that is.
        slow: when slow is too slow, and whom to see.
        topic: the topic that says more of it.
        next: topics to offer afterwards.
        sources: ids of ``data/sources.yml``.
        ask: the question for the time, where this cause has its own.
        over: causes that give way to this one when both are named.
        usual: the months the range names; None where no time is usual.
        longest: the months after which weakness may well stay; None where nobody can say.
        later: what is said between the two.
        new: what else is said when it is new.
        unknown: whether nobody knows the cause yet.
    """

    id: str
    title: str
    named: str
    patterns: tuple[str, ...]
    range: str
    slow: str
    topic: str
    next: tuple[str, ...]
    sources: tuple[str, ...]
    ask: str = ""
    over: tuple[str, ...] = ()
    usual: int | None = None
    longest: int | None = None
    later: str = ""
    new: str = ""
    unknown: bool = False


@dataclass(frozen=True)
class Time:
    """A button for the time so far, from ``least`` to ``most`` weeks; None for "not sure"."""

    id: str
    title: str
    said: str = ""
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Clock:
    """The words by which people tell a time.

    Attributes:
        numbers: words for numbers.
        units: words for units, in weeks.
        letters: letters that are units right after a figure: "6w".
        months: names of months: 1 to 12.
        seasons: names of seasons: the month each begins with; it lasts three.
        feasts: phrases for days of the year: month and day; Easter has none.
        lists: the other lists.
    """

    numbers: Mapping[str, float]
    units: Mapping[str, float]
    letters: Mapping[str, float]
    months: Mapping[str, int]
    seasons: Mapping[str, int]
    feasts: Mapping[str, tuple[int, int] | None]
    lists: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Recovery:
    """All that the talk asks, says and understands.

    Attributes:
        new_weeks: up to this, the warning signs come first.
        questions: by the step at which they are asked.
        spans: how a time is said back.
        words: lists of words by which replies are read.
    """

    reviewed: str
    new_weeks: float
    questions: Mapping[str, Asked]
    causes: Mapping[str, Cause]
    times: Mapping[str, Time]
    texts: Mapping[str, str]
    buttons: Mapping[str, str]
    spans: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    clock: Clock

    @property
    def unknown(self) -> Cause:
        """What stands for a cause that nobody knows yet."""
        return next(cause for cause in self.causes.values() if cause.unknown)


@lru_cache(maxsize=1)
def the_recovery() -> Recovery:
    """The project's own, read once a process."""
    return load_recovery(DATA)


def load_recovery(data: Path) -> Recovery:
    """Read ``recovery.yml`` of the folder ``data``.

    Raises:
        CatalogueError: the file is missing, is not YAML, or lacks a field.
    """
    path = data / FILE
    body = read_yaml(path)
    with naming(path):
        causes = [_cause(item) for item in body["causes"]]
        times = [Time(**item) for item in body["times"]]
        if sum(cause.unknown for cause in causes) != 1:
            raise ValueError("one cause, and only one, needs `unknown: true`")
        return Recovery(
            reviewed=str(body["reviewed"]),
            new_weeks=float(body["new_weeks"]),
            questions={name: Asked(**item) for name, item in body["questions"].items()},
            causes={cause.id: cause for cause in causes},
            times={time.id: time for time in times},
            texts=dict(body["texts"]),
            buttons=dict(body["buttons"]),
            spans=dict(body["spans"]),
            words={name: strings(words) for name, words in body["words"].items()},
            clock=_clock(body["clock"]),
        )


def _cause(body: Mapping[str, Any]) -> Cause:
    months = body.get("months") or {}
    return Cause(
        id=body["id"],
        title=body["title"],
        named=body["named"],
        patterns=strings(body["patterns"]),
        range=body["range"],
        slow=body["slow"],
        topic=body["topic"],
        next=strings(body["next"]),
        sources=strings(body["sources"]),
        ask=body.get("ask", ""),
        over=strings(body.get("over")),
        usual=months.get("usual"),
        longest=months.get("longest"),
        later=body.get("later", ""),
        new=body.get("new", ""),
        unknown=bool(body.get("unknown")),
    )


def _clock(body: Mapping[str, Any]) -> Clock:
    feasts: dict[str, tuple[int, int] | None] = dict.fromkeys(strings(body["easter"]))
    for item in body["feasts"]:
        feasts |= dict.fromkeys(strings(item["words"]), (item["month"], item["day"]))
    months = enumerate(body["months"], start=1)
    return Clock(
        numbers={word: float(value) for word, value in body["numbers"].items()},
        units={word: item["weeks"] for item in body["units"] for word in item["words"]},
        letters=dict(body["letters"]),
        months={word: number for number, words in months for word in words},
        seasons={word: item["first"] for item in body["seasons"] for word in item["words"]},
        feasts=feasts,
        lists={name: frozenset(strings(body[name])) for name in LISTS},
    )
