"""What was asked of Dorsi, and whether the figures reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tests.bench.figures import Figures
from tests.bench.systems import DEFAULT, DORSI
from tests.bench.tables import faster, head, percent
from tests.bench.training import CHANGED, NOTHING
from tests.pages import row

LENGTH, LATE = "500", 1.15
TIMES, MEGABYTES, GROWTH = 5.0, 900.0, 0.03
START, TRAINING, RETRAINING = 12.0, 90.0, 30.0

Judged = tuple[str, bool] | None
"""What was found and whether it is enough; None where it was not measured."""


def aims(parts: Mapping[str, Figures]) -> Iterator[str]:
    """A table of what was asked; a part that was not measured is left out."""
    yield from head("asked", "measured", "reached")
    for part, aim, judge in AIMS:
        if part in parts and (found := judge(parts[part])):
            yield row([aim, found[0], "yes" if found[1] else "**no**"])


def _late(found: Figures) -> Judged:
    ours, other = (found[name]["ratios"].get(LENGTH) for name in (DORSI, DEFAULT))
    return None if ours is None else (f"{ours:.2f} (the default: {other:.2f})", ours <= LATE)


def _times(found: Figures) -> Judged:
    each = {clients: faster(by) for clients, by in found["old"].items()}
    shown = ", ".join(f"{times:.2f} with {clients}" for clients, times in each.items())
    return f"{shown} clients", min(each.values()) >= TIMES


def _size(found: Figures) -> Judged:
    most = found[DORSI]["most"]
    return f"{most:.0f} MB at the most", most <= MEGABYTES


def _flat(found: Figures) -> Judged:
    share = found[DORSI]["growth"]
    return None if share is None else (percent(share), share <= GROWTH)


def _seconds(*keys: str, limit: float) -> Callable[[Figures], Judged]:
    def judged(found: Figures) -> Judged:
        for key in keys:
            found = found[key]
        return f"{found['seconds']:.1f} s", found["seconds"] <= limit

    return judged


AIMS: list[tuple[str, str, Callable[[Figures], Judged]]] = [
    ("turns", f"turn 500 at most {LATE} times turn 10", _late),
    ("throughput", f"at turn 50 at least {TIMES:.0f} times the default's turns a second", _times),
    ("memory", f"Rasa in at most {MEGABYTES / 1000} GB", _size),
    ("memory", f"grown by at most {GROWTH:.0%} after the warm-up", _flat),
    ("start", f"the first answer within {START:.0f} s", _seconds(DORSI, limit=START)),
    ("train", f"training from nothing within {TRAINING:.0f} s", _seconds(NOTHING, limit=TRAINING)),
    (
        "train",
        f"training after a change of one topic within {RETRAINING:.0f} s",
        _seconds(CHANGED, limit=RETRAINING),
    ),
]
