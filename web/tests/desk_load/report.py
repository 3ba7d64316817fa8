"""The figures of the desk's speed as a page of the documentation. Pure."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.desk_load.measuring import Measured

LARGEST = 100_000


@dataclass(frozen=True)
class Run:
    """What was measured on one database.

    Attributes:
        name: the database's.
        limit: the milliseconds within which 95 of 100 pages are to come.
        counts: how many conversations and messages there were.
        filled: the seconds that filling took; None where it was filled before.
        loads: the machine's load, before and after.
        size: the database's bytes.
        measured: the pages.
    """

    name: str
    limit: int
    counts: tuple[int, int]
    filled: float | None
    loads: tuple[float, float]
    size: int
    measured: Sequence[Measured]


def written(runs: Sequence[Run], day: date) -> str:
    """The whole page."""
    return "\n".join([*_head(day), *(line for run in runs for line in _of(run))]) + "\n"


def _head(day: date) -> list[str]:
    return [
        "# How fast the desk is",
        "",
        f"Written by `make desk-bench` on {day.isoformat()}. Invented conversations of about 15",
        "turns each fill a database; then the real desk is asked over HTTP by somebody who is",
        "signed in, one page at a time. The time is that of the whole answer, as a client on the",
        "same machine sees it, and the size is that of the page without its style and scripts.",
        f"A page is to have at most {LARGEST // 1000} kB.",
    ]


def _of(run: Run) -> list[str]:
    slow = sum(one.percentile(0.95) > run.limit for one in run.measured)
    large = sum(one.size > LARGEST for one in run.measured)
    before, after = run.loads
    conversations, messages = run.counts
    filled = "before" if run.filled is None else f"in {run.filled:.0f} s"
    verdict = "all are" if not slow else f"{slow} are not"
    return [
        "",
        f"## {run.name}",
        "",
        f"{conversations:,} conversations and {messages:,} messages, {run.size / 1e9:.1f} GB, "
        f"filled {filled}. The machine's load was {before:.1f} before and {after:.1f} after; it "
        f"has {os.cpu_count()} processors.",
        f"95 of 100 are to come within {run.limit} ms: of {len(run.measured)} pages {verdict}"
        f"{f', and {large} are too large' if large else ''}.",
        "",
        "| page | half within | 95 of 100 within | size |",
        "|---|---:|---:|---:|",
        *(_row(one) for one in run.measured),
    ]


def _row(one: Measured) -> str:
    p50, p95 = one.percentile(0.5), one.percentile(0.95)
    return f"| {one.title} | {p50:.0f} ms | {p95:.0f} ms | {one.size / 1000:.0f} kB |"
