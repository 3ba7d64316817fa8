"""What the tests of the gate share."""

from __future__ import annotations

from pathlib import Path

import pytest

from gate.heldout.alarms import Message
from gate.steps import safety
from triage import examples as told
from triage.examples import Example

from .planting import Planted

FLAG = "dvt"


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planted:
    """A copy of the real content; the safety step tries one flag's examples alone."""

    def of_one(home: Path) -> list[Example]:
        return [one for one in told.examples(home) if one.flag == FLAG]

    def nothing(job: object) -> list[Message]:
        return []

    monkeypatch.setattr(safety, "examples", of_one)
    monkeypatch.setattr(safety, "_held_out", nothing)
    return Planted(tmp_path)
