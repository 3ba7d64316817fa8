"""The trained model, opened without Rasa's server."""

from __future__ import annotations

import tarfile
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.nlu.commands import FOLDER as COMMANDS
from assistant.nlu.commands import CommandReader
from assistant.nlu.encoder import Encoder
from assistant.nlu.gate import Thresholds
from assistant.nlu.ranker import LABELS, WEIGHTS, Ranker
from assistant.nlu.reading import reading
from assistant.nlu.understanding import Understander
from content import Catalogue, load
from deploy.train import ROOT, model_path

COMPONENT = "assistant.nlu.component.Understand"


@lru_cache(maxsize=4)
def ranker(model: Path | None = None, *, commands: bool = False) -> Ranker:
    """The ranker of intents, or of commands, inside a model; by default that of `make train`."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(model or model_path()) as archive:
        for member in archive.getmembers():
            path = Path(member.name)
            if path.name in (LABELS, WEIGHTS) and (path.parent.name == COMMANDS) == commands:
                member.name = path.name
                archive.extract(member, folder)
        return Ranker.load(Path(folder), Encoder())


def component_config() -> dict[str, Any]:
    """The component's settings in ``config.yml``."""
    config = yaml.safe_load((ROOT / "config.yml").read_text())
    (component,) = (item for item in config["pipeline"] if item["name"] == COMPONENT)
    return {key: value for key, value in component.items() if key != "name"}


def thresholds() -> Thresholds:
    """The gate as ``config.yml`` sets it."""
    names = Thresholds.__dataclass_fields__
    return Thresholds(**{k: v for k, v in component_config().items() if k in names})


def understander(model: Path | None = None, catalogue: Catalogue | None = None) -> Understander:
    """A trained model behind the configured gate; by default that of the present data."""
    catalogue = catalogue or load()
    return Understander(reading(ranker(model), catalogue), catalogue, thresholds())


def command_reader() -> CommandReader:
    """What reads commands to the coach."""
    return CommandReader(ranker(commands=True), thresholds())
