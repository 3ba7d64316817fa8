"""Whether memory grows with the turns that were answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from functools import partial

from tests.bench import machine
from tests.bench.crowd import together
from tests.bench.figures import Figures, Say, growth
from tests.bench.systems import RASA, System
from tests.bench.workload import go_on, spoken

VISIT, CLIENTS = 20, 4
"""Turns of a conversation; then another begins. How many talk at the same time."""
SAMPLES = 20


def measure(system: System, turns: int, warm_up: int, say: Say) -> Figures:
    """Megabytes of Rasa's process as turns go by, and of all processes at the end.

    Args:
        system: who is asked; it has just been started.
        turns: how many turns in all, or a few more.
        warm_up: so many turns do not count for the growth.
        say: told how far it is.
    """
    when, load = datetime.now(timezone.utc).isoformat(timespec="minutes"), machine.load()
    samples, done = [(0, system.memory()[RASA])], 0
    while done < turns:
        until = min(turns, done + max(1, turns // SAMPLES))
        while done < until:
            done += len(together(CLIENTS, partial(_visit, system, done)).times)
        samples.append((done, system.memory()[RASA]))
        say(f"{system.name}: {samples[-1][1]:.0f} MB after {done} turns")
    return {
        "when": when,
        "load": [load, machine.load()],
        "turns": done,
        "warm-up": warm_up,
        "growth": growth(samples, warm_up),
        "most": max(size for _, size in samples),
        "samples": samples,
        "processes": system.memory(),
    }


def _visit(system: System, done: int, number: int) -> Iterator[float]:
    yield from go_on(system.talk(), spoken(done + number), VISIT)
