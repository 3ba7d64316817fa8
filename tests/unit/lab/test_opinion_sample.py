"""Which messages a round of training of the second opinion reads."""

from __future__ import annotations

from collections import Counter

import pytest

from lab.opinion.data import NONE, Item, learning
from lab.opinion.sample import TIMES, Shares, sample

GRAVE = Item("I do not want to be here", "suicide_self_harm:emergency")
LOUD = Item("my calf is hot and swollen", "dvt:urgent")
QUIET = Item("which sock fits under a brace", NONE)
EVERYTHING = [GRAVE, LOUD, QUIET]


def test_without_shares_each_message_is_read_once() -> None:
    assert Counter(sample(EVERYTHING, Shares())) == Counter(EVERYTHING)


@pytest.mark.parametrize(
    ("shares", "left"), [(Shares(quiet=0), [GRAVE, LOUD]), (Shares(loud=0), [GRAVE, QUIET])]
)
def test_grave_messages_are_always_read(shares: Shares, left: list[Item]) -> None:
    assert sample(EVERYTHING, shares) == left


def test_new_messages_are_read_often_even_where_others_like_them_are_left_out() -> None:
    new = next(item for item in learning("fifth_none") if item.label == NONE)
    assert sample([QUIET, new], Shares(quiet=0, often="fifth_none")) == [new] * TIMES
