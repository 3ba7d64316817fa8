"""All that can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deploy.train import ROOT, home
from workbench.serving import Tool

if TYPE_CHECKING:
    from workbench.rendering import Rendering
    from workbench.understanding import Screeners, Understanding

LINT, WORDS, NEAR, MODELS = "lint", "words", "near", "models"
"""Lanes."""

Answers = Callable[..., Any]


def tools(root: Path = ROOT) -> Mapping[str, Tool]:
    """What answers, by what is asked. Libraries take seconds to read: each at its first use.

    Args:
        root: the folder of the code and the configuration.
    """
    parts = lru_cache(maxsize=1)(_parts)
    return {
        "lint": Tool(_late(partial(_findings, root)), LINT),
        "measure": Tool(_late(_measure), WORDS),
        "near": Tool(_late(_near), NEAR),
        "understand": Tool(_late(lambda: parts()[0].understand), MODELS),
        "score": Tool(_late(lambda: parts()[0].score), MODELS),
        "screen": Tool(_late(lambda: parts()[1]), MODELS),
        "render": Tool(_late(lambda: parts()[2]), MODELS),
    }


def _late(make: Callable[[], Answers]) -> Answers:
    """What answers, made when it is first asked."""
    made = lru_cache(maxsize=1)(make)
    return lambda **arguments: made()(**arguments)


def _findings(root: Path) -> Answers:
    from workbench.linting import Findings

    return Findings(root)


def _measure() -> Answers:
    from workbench.linting import measure

    return measure


def _near() -> Answers:
    from workbench.nearness import Nearness

    return Nearness(home())


def _parts() -> tuple[Understanding, Screeners, Rendering]:
    from workbench.drafts import Drafts
    from workbench.models import Models
    from workbench.rendering import Rendering
    from workbench.understanding import Screeners, Understanding

    drafts, models = Drafts(), Models()
    screeners = Screeners(drafts)
    return Understanding(models, screeners), screeners, Rendering(drafts, models, screeners)
