"""Milliseconds as a few figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.load.talking import percentile

Figures = dict[str, Any]
Say = Callable[[str], None]
"""Tells somebody who waits how far it is."""


def summary(times: Sequence[float]) -> dict[str, float]:
    """How long it took in the middle, and all but one in twenty."""
    return {"p50": percentile(times, 50), "p95": percentile(times, 95), "times": len(times)}


def growth(samples: Sequence[tuple[int, float]], warm_up: int) -> float | None:
    """By what share memory grew after the warm-up.

    Args:
        samples: turns and the megabytes after them, in order.
        warm_up: so many turns are not counted.

    Returns:
        None where nothing was sampled after the warm-up.
    """
    counted = [size for turns, size in samples if turns >= warm_up]
    return counted[-1] / counted[0] - 1 if len(counted) > 1 else None
