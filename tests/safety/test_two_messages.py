"""What two messages mean together: halves of an emergency are joined, everyday facts are not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
import yaml

from triage import Context, Level, Screening, Told, screen

WRITTEN = yaml.safe_load(Path(__file__).with_name("two_messages.yml").read_text(encoding="utf-8"))
MOST = 0.03
"""Of the pairs of everyday messages so many may raise an alarm that neither raises alone."""


def after(first: str, second: str) -> Screening:
    """What is noticed in a message after another one."""
    signs = screen(first).signs
    return screen(second, Context(signs, (Told(first, signs),)))


def alarms(found: Screening) -> bool:
    return found.level.rank >= Level.URGENT.rank


@pytest.mark.parametrize(("first", "second"), WRITTEN["emergencies"], ids=lambda text: text[:24])
@pytest.mark.parametrize("turned", [False, True], ids=["as told", "the other half first"])
def test_an_emergency_told_in_two_messages_is_noticed(
    first: str, second: str, turned: bool
) -> None:
    one, other = (second, first) if turned else (first, second)
    assert Level.EMERGENCY in {screen(one).level, after(one, other).level}


def pairs() -> Iterator[tuple[str, str]]:
    everyday = WRITTEN["everyday"]
    yield from product(everyday["first"], everyday["second"])


def test_everyday_facts_are_seldom_taken_together_for_an_alarm() -> None:
    raised = [
        (first, second)
        for first, second in pairs()
        if not alarms(screen(second)) and alarms(after(first, second))
    ]
    count = len(list(pairs()))
    assert len(raised) <= MOST * count, f"{len(raised)} of {count}: {raised}"


def test_without_the_words_of_the_other_half_more_of_them_alarm() -> None:
    def blind(first: str, second: str) -> Screening:
        return screen(second, Context(screen(first).signs))

    quiet = [pair for pair in pairs() if not alarms(screen(pair[1]))]
    assert sum(alarms(blind(*pair)) for pair in quiet) > sum(alarms(after(*pair)) for pair in quiet)
