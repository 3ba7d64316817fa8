"""An axis from nought to a round number, and how its numbers are written."""

from itertools import count

STEPS = (1, 2, 5)
FEWEST = 3


def ticks(highest: float) -> list[float]:
    """Round numbers from 0 to the first that is not below the highest, three to six of them.

    Args:
        highest: what has to find its place, at least 0. Whole steps are taken from 1 on, since
            nothing here is counted in parts.
    """
    for power in count():
        for factor in STEPS:
            step = factor * 10**power
            steps = -(-int(-(-highest // 1)) // step)
            if steps < FEWEST * 2:
                return [float(step * at) for at in range(max(steps, 1) + 1)]
    raise AssertionError("powers do not end")


def written(value: float) -> str:
    """A number as people read it: with commas, and without a part where it is whole."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
