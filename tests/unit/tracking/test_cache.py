"""What is kept in memory: little, and nothing that makes a difference."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from rasa.shared.core.events import ActiveLoop, UserUtteranceReverted

from assistant.tracking import store as storing
from assistant.tracking.cache import Cache
from assistant.tracking.packed import Packed
from assistant.tracking.store import Conversations
from assistant.tracking.window import MOST_TURNS, Window
from content.names import Action
from tests.unit.tracking.talking import (
    ANN,
    BOB,
    DOMAIN,
    hear,
    opening,
    state,
    talk,
    texts,
    turn,
    user,
)

Replica = Callable[[], Conversations]
LONG = 3 * MOST_TURNS
ROOM = 2**20


def of(length: int) -> Window:
    """A tracker of so many events."""
    tracker = Window(ANN, DOMAIN.slots)
    tracker.update_with_events([user(f"a {number}") for number in range(length)], DOMAIN)
    return tracker


@pytest.fixture
def packing(store: Conversations) -> Conversations:
    """A store that packs every conversation but the one that was used last."""
    store._kept = Cache(events=0, packed=ROOM)
    return store


def test_what_is_used_last_is_kept_as_it_is_and_the_rest_packed() -> None:
    cache = Cache(events=3, packed=ROOM)
    trackers = {name: of(1) for name in "abcd"}
    for name, tracker in trackers.items():
        cache.put(name, tracker)
    assert (len(cache), cache.events) == (4, 3)
    assert [cache.get(name) is trackers[name] for name in "dcb"] == [True, True, True]
    unpacked = cache.get("a")
    assert unpacked is not None
    assert unpacked is not trackers["a"]
    assert state(unpacked) == state(trackers["a"])
    # Now another is the one that was not used for longest.
    assert [cache.get(name) is trackers[name] for name in "bc"] == [True, True]
    assert cache.get("d") is not trackers["d"]


def test_the_memory_is_bounded_by_events_and_by_bytes() -> None:
    size = len(Packed.of(of(1)).data)  # type: ignore[union-attr]
    cache = Cache(events=10, packed=3 * size + size // 2)
    for number in range(20):
        cache.put(str(number), of(1))
    assert (len(cache), cache.events) == (13, 10)
    assert 0 < cache.packed <= 3 * size + size // 2
    assert (cache.get("6"), cache.get("7") is None) == (None, False)
    cache.clear()
    assert (len(cache), cache.events, cache.packed) == (0, 0, 0)


def test_the_one_that_is_used_is_kept_as_it_is_however_long() -> None:
    cache = Cache(events=10, packed=ROOM)
    long = of(11)
    cache.put("short", of(1))
    cache.put("long", long)
    assert cache.get("long") is long
    assert (len(cache), cache.events) == (2, 11)
    cache.put("short", of(1))
    assert (len(cache), cache.events) == (2, 1)
    assert cache.get("long") is not long


def test_a_conversation_that_is_put_again_counts_once() -> None:
    cache = Cache(events=4, packed=ROOM)
    for _ in range(3):
        cache.put("a", of(2))
        cache.put("b", of(3))
    assert len(cache) == 2
    cache.drop("a")
    cache.drop("b")
    assert (len(cache), cache.events, cache.packed) == (0, 0, 0)


def test_what_cannot_be_packed_is_forgotten() -> None:
    nested: list[Any] = []
    for _ in range(2 * sys.getrecursionlimit()):
        nested = [nested]
    tracker = of(1)
    tracker.latest_message.metadata["deep"] = nested
    cache = Cache(events=0, packed=ROOM)
    cache.put("a", tracker)
    cache.put("b", of(1))
    assert (cache.get("a"), len(cache)) == (None, 1)


async def test_who_was_packed_goes_on_without_reading_the_conversation_again(
    packing: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk(packing, LONG)
    await talk(packing, LONG, sender=BOB)
    read: list[int] = []
    since = storing.rows.since

    def counted(*given: Any) -> Any:
        found = since(*given)
        read.append(len(found))
        return found

    monkeypatch.setattr(storing.rows, "since", counted)
    await talk(packing, 2, first=LONG)
    await talk(packing, 2, first=LONG, sender=BOB)
    assert read == [1, 1, 1, 1]


async def test_who_was_packed_can_take_back_what_is_older_than_the_window(
    packing: Conversations, replica: Replica
) -> None:
    await talk(packing, MOST_TURNS + 1)
    await talk(packing, 1, sender=BOB)
    backwards = [UserUtteranceReverted() for _ in range(MOST_TURNS)]
    heard = await hear(packing, backwards)
    again = await replica().retrieve(ANN)
    assert again is not None
    assert state(heard) == state(again)
    assert texts(heard.applied_events()) == ["question 0"]


async def test_a_loop_goes_on_where_it_was_packed(packing: Conversations) -> None:
    loop = Action.SUMMARY.value
    await hear(packing, [*opening(), ActiveLoop(loop)])
    await talk(packing, LONG, first=1)
    await talk(packing, 1, sender=BOB)
    assert packing._kept.packed
    tracker = await packing.retrieve(ANN)
    assert tracker is not None
    assert tracker.active_loop_name == loop
    assert isinstance(tracker, Window)
    assert tracker.past is not None
    assert texts(tracker.past.landmarks)[0] == "question 1"


async def test_nothing_is_packed_of_what_was_erased(packing: Conversations) -> None:
    await hear(packing, [*opening(), *turn(0)])
    await talk(packing, 1, sender=BOB)
    assert packing._kept.packed
    await packing.erase(ANN)
    assert (len(packing._kept), packing._kept.packed) == (1, 0)
