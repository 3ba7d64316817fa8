"""Which release a turn is of is decided by what was live, what is under way, and for how long."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gateway.bundle import Bundle, put_together, read
from gateway.bundles import BOUND, RELEASE, SERVED, SWITCH, Bundles
from gateway.metrics import Metrics
from gateway.settings import Settings
from gateway.store import Turn
from records.base import now
from records.models import Message

LONG, SHORT = timedelta(minutes=10), timedelta()


@pytest.fixture
async def bundle(content: Path) -> AsyncIterator[Any]:
    installed, metrics = read(content), Metrics()
    made: list[Bundle] = []

    def of(number: int | None) -> Bundle:
        whole = replace(installed, number=number)
        made.append(put_together(whole, "http://127.0.0.1:1", Settings(), metrics))
        return made[-1]

    yield of
    for one in made:
        await one.rasa.close()


def turn(*, note: Any = None, replies: Any = (), is_new: bool = True, **payload: Any) -> Turn:
    return Turn(Message(payload=payload), replies, note, is_new=is_new)


async def test_new_turns_are_of_the_live_release(bundle: Any) -> None:
    one, two = bundle(1), bundle(2)
    bundles = Bundles(one, 1, LONG)
    assert bundles.chosen(turn()) is one
    bundles.go_live(two, 2, now())
    assert bundles.chosen(turn(note={SERVED: 1})) is two
    assert bundles.stamp(two) == {SERVED: 2, SWITCH: 2}


async def test_what_has_a_place_goes_on_as_it_began_until_its_time_is_over(bundle: Any) -> None:
    one, two = bundle(1), bundle(2)
    bundles = Bundles(one, 1, LONG)
    bundles.go_live(two, 2, now())
    assert bundles.chosen(turn(note={BOUND: 1})) is one
    assert bundles.expected({BOUND: 1}) is one
    late = Bundles(one, 1, LONG)
    late.go_live(two, 2, now() - LONG)
    assert late.chosen(turn(note={BOUND: 1})) is two


async def test_what_was_told_already_and_what_was_cut_short_keep_their_release(bundle: Any) -> None:
    one, two = bundle(1), bundle(2)
    bundles = Bundles(one, 1, LONG)
    bundles.go_live(two, 2, now())
    told = [Message(understanding={SERVED: 1})]
    assert bundles.chosen(turn(replies=told, note={BOUND: 2})) is one
    assert bundles.chosen(turn(is_new=False, **{RELEASE: 1})) is one
    assert bundles.chosen(turn(is_new=True, **{RELEASE: 1})) is two
    assert bundles.chosen(turn(is_new=False, **{RELEASE: 7})) is two


async def test_a_bundle_that_drains_is_closed_when_its_time_is_over_and_nobody_holds_it(
    bundle: Any,
) -> None:
    one, two = bundle(1), bundle(2)
    bundles = Bundles(one, 1, SHORT)
    with bundles.held(one):
        bundles.go_live(two, 2, now())
        assert bundles.drained() == []
        assert (bundles.draining, bundles.open) == ([1], [two, one])
    assert bundles.drained() == [one]
    assert (bundles.draining, bundles.open) == ([], [two])
    assert bundles.find(1) is None


async def test_going_back_takes_what_still_drains(bundle: Any) -> None:
    one, two = bundle(1), bundle(2)
    bundles = Bundles(one, 1, LONG)
    bundles.go_live(two, 2, now())
    assert [bundles.find(1)] == [one]
    bundles.go_live(one, 3, now())
    assert (bundles.live, bundles.draining, bundles.switch) == (one, [2], 3)


async def test_a_note_of_a_newer_switch_is_noticed(bundle: Any) -> None:
    bundles = Bundles(bundle(1), 4)
    assert not bundles.is_behind({SWITCH: 4})
    assert bundles.is_behind({SWITCH: 5})
    assert not bundles.is_behind(None)


async def test_without_releases_nothing_is_noted_or_drained(bundle: Any) -> None:
    bundles = Bundles(bundle(None))
    assert bundles.stamp(bundles.live) == {}
    assert bundles.chosen(turn(note={BOUND: 1}, is_new=False, **{RELEASE: 1})) is bundles.live
    assert (bundles.drained(), bundles.draining) == ([], [])


@pytest.mark.parametrize("note", [None, [], "x", {BOUND: "1"}, {BOUND: None}])
async def test_a_note_that_cannot_be_read_binds_nothing(bundle: Any, note: Any) -> None:
    bundles = Bundles(bundle(1), 1, LONG)
    bundles.go_live(bundle(2), 2, now())
    assert bundles.chosen(turn(note=note)) is bundles.live
