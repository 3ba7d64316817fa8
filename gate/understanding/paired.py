"""Whether a change made more wrong than right, beyond what chance makes of two good models."""

from __future__ import annotations

from math import comb


def worse_by_chance(lost: int, gained: int) -> float:
    """How likely chance alone loses so much more than it gains.

    The exact test of McNemar (Psychometrika 12, 1947) on one side: of the examples that one of two
    models understands and the other does not, each is as likely lost as gained.

    Args:
        lost: understood before and not after.
        gained: understood after and not before.
    """
    both = lost + gained
    as_bad: int = sum(comb(both, count) for count in range(lost, both + 1))
    return float(as_bad / 2**both)
