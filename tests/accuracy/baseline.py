"""Measure `rasa init`'s default pipeline on the same data (`make baseline`).

The pipeline is the one Rasa 3.6.21 writes into a new project. Every topic is an intent of its
own, as a new project would begin, and FallbackClassifier (0.3, 0.1) is the only gate. The default
100 epochs take hours on two cores; `--epochs` stops earlier, and the report says so.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import rasa.model_training
import yaml
from rasa.core.agent import load_agent
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.importer import CatalogueImporter
from assistant.nlu.gate import Decision
from assistant.nlu.understanding import Context, Understanding
from content import Catalogue, load
from content.files import DATA
from content.names import Intent
from deploy.train import ROOT
from gate.heldout.outcomes import Share
from tests.accuracy.measure import BASELINE, measure
from tests.rasa_default import EPOCHS, default_config, flat, unflat

IMPORTER = "tests.accuracy.baseline.FlatImporter"


class FlatImporter(CatalogueImporter):
    """The catalogue with one plain intent a label."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples, ``family/name`` written ``family__name``."""
        examples = super().get_nlu_data(language).intent_examples
        return TrainingData(
            [Message.build(m.get(TEXT), flat(m.get_full_intent())) for m in examples]
        )


class Baseline:
    """The default pipeline behind the interface the measurement uses."""

    def __init__(self, model: str, catalogue: Catalogue) -> None:
        self._loop = asyncio.new_event_loop()
        self._agent = self._loop.run_until_complete(load_agent(model))
        self._catalogue = catalogue

    def understand(self, text: str, context: Context | None = None) -> Understanding:
        """What the default pipeline would answer; it knows no context."""
        parsed = self._loop.run_until_complete(self._agent.parse_message(text))
        intent = parsed["intent"]
        if intent["name"] == Intent.FALLBACK.value:
            return Understanding(Decision.FALLBACK, "", intent["confidence"])
        label, confidence = unflat(intent["name"]), intent["confidence"]
        if label.startswith(f"{Intent.ASPECT.value}/"):
            label = self._catalogue.aspects[label.split("/")[1]].resolve(None) or label
        topic = label if label in self._catalogue.topics else None
        return Understanding(Decision.ANSWER, label, confidence, topic)


def settings(epochs: int) -> dict[str, Any]:
    """A ``config.yml`` of the default pipeline; a policy must be there, and says nothing."""
    return {
        **default_config(epochs),
        "assistant_id": "baseline",
        "importers": [{"name": IMPORTER}],
        "policies": [{"name": "RulePolicy"}],
    }


def main() -> None:
    """Train, measure and keep the figures beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of DIET and of the selector")
    epochs = parser.parse_args().epochs
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "config.yml")
        config.write_text(yaml.safe_dump(settings(epochs)))
        started = time.monotonic()
        model = rasa.model_training.train_nlu(
            str(config),
            str(DATA),
            folder,
            domain=str(ROOT / "domain.yml"),
            fixed_model_name="baseline",
        )
        minutes = (time.monotonic() - started) / 60
        result: dict[str, Any] = measure(Baseline(model, load()))  # type: ignore[arg-type]
    figures = {k: str(v) for k, v in result.items() if isinstance(v, Share)}
    figures["ece"] = f"{result['ece']:.3f}"
    figures["epochs"] = str(epochs)
    figures["training minutes"] = f"{minutes:.0f}"
    BASELINE.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(BASELINE.read_text())


if __name__ == "__main__":
    main()
