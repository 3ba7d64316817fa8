"""Training with the one component of Rasa's own that ``config.yml`` names, and without the others.

Rasa imports all components it has, TensorFlow's among them, before each training: once so that
they can be named, and once in a validator that says whether they fit together. Here the policy for
rules is enough. What else the validator looks at are rules and the domain, which our importer
makes: ``tests/unit/test_importer.py`` has it look at them. Of our topics it would only say, once an
example, that they have no response of Rasa's kind.
"""

from __future__ import annotations

import sys
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.importers.importer import TrainingDataImporter

RASAS_OWN = (
    "rasa.graph_components.validators.default_recipe_validator",
    "rasa.engine.recipes.default_components",
)
DEFAULT_COMPONENTS = [RulePolicy]
"""What can be named; any other name is an error of Rasa's that says so."""


class DefaultV1RecipeValidator(GraphComponent):
    """Stands where Rasa's validator of the same name does, and finds nothing."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DefaultV1RecipeValidator:
        """Rasa's constructor."""
        return cls()

    def validate(self, importer: TrainingDataImporter) -> TrainingDataImporter:
        """The importer, as it is."""
        return importer


def know_few() -> None:
    """Have Rasa find this module where it looks for its components and their validator."""
    sys.modules |= dict.fromkeys(RASAS_OWN, sys.modules[__name__])
