"""Which engines a machine needs, and which it can do without: pure decisions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from releases.engines import Engine

GRACE_SECONDS = 2.0
"""So long nobody begins with an engine any more before it is stopped."""


@dataclass(frozen=True)
class Needs:
    """What the database says of engines.

    Attributes:
        live: the release that is served.
        wanted: the release of the switch under way.
        held: what this machine's gateway serves and drains; None while it does not tell.
    """

    live: int | None
    wanted: int | None
    held: Collection[int] | None

    def includes(self, release: int) -> bool:
        """Whether an engine that is there must stay; where the gateway is silent, all do."""
        return self.held is None or release in {self.live, self.wanted, *self.held}

    @property
    def started(self) -> Collection[int]:
        """The releases that must have an engine."""
        return {number for number in (self.live, self.wanted) if number is not None}


@dataclass(frozen=True)
class Steps:
    """What is to be done: engines to start, to take back, to give notice to, and to stop."""

    start: Collection[int]
    keep: Collection[Engine]
    leave: Collection[Engine]
    stop: Collection[Engine]


def steps(needs: Needs, known: Collection[Engine], left: Mapping[int, float], at: float) -> Steps:
    """What is to be done.

    Whoever makes a release ready looks at its engine first, and again at the database afterwards.
    So an engine is given notice before it is stopped, and in between it may be needed again.

    Args:
        needs: what is needed.
        known: the engines that are there.
        left: since when those with notice have it, by `time.monotonic`.
        at: the present moment by the same clock.
    """
    idle = [engine for engine in known if not needs.includes(engine.release)]
    return Steps(
        start=sorted(set(needs.started) - {engine.release for engine in known}),
        keep=[one for one in known if one.leaving and needs.includes(one.release)],
        leave=[engine for engine in idle if not engine.leaving],
        stop=[
            engine
            for engine in idle
            if engine.leaving and at - left.get(engine.release, at) >= GRACE_SECONDS
        ],
    )
