"""Accuracy may only rise: each figure of ``floors.yml`` must be reached on held-out messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from gate.heldout.outcomes import Share
from gate.model import understander
from tests.accuracy.measure import measure

FLOORS = yaml.safe_load((Path(__file__).parent / "floors.yml").read_text())


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    return measure(understander())


def value(figure: Share | float) -> float:
    return figure.value if isinstance(figure, Share) else figure


@pytest.mark.parametrize("name", FLOORS["at_least"])
def test_a_good_figure_has_not_fallen(name: str, measured: dict[str, Any]) -> None:
    assert value(measured[name]) >= FLOORS["at_least"][name], str(measured[name])


@pytest.mark.parametrize("name", FLOORS["at_most"])
def test_a_bad_figure_has_not_risen(name: str, measured: dict[str, Any]) -> None:
    assert value(measured[name]) <= FLOORS["at_most"][name], str(measured[name])
