"""Which messages a round of training reads, and how often, where not all are to be read once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from lab.opinion.data import NONE, SEED, Item, learning

GRAVE = frozenset({"suicide_self_harm", "overdose_withdrawal"})  # as in triage/judgement.py
TIMES = 3  # how often a new message is read while an old one is read once


@dataclass(frozen=True)
class Shares:
    """What is drawn.

    Attributes:
        quiet: the share of harmless messages.
        loud: the share of the others that are not grave; all grave ones are drawn.
        often: the beginning of the names of files to learn from that are read ``TIMES`` times.
    """

    quiet: float = 1.0
    loud: float = 1.0
    often: str = ""


def sample(everything: Sequence[Item], shares: Shares) -> list[Item]:
    """The messages to read in a round; the same ones each time."""
    draw = random.Random(SEED)
    new = set(learning(shares.often)) if shares.often else set()
    share = {item: _share(item, shares) for item in everything if item not in new}
    old = [item for item, part in share.items() if draw.random() < part]
    return old + [item for item in everything if item in new] * TIMES


def _share(item: Item, shares: Shares) -> float:
    if item.label == NONE:
        return shares.quiet
    return 1.0 if item.label.partition(":")[0] in GRAVE else shares.loud
