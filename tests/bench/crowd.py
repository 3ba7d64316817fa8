"""Many patients at the same time, each in a thread of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from threading import Event

from tests.bench.figures import Figures, summary


@dataclass(frozen=True)
class Taken:
    """What a crowd took.

    Attributes:
        times: milliseconds of each turn.
        seconds: from the first turn's beginning to the last one's end.
    """

    times: Sequence[float]
    seconds: float


def together(clients: int, work: Callable[[int], Iterator[float]]) -> Taken:
    """Have so many work at the same time.

    Args:
        clients: how many.
        work: what the client of a number does; yields the milliseconds of each turn.

    Raises:
        Exception: what one of them met with.
    """
    over = Event()

    def until_over(number: int) -> list[float]:
        try:
            return list(takewhile(lambda _: not over.is_set(), work(number)))
        except Exception:
            over.set()  # one who fails ends it for all
            raise

    began = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        try:
            each = list(pool.map(until_over, range(clients)))
        finally:
            over.set()
    return Taken([taken for times in each for taken in times], time.monotonic() - began)


def figures(parts: Sequence[Taken]) -> Figures:
    """Turns a second and how long each took, of several crowds that worked one after the other."""
    times = [taken for part in parts for taken in part.times]
    return {"rate": len(times) / sum(part.seconds for part in parts), **summary(times)}
