"""Who comes, how often, and for what: drawn from the scripts by a seed, the same each time."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from demo.scripts import Scripts, Visit

# How many of a hundred browsers come once, twice and so on.
COMING = {1: 74, 2: 14, 3: 8, 4: 4}
REGIONS = {"GB": 50, "US": 16, "IE": 8, "CA": 7, "AU": 6, "NZ": 3, "EU": 7, "": 3}
HURRIED = 0.35


@dataclass(frozen=True)
class Part:
    """One conversation to be played; all that is left to chance in it comes from `seed`."""

    visit: Visit
    region: str
    seed: str
    hurried: bool


type Browser = tuple[Part, ...]


def cast(scripts: Scripts, conversations: int, seed: int) -> list[Browser]:
    """The browsers that come, each with its conversations in order.

    Args:
        scripts: what may be played.
        conversations: how many in all.
        seed: of everything that is drawn.
    """
    rng = random.Random(seed)
    counts = _browsers(conversations, rng)
    later = sum(count - 1 for count in counts)
    again = [visit for visit in scripts.visits if visit.when == "again"]
    anytime = [visit for visit in scripts.visits if visit.when == "any"]
    # Some come back for what is there only for those who do, the others as anybody.
    coming_back = _dealt(again, later // 2, rng) if again else []
    rest = _dealt(anytime, conversations - len(coming_back), rng)
    firsts, others = rest[: len(counts)], rest[len(counts) :] + coming_back
    rng.shuffle(others)
    browsers, number = [], 0
    for count, first in zip(counts, firsts, strict=True):
        region = rng.choices(list(REGIONS), list(REGIONS.values()))[0]
        hurried = rng.random() < HURRIED
        visits = [first, *(others.pop() for _ in range(count - 1))]
        parts = []
        for visit in visits:
            place = region if visit.region is None else visit.region
            parts.append(Part(visit, place, f"{seed}-{number}", hurried))
            number += 1
        browsers.append(tuple(parts))
    return browsers


def _browsers(conversations: int, rng: random.Random) -> list[int]:
    counts: list[int] = []
    while (left := conversations - sum(counts)) > 0:
        counts.append(min(left, rng.choices(list(COMING), list(COMING.values()))[0]))
    return counts


def _dealt(visits: Sequence[Visit], count: int, rng: random.Random) -> list[Visit]:
    """So many visits, each as often as its weight says, in any order.

    Dealt rather than drawn: where there is room for all kinds, none is left out by chance.
    """
    total = sum(visit.weight for visit in visits)
    dealt: list[Visit] = []
    owed = rng.random()
    for visit in rng.sample(visits, len(visits)):
        owed += visit.weight / total * count
        dealt += [visit] * (int(owed) - len(dealt))
    dealt += rng.choices(visits, k=max(0, count - len(dealt)))
    rng.shuffle(dealt)
    return dealt[:count]
