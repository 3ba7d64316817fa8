"""What a project made by `rasa init` trains, read from the installed Rasa, and words about it.

Such a project's ``config.yml`` leaves pipeline and policies to the recipe, which has a default.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

EPOCHS = 100
"""Of every network, as the recipe sets them."""
FLAT = "__"
"""Stands for "/" in a label, which Rasa would take for a retrieval intent."""


def flat(label: str) -> str:
    """A label as a plain intent: ``family/name`` is ``family__name``."""
    return label.replace("/", FLAT)


def unflat(intent: str) -> str:
    """The label that such an intent stands for."""
    return intent.replace(FLAT, "/")


def default_config(epochs: int = EPOCHS) -> dict[str, Any]:
    """The recipe's default, with fewer epochs of every network if so wanted."""
    import rasa.engine.recipes as recipes

    file = Path(recipes.__file__).parent / "config_files" / "default_config.yml"
    config: dict[str, Any] = yaml.safe_load(file.read_text())
    for component in [*config["pipeline"], *config["policies"]]:
        if "epochs" in component:
            component.update(epochs=epochs, random_seed=1)
    return config
