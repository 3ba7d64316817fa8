"""Candidates that are pipelines of Rasa's own components, trained and run by Rasa itself."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.nlu.types import Floats
from tests.rasa_default import default_config, flat, unflat

ITERATIONS = 30
"""Of regression on 39,000 counts; Rasa's own 100 take ten minutes and more."""
MODEL = "model.tar.gz"
NAMES = "labels.json"


class RasaRun:
    """A pipeline in Rasa's own words, one intent a label, without a domain."""

    def __init__(self, pipeline: list[dict[str, Any]]) -> None:
        """Take ``pipeline`` as ``config.yml`` would hold it."""
        self.labels: list[str] = []
        self._pipeline = pipeline
        self._model = Path()
        self._agent: Any = None
        self._loop = asyncio.new_event_loop()
        self._rows: dict[str, Floats] | None = None

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Train as `rasa train nlu` does."""
        import rasa.model_training

        self.labels = sorted(set(labels))
        examples = [
            {"text": text, "intent": flat(label), "entities": []}
            for text, label in zip(texts, labels, strict=True)
        ]
        config = {"recipe": "default.v1", "assistant_id": "lab", "language": "en"}
        folder = Path(tempfile.mkdtemp())
        (folder / "config.yml").write_text(yaml.safe_dump({**config, "pipeline": self._pipeline}))
        data = folder / "nlu.json"
        data.write_text(json.dumps({"rasa_nlu_data": {"common_examples": examples}}))
        trained = rasa.model_training.train_nlu(str(folder / "config.yml"), str(data), str(folder))
        if trained is None:
            raise RuntimeError("Rasa trained nothing; its log says why")
        self._model = Path(trained)

    def rank(self, texts: Sequence[str]) -> Floats:
        """Probabilities as Rasa's ranking gives them; what it leaves out is 0."""
        return np.vstack([self._row(text) for text in texts])

    def _row(self, text: str) -> Floats:
        if self._rows is not None and text in self._rows:
            return self._rows[text]
        parsed = self._loop.run_until_complete(self._opened().parse_message(text or " "))
        row = np.zeros(len(self.labels), dtype=np.float32)
        for item in parsed.get("intent_ranking") or []:
            label = unflat(str(item["name"]))
            # Rasa's fallback puts an intent of its own before the ranking.
            if label in self.labels:
                row[self.labels.index(label)] = item["confidence"]
        if self._rows is not None:
            self._rows[text] = row
        return row

    def save(self, folder: Path) -> None:
        """Keep Rasa's model."""
        shutil.copy(self._model, folder / MODEL)
        (folder / NAMES).write_text(json.dumps(self.labels))

    def load(self, folder: Path, *, remember: bool = True) -> None:
        """Read Rasa's model; it is opened with the first text."""
        self._model = folder / MODEL
        self.labels = json.loads((folder / NAMES).read_text())
        self._agent = None
        self._rows = {} if remember else None

    def needs(self) -> list[Path]:
        """Nothing beside the model."""
        return []

    def _opened(self) -> Any:
        if self._agent is None:
            from rasa.core.agent import load_agent

            self._agent = self._loop.run_until_complete(load_agent(str(self._model)))
        return self._agent


def default_pipeline(epochs: int) -> list[dict[str, Any]]:
    """The pipeline that `rasa init` leaves to Rasa's recipe, with fewer epochs if so wanted."""
    pipeline: list[dict[str, Any]] = default_config(epochs)["pipeline"]
    return pipeline


def sparse_logistic() -> list[dict[str, Any]]:
    """Rasa's own counts of words and letters, and its LogisticRegressionClassifier."""
    letters = {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", **letters},
        {"name": "LogisticRegressionClassifier", "ranking_length": 0, "max_iter": ITERATIONS},
    ]
