"""Whoever types in haste, dictates, or tells a story first is understood nearly as well."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.nlu.understanding import Context, Understander
from gate.heldout.questions import VALIDATION, topics, unseen
from gate.model import understander
from lab.understanding.perturb import perturbed

FLOORS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text())
FALLS: dict[str, float] = FLOORS["falls_at_most"]


@lru_cache(maxsize=1)
def model() -> Understander:
    return understander()


@lru_cache
def right_first(voice: str | None) -> float:
    """In what share of validation messages, told in a voice, the right topic is the likeliest."""
    messages = unseen(topics(VALIDATION), VALIDATION)
    found = [
        model().rank(perturbed(m.text, voice) if voice else m.text, Context())[0][0] in m.accepted
        for m in messages
    ]
    return sum(found) / len(found)


@pytest.mark.parametrize("voice", FALLS)
def test_another_voice_costs_few_points(voice: str) -> None:
    assert right_first(None) - right_first(voice) <= FALLS[voice]
