"""Who comes is drawn by a seed, and nobody is left out by chance."""

import random

import pytest

from demo.casting import cast
from demo.scripts import load
from demo.wording import slipped

SCRIPTS = load()


def test_the_same_seed_draws_the_same_and_another_draws_something_else() -> None:
    assert cast(SCRIPTS, 300, 7) == cast(SCRIPTS, 300, 7)
    assert cast(SCRIPTS, 300, 7) != cast(SCRIPTS, 300, 8)


@pytest.mark.parametrize("count", [1, 2, 10, 53, 300, 1000])
@pytest.mark.parametrize("seed", range(5))
def test_as_many_conversations_are_drawn_as_were_asked_for(count: int, seed: int) -> None:
    browsers = cast(SCRIPTS, count, seed)
    assert sum(map(len, browsers)) == count
    seeds = [part.seed for browser in browsers for part in browser]
    assert len(set(seeds)) == count


@pytest.mark.parametrize("seed", range(20))
def test_among_300_every_script_is_played(seed: int) -> None:
    played = {part.visit.name for browser in cast(SCRIPTS, 300, seed) for part in browser}
    assert played == {visit.name for visit in SCRIPTS.visits}


def test_some_come_back_and_only_they_play_what_is_for_those_who_do() -> None:
    browsers = cast(SCRIPTS, 300, 1)
    assert 30 < sum(len(browser) > 1 for browser in browsers) < 90
    assert all(browser[0].visit.when == "any" for browser in browsers)


def test_a_slip_changes_long_words_only_and_is_never_missing_from_a_sentence() -> None:
    for seed in range(200):
        said = "I am at the kerb and my toes are dragging again"
        typed = slipped(said, random.Random(seed))
        assert typed != said
        assert typed.startswith("I am at the ")
    assert slipped("I am OK", random.Random(1)) == "I am OK"
