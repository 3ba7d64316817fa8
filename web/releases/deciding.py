"""Whether a switch may become live, must wait, or has failed: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from records.words import SwitchState

PRESENT = timedelta(seconds=15)
"""A replica that was not heard of for so long is not waited for."""
PATIENCE = timedelta(seconds=180)
"""A switch that is not ready by then has failed."""


@dataclass(frozen=True)
class Seen:
    """A replica that was heard of just now, as it told of itself.

    Attributes:
        name: the replica's.
        serving: the release that new turns get there.
        ready: the release of the switch under way, once it could serve it.
        trouble: why it cannot.
        seen_at: when it told so.
    """

    name: str
    serving: int | None
    ready: int | None
    trouble: str
    seen_at: datetime


@dataclass(frozen=True)
class Verdict:
    """What becomes of a switch, and if it failed, why."""

    state: SwitchState
    message: str = ""


def decide(release: int, begun: datetime, seen: Sequence[Seen], at: datetime) -> Verdict:
    """What becomes of a switch under way.

    Args:
        release: what is to be served.
        begun: when the switch began. What a replica told before says nothing of it.
        seen: the replicas that were heard of just now.
        at: the present moment.
    """
    told = [one for one in seen if one.seen_at >= begun]
    for one in told:
        if one.trouble:
            return Verdict(SwitchState.FAILED, f"{one.name}: {one.trouble}")
    ready = {one.name for one in told if one.ready == release}
    waiting = [one.name for one in seen if one.name not in ready]
    if ready and not waiting:
        return Verdict(SwitchState.LIVE)
    if at - begun < PATIENCE:
        return Verdict(SwitchState.PREPARING)
    who = (
        f"{', '.join(waiting)} did not become ready" if waiting else "nobody was there to serve it"
    )
    seconds = PATIENCE.total_seconds()
    return Verdict(SwitchState.FAILED, f"After {seconds:.0f} seconds it was given up: {who}.")
