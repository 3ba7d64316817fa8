"""The conversations that somebody is in just now, in memory."""

from __future__ import annotations

from collections import OrderedDict

from assistant.tracking.window import Window


class Cache:
    """Keeps what was used last, of so many conversations and so many events at the most.

    A message and a reply are bounded by the gateway, so events bound the memory too.
    """

    def __init__(self, conversations: int, events: int) -> None:
        self._most = (conversations, events)
        self._kept: OrderedDict[str, Window] = OrderedDict()
        self._events = 0

    @property
    def events(self) -> int:
        """How many events are kept."""
        return self._events

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, sender: str) -> Window | None:
        """The conversation as it was put; nobody may change it."""
        found = self._kept.get(sender)
        if found is not None:
            self._kept.move_to_end(sender)
        return found

    def put(self, sender: str, tracker: Window) -> None:
        """Keep a conversation instead of what was kept of it, and drop those unused for longest."""
        self.drop(sender)
        self._kept[sender] = tracker
        self._events += _size(tracker)
        conversations, events = self._most
        while len(self._kept) > conversations or self._events > events:
            self.drop(next(iter(self._kept)))

    def drop(self, sender: str) -> None:
        """Forget a conversation, if it is kept."""
        gone = self._kept.pop(sender, None)
        if gone is not None:
            self._events -= _size(gone)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
        self._events = 0


def _size(tracker: Window) -> int:
    return len(tracker.events) + (len(tracker.past.landmarks) if tracker.past else 0)
