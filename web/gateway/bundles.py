"""Which release a turn is of: decided once, at its beginning."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from gateway.bundle import Bundle
from gateway.store import Turn
from records.base import now

SERVED, SWITCH, BOUND = "served", "switch", "bound"
"""Fields of a note."""
RELEASE: Final = "release"
"""In the payload of a patient's message: the release that was to answer it when it came."""


@dataclass(frozen=True)
class Draining:
    """A bundle that new turns do not get, and until when what is under way goes on with it."""

    bundle: Bundle
    until: datetime


class Bundles:
    """The release that new turns get, and those that something under way goes on with.

    Nothing here waits: what is chosen and what is held cannot come apart.

    Args:
        live: what new turns get.
        switch: the id of the switch that said so; 0 where there was none.
        drain: for how long after a switch what is under way goes on as it began.
    """

    def __init__(self, live: Bundle, switch: int = 0, drain: timedelta = timedelta()) -> None:
        self.live = live
        self.switch = switch
        self._drain = drain
        self._draining: dict[int, Draining] = {}
        self._used: Counter[int] = Counter()

    @property
    def open(self) -> Sequence[Bundle]:
        """All that may still answer, the live one first."""
        return [self.live, *(one.bundle for one in self._draining.values())]

    @property
    def draining(self) -> Sequence[int]:
        """The releases that something under way may still need."""
        return sorted(self._draining)

    def find(self, number: int | None) -> Bundle | None:
        """The bundle of a release, if it is open."""
        if number is None:
            return None
        if number == self.live.number:
            return self.live
        found = self._draining.get(number)
        return found.bundle if found else None

    def expected(self, note: Any) -> Bundle:
        """What the next turn of a session will probably be of.

        Args:
            note: the last note of the session, as far as it is at hand.
        """
        return self._bound(note) or self.live

    def chosen(self, turn: Turn) -> Bundle:
        """What a turn is of.

        What was said to a message already goes on with the release that said it. A conversation
        with a place (an exercise, a check, a summary) goes on with the one that it was in. What
        was cut short goes on with the one that it had. All else is of the live release, and so
        is what has gone on for longer than a switch is waited for.
        """
        if turn.replies:
            return self.find(_number(turn.replies[0].understanding, SERVED)) or self.live
        again = None if turn.is_new else self.find(_number(turn.message.payload, RELEASE))
        return self._bound(turn.note) or again or self.live

    @contextmanager
    def held(self, bundle: Bundle) -> Iterator[None]:
        """Keep a bundle open for as long as a turn needs it."""
        key = id(bundle)
        self._used[key] += 1
        try:
            yield
        finally:
            self._used[key] -= 1
            if not self._used[key]:
                del self._used[key]

    def bound(self, note: Any) -> int | None:
        """The release that a conversation is bound to, as its last note says."""
        return _number(note, BOUND)

    def stamp(self, bundle: Bundle) -> dict[str, int]:
        """What the note of a turn says of it; nothing where there are no releases."""
        if bundle.number is None:
            return {}
        return {SERVED: bundle.number, SWITCH: self.switch}

    def is_behind(self, note: Any) -> bool:
        """Whether a note tells of a switch that is not known here yet: another gateway wrote it."""
        return (_number(note, SWITCH) or 0) > self.switch

    def go_live(self, bundle: Bundle, switch: int, since: datetime) -> None:
        """Give new turns this bundle from now on; the one before drains.

        Args:
            bundle: what new turns get.
            switch: the switch that says so.
            since: when the switch was live.
        """
        before, self.live, self.switch = self.live, bundle, switch
        if before is not bundle:
            self.drain(before, since)
        if bundle.number is not None:
            self._draining.pop(bundle.number, None)

    def drain(self, bundle: Bundle, since: datetime) -> None:
        """Let what is under way go on with a bundle that is not live."""
        if bundle.number is not None:
            self._draining[bundle.number] = Draining(bundle, since + self._drain)

    def drained(self, at: datetime | None = None) -> Sequence[Bundle]:
        """The bundles whose time is over and that no turn holds; they are not open any more."""
        at = at or now()
        over = [
            one.bundle
            for one in self._draining.values()
            if one.until <= at and id(one.bundle) not in self._used
        ]
        for bundle in over:
            if bundle.number is not None:
                del self._draining[bundle.number]
        return over

    def _bound(self, note: Any) -> Bundle | None:
        found = self.find(_number(note, BOUND))
        if found is None or found is self.live or found.number is None:
            return found
        return found if now() < self._draining[found.number].until else None


def _number(kept: Any, name: str) -> int | None:
    found = kept.get(name) if isinstance(kept, dict) else None
    return found if isinstance(found, int) else None
