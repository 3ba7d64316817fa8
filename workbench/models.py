"""Trained models, opened without Rasa: what they understand with is plain arrays and JSON."""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.nlu.commands import FOLDER as COMMANDS
from assistant.nlu.commands import CommandReader
from assistant.nlu.encoder import Encoder
from assistant.nlu.gate import Thresholds
from assistant.nlu.ranker import LABELS, WEIGHTS, Ranker
from assistant.nlu.reading import reading
from assistant.nlu.understanding import Understander
from content import Catalogue, load
from content.files import DATA
from deploy.slim import METADATA
from deploy.train import model_path
from workbench.drafts import reading as reading_content
from workbench.serving import Cannot

COMPONENT = "assistant.nlu.component.Understand"
KEPT = 2
"""Models: that which is live, and one to compare it with."""
GONE = "The trained model is not there (any more). Run the checks again."


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder that all models understand with."""
    return Encoder()


class Model:
    """A trained model and the content it was trained on."""

    def __init__(self, file: Path, data: Path) -> None:
        """Open both.

        Raises:
            Cannot: the model is not there, or is none of ours; the content cannot be read.
        """
        with reading_content(data):
            self.catalogue: Catalogue = load(data)
        try:
            rankers, gate = _opened(file)
        except (OSError, KeyError, ValueError, tarfile.TarError) as failure:
            raise Cannot(GONE) from failure
        commands = CommandReader(rankers[COMMANDS], gate) if COMMANDS in rankers else None
        ranks = reading(rankers[""], self.catalogue)
        self.understander = Understander(ranks, self.catalogue, gate, commands)

    def title(self, label: str) -> str:
        """A label as editors know it."""
        item = self.catalogue.find(label)
        aspect = self.catalogue.aspects.get(label.partition("/")[2])
        return item.title if item else aspect.title if aspect else label


class Models:
    """The models that were asked of late; the least recently used is closed first."""

    def __init__(self) -> None:
        """Open none yet."""
        self._kept: OrderedDict[tuple[Path, int, Path], Model] = OrderedDict()
        self._lock = Lock()

    def of(self, model: str | None, data: str | None) -> Model:
        """A model, opened at its first use.

        Args:
            model: its file; that which is served if not given.
            data: the content it was trained on; that which is served if not given.

        Raises:
            Cannot: it is not there, or cannot be read.
        """
        file, folder = Path(model) if model else model_path(), Path(data) if data else DATA
        try:
            key = (file, file.stat().st_mtime_ns, folder)
        except OSError:
            raise Cannot(GONE) from None
        with self._lock:
            found = self._kept.pop(key, None)
            if found is None:
                while len(self._kept) >= KEPT:
                    self._kept.popitem(last=False)
                found = Model(file, folder)
            self._kept[key] = found
            return found


def _opened(file: Path) -> tuple[dict[str, Ranker], Thresholds]:
    """The rankers in a model, that of intents under "", and its gate."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(file) as archive:
        rankers: dict[str, Path] = {}
        for member in archive:
            path = Path(member.name)
            if path.name in (LABELS, WEIGHTS):
                of = COMMANDS if path.parent.name == COMMANDS else ""
                rankers[of] = Path(folder) / of
                member.name = f"{of}/{path.name}" if of else path.name
                archive.extract(member, folder)
            elif path.name == METADATA:
                content = archive.extractfile(member)
                metadata = json.load(content) if content else {}
        return (
            {of: Ranker.load(path, encoder()) for of, path in rankers.items()},
            Thresholds(**_settings(metadata)),
        )


def _settings(metadata: dict[str, Any]) -> dict[str, float]:
    """Where the gate opens, as the model itself says."""
    nodes = metadata["predict_schema"]["nodes"].values()
    (config,) = (node["config"] for node in nodes if node["uses"] == COMPONENT)
    names = Thresholds.__dataclass_fields__
    return {name: value for name, value in config.items() if name in names}
