"""Lets ``rasa train`` read the catalogue: a topic is one file, and no list names it twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from content import Catalogue, load
from content.examples import labelled_examples
from content.files import DATA
from content.names import Action, Intent


class Example(Message):
    """A message to learn from, which nobody changes: so a copy of it is the message itself.

    Rasa copies all examples whenever it merges data, six times in one training, and strips
    labels that are stripped.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Example:
        return self

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Set a property, unless it is so already."""
        if add_to_output or self.get(prop) != info:
            super().set(prop, info, add_to_output)


class CatalogueImporter(RasaFileImporter):
    """Adds to ``domain.yml`` what follows from ``data/``: examples, intents and one rule each."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: Any | None = None,
        data: str | None = None,
    ) -> None:
        """Read the catalogue.

        Args:
            config_file: Rasa's ``config.yml``.
            domain_path: Rasa's ``domain.yml``.
            training_data_paths: unused: the catalogue is the training data.
            data: the catalogue's folder; the project's ``data/`` if not given.
        """
        super().__init__(config_file, domain_path, [])
        self._catalogue = load(Path(data) if data else DATA)

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Every example with its intent; a topic's id is a retrieval intent of its family."""
        return TrainingData(
            [Example.build(text, intent) for intent, text in labelled_examples(self._catalogue)]
        )

    def get_domain(self) -> Domain:
        """``domain.yml`` and the intents that the catalogue's files add."""
        own = Domain.from_dict({"intents": intents(self._catalogue)})
        return super().get_domain().merge(own)

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """One rule an intent: what is understood decides alone what is done."""
        reader = YAMLStoryReader()
        steps = reader.read_from_parsed_yaml({"version": "3.1", "rules": rules(self._catalogue)})
        return StoryGraph(steps)


def intents(catalogue: Catalogue) -> list[str]:
    """All intents a message can end up with."""
    decided = [intent.value for intent in Intent]
    return [*catalogue.families, *catalogue.acts, *decided]


def rules(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Rasa rules: a family is answered, an act gets its reply, doubt is asked about."""
    special = {
        Intent.CLARIFY.value: Action.CLARIFY,
        Intent.FALLBACK.value: Action.FALLBACK,
        Intent.CHOOSE.value: Action.ANSWER,
        Intent.ASPECT.value: Action.CLARIFY,
    }
    actions = {
        **{family: Action.ANSWER for family in catalogue.families},
        **{act: Action.SMALL_TALK for act in catalogue.acts},
        **special,
    }
    return [
        {
            "rule": f"{intent} leads to {action.value}",
            "steps": [{"intent": intent}, {"action": action.value}],
        }
        for intent, action in actions.items()
    ]
