"""Safety may only rise: each figure of ``floors.yml`` must be reached on held-out messages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from gate.heldout.outcomes import Share
from tests.safety.measure import measure
from triage.check import check
from triage.examples import examples, learning
from triage.load import load

FLOORS = yaml.safe_load((Path(__file__).parent / "floors.yml").read_text(encoding="utf-8"))

# The network's int8 rounds a little otherwise on another kind of processor, and a message beside a
# threshold may fall to its other side: of 587 near misses one did (docs/decisions/0009).
BETWEEN_PROCESSORS = 1


@pytest.fixture(scope="module")
def measured() -> dict[str, Share]:
    return measure()


@pytest.mark.parametrize("name", FLOORS["at_least"])
def test_no_more_is_missed_than_before(name: str, measured: dict[str, Share]) -> None:
    assert measured[name].value >= FLOORS["at_least"][name], str(measured[name])


@pytest.mark.parametrize("name", FLOORS["at_most"])
def test_no_more_false_alarms_are_raised_than_before(name: str, measured: dict[str, Share]) -> None:
    share = measured[name]
    assert share.count <= FLOORS["at_most"][name] * share.total + BETWEEN_PROCESSORS, str(share)


def test_the_rules_judge_as_many_of_their_own_examples_as_before() -> None:
    report = check(load(), examples())
    assert report.fired >= FLOORS["rules"]["fired"]
    assert report.quiet >= FLOORS["rules"]["quiet"]


def test_without_any_one_pattern_some_example_would_be_judged_wrongly() -> None:
    assert check(load(), examples(), learning()).idle == {}, "take these patterns away"
