"""Rasa's own ``data validate`` of what our importer makes of the content."""

from __future__ import annotations

import warnings
from pathlib import Path

from rasa.cli.utils import validate_files
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.graph_components.validators.default_recipe_validator import DefaultV1RecipeValidator
from rasa.shared.importers.importer import TrainingDataImporter

from deploy.train import DATA, ROOT
from gate.job import Job, Say
from gate.report import Finding, Result

CONFIG, DOMAIN = "config.yml", "domain.yml"
ASK = "Ask a programmer: the lint should have found the cause."


def check(job: Job, say: Say) -> Result:
    """Have Rasa look at intents, rules and actions, and at the pipeline."""
    say(0.2, "asks Rasa")
    found = tuple(Finding(DATA, 1, wrong, ASK) for wrong in complaints(job.data))
    return Result(f"Rasa finds {len(found) or 'no'} fault{'' if len(found) == 1 else 's'}", found)


def complaints(data: Path) -> list[str]:
    """Why Rasa refuses content; nothing if it does not."""
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / CONFIG), str(ROOT / DOMAIN), [], {"data": str(data)}
    )
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            validate_files(fail_on_warnings=False, max_history=None, importer=importer)
            plan = DefaultV1Recipe().graph_config_for_recipe(importer.get_config(), {})
            DefaultV1RecipeValidator(plan.train_schema).validate(importer)
        except SystemExit:
            # Rasa says why in warnings, and then ends the process.
            said = (str(one.message).splitlines()[0] for one in heard)
            return list(dict.fromkeys(said)) or ["Rasa refuses the content without saying why"]
    return []
