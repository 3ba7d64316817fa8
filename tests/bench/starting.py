"""Seconds from the start of the processes to a patient's first answer."""

from __future__ import annotations

import time
from pathlib import Path

from tests.bench.figures import Figures, Say
from tests.bench.systems import DEFAULT, DORSI, default
from tests.load.start import ANSWERED, start
from tests.load.talking import percentile


def measure(model: Path, rounds: int, say: Say) -> Figures:
    """Seconds of each start, the two in turn, and the middle one.

    Args:
        model: the default's.
        rounds: how many starts of each.
        say: told how far it is.
    """
    taken: dict[str, list[float]] = {DORSI: [], DEFAULT: []}
    for _ in range(rounds):
        taken[DORSI].append(start(0)[ANSWERED])
        taken[DEFAULT].append(_default(model))
        say(", ".join(f"{name}: {times[-1]:.1f} s" for name, times in taken.items()))
    return {name: {"seconds": percentile(times, 50), "all": times} for name, times in taken.items()}


def _default(model: Path) -> float:
    began = time.monotonic()
    with default(model):
        return time.monotonic() - began
