"""The one component of Rasa's pipeline: it trains the ranker and understands messages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.commands import FOLDER as COMMANDS
from assistant.nlu.commands import SETTINGS, CommandReader, learnable
from assistant.nlu.embeddings import Embeddings
from assistant.nlu.encoder import Encoder
from assistant.nlu.fits import Fits
from assistant.nlu.gate import Thresholds
from assistant.nlu.ranker import Ranker
from assistant.nlu.reading import reading
from assistant.nlu.text import tidy
from assistant.nlu.understanding import Context, Understander
from content import load
from content.names import UNDERSTANDING, Action, Slot

REMEMBERED, FITTED = "embeddings.npz", "rankers"
"""Where in ``DORSI_HOME`` the embeddings and rankers of one training wait for the next."""

RANKER_SETTINGS = (
    *("meaning_c", "meaning_steps"),
    *("spelling_c", "spelling_scale", "spelling_weight"),
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Understand(GraphComponent):
    """Sets a message's intent, and what else was understood, by the calibrated gate."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that ``config.yml`` may change: see :class:`Ranker` and :class:`Thresholds`."""
        ranker = dict(meaning_c=3.0, meaning_steps=40, spelling_c=0.5)
        ranker |= dict(spelling_scale=4.0, spelling_weight=1.0)
        gate = {field.name: field.default for field in fields(Thresholds)}
        return {**ranker, **gate}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        """Hold on to where the model is kept; nothing is loaded yet."""
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._understander: Understander | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        """Rasa's constructor before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GraphComponent:
        """Rasa's constructor before use."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            encoder = Encoder()
            commands = folder / COMMANDS
            component._ready(
                Ranker.load(folder, encoder),
                Ranker.load(commands, encoder) if commands.exists() else None,
            )
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn every example's intent, topics by their whole id; :meth:`load` reads it again."""
        examples = training_data.intent_examples
        learning = _Learning()
        settings = {name: self._config[name] for name in RANKER_SETTINGS}
        intents = [(example.get_full_intent(), example.get(TEXT)) for example in examples]
        ranker = learning.fitted(intents, settings)
        spoken = learnable(load())
        commands = learning.fitted(spoken, SETTINGS) if spoken else None
        learning.keep()
        with self._storage.write_to(self._resource) as folder:
            ranker.save(folder)
            if commands is not None:
                (folder / COMMANDS).mkdir(exist_ok=True)
                commands.save(folder / COMMANDS)
        return self._resource

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Understand messages in the light of what the conversation remembers."""
        assert self._understander is not None, "load comes first"
        context = _context(tracker)
        for message in messages:
            text = message.get(TEXT) or ""
            data = self._understander.understand(text, context).as_parse_data(text)
            for key in (INTENT, ENTITIES, UNDERSTANDING):
                message.set(key, data[key], add_to_output=True)
        return messages

    def _ready(self, ranker: Ranker, commands: Ranker | None) -> None:
        gate = Thresholds(**{field.name: self._config[field.name] for field in fields(Thresholds)})
        reader = CommandReader(commands, gate) if commands is not None else None
        catalogue = load()
        self._understander = Understander(reading(ranker, catalogue), catalogue, gate, reader)


class _Learning:
    """Fits rankers with what earlier trainings left in ``DORSI_HOME``."""

    def __init__(self) -> None:
        home = os.environ.get("DORSI_HOME")
        encoder = Encoder()
        self._embeddings = Embeddings(encoder, Path(home) / REMEMBERED if home else None)
        self._fits = Fits(encoder, Path(home) / FITTED if home else None)

    def fitted(self, examples: Sequence[tuple[str, str]], settings: dict[str, float]) -> Ranker:
        """A ranker that has learnt from pairs of a label and a text."""
        texts = [tidy(text) for _, text in examples]
        labels = [label for label, _ in examples]
        return self._fits.of(texts, labels, self._embeddings.of(texts), settings)

    def keep(self) -> None:
        """Leave what was used to the next training, and nothing else."""
        self._embeddings.keep()
        self._fits.forget_others()


def _context(tracker: DialogueStateTracker | None) -> Context:
    if tracker is None:
        return Context()
    topic = tracker.get_slot(Slot.TOPIC.value)
    offered = tuple(tracker.get_slot(Slot.OFFERED.value) or ())
    coaching = tracker.active_loop_name == Action.EXERCISE.value
    return Context(topic, offered, coaching)
