"""A short storm of random kills; `python -m tests.faults.storm --kills 200` is a long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.stacks import BACK_WITHIN, mortal
from tests.faults.storm import Storm

pytestmark = pytest.mark.faults

KILLS = 12


def test_under_random_kills_nothing_is_lost_or_doubled_and_nobody_left_alone(
    tmp_path: Path,
) -> None:
    with mortal(tmp_path) as running:
        figures = Storm(running, KILLS, clients=4, seed=7).rage()
    assert figures.faults == []
    assert sum(figures.kills.values()) == KILLS
    assert figures.messages > KILLS
    assert max(max(back, default=0) for back in figures.back.values()) <= BACK_WITHIN
