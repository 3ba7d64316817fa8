"""The conversations that somebody is in just now, in memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from assistant.tracking.packed import Packed
from assistant.tracking.window import Window

Thing = TypeVar("Thing")


class Cache:
    """Keeps what was used last: a few as they are, of so many events, and many more packed.

    A message and a reply are bounded by the gateway, so events bound the memory too. Both bounds
    are low, so that a process soon is as large as it will ever be. What was used last of all is
    kept as it is however long it is, so that a turn of it costs what any turn does.
    """

    def __init__(self, events: int, packed: int) -> None:
        """Keep so many events at the most, and so many bytes of packed conversations."""
        self._open = _Shelf[Window](events, _length, least=1)
        self._packed = _Shelf[Packed](packed, lambda packed: len(packed.data))

    @property
    def events(self) -> int:
        """How many events are kept as they are."""
        return self._open.size

    @property
    def packed(self) -> int:
        """How many bytes are kept packed."""
        return self._packed.size

    def __len__(self) -> int:
        return len(self._open) + len(self._packed)

    def get(self, sender: str) -> Window | None:
        """The conversation as it was put; nobody may change it."""
        packed = self._packed.take(sender)
        found = self._open.take(sender) if packed is None else packed.unpacked()
        if found is not None:
            self.put(sender, found)
        return found

    def put(self, sender: str, tracker: Window) -> None:
        """Keep a conversation instead of what was kept of it, and drop those unused for longest."""
        self.drop(sender)
        for left, past in self._open.put(sender, tracker):
            packed = Packed.of(past)
            if packed is not None:
                # What finds no room here either is read from the database again.
                self._packed.put(left, packed)

    def drop(self, sender: str) -> None:
        """Forget a conversation, if it is kept."""
        self._open.take(sender)
        self._packed.take(sender)

    def clear(self) -> None:
        """Forget all."""
        self._open.clear()
        self._packed.clear()


class _Shelf(Generic[Thing]):
    """Things by the names of conversations, those used last, up to a size of them all.

    So many are kept whatever their size.
    """

    def __init__(self, most: int, size_of: Callable[[Thing], int], least: int = 0) -> None:
        self.size = 0
        self._most, self._size_of, self._least = most, size_of, least
        self._kept: OrderedDict[str, Thing] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, sender: str, thing: Thing) -> list[tuple[str, Thing]]:
        """Add something; what there is no more room for, those unused for longest first."""
        self._kept[sender] = thing
        self.size += self._size_of(thing)
        gone = []
        while self.size > self._most and len(self._kept) > self._least:
            oldest, left = self._kept.popitem(last=False)
            self.size -= self._size_of(left)
            gone.append((oldest, left))
        return gone

    def take(self, sender: str) -> Thing | None:
        """What is kept by a name, which is free then."""
        gone = self._kept.pop(sender, None)
        if gone is not None:
            self.size -= self._size_of(gone)
        return gone

    def clear(self) -> None:
        self._kept.clear()
        self.size = 0


def _length(tracker: Window) -> int:
    return len(tracker.events) + (len(tracker.past.landmarks) if tracker.past else 0)
