"""One try to write: how long it may take, and whether anybody still waits for it."""

from __future__ import annotations

import time
from threading import Lock


class Attempt:
    """Either it is committed, or it was given up: never both, whichever thread comes first."""

    def __init__(self, seconds: float) -> None:
        """Begin one that may take so many seconds, with all that it waits for."""
        self._until = time.monotonic() + seconds
        self._lock = Lock()
        self._is_decided = False

    @property
    def left(self) -> float:
        """The seconds that are left; none or fewer once it is too late."""
        return self._until - time.monotonic()

    def give_up(self) -> bool:
        """Whether it is not committed, and never will be. If not, it is, or is just about to be."""
        return self._decide()

    def may_commit(self) -> bool:
        """Whether it may be committed: asked once, just before. Then it cannot be given up."""
        return self.left > 0 and self._decide()

    def _decide(self) -> bool:
        with self._lock:
            is_first, self._is_decided = not self._is_decided, True
        return is_first
