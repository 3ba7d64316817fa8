"""A conversation put by: some kilobytes in place of more than a hundred.

Nothing of it leaves the process, so that pickle, which must not read what a stranger wrote, may.
"""

from __future__ import annotations

import copy
import pickle
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from rasa.shared.core.events import Event

from assistant.tracking.window import Window

QUICKEST = 1


@dataclass(frozen=True)
class Packed:
    """A tracker as bytes, and how its older events are read, which no bytes can say."""

    data: bytes
    older: Callable[[int], list[Event]] | None

    @classmethod
    def of(cls, tracker: Window) -> Packed | None:
        """The tracker packed; None if that is not possible, as with JSON nested beyond reason."""
        light, past = copy.copy(tracker), tracker.past
        light.past = replace(past, older=_nowhere) if past else None
        try:
            data = zlib.compress(pickle.dumps(light, pickle.HIGHEST_PROTOCOL), QUICKEST)
        except (pickle.PicklingError, TypeError, RecursionError):
            return None
        return cls(data, past.older if past else None)

    def unpacked(self) -> Window:
        """A tracker that is equal to the one that was packed."""
        tracker: Window = pickle.loads(zlib.decompress(self.data))
        if tracker.past and self.older:
            tracker.past = replace(tracker.past, older=self.older)
        return tracker


def _nowhere(_: int) -> list[Event]:
    raise LookupError("a tracker that was not unpacked")
