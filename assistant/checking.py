"""What the action server answers is checked against a schema that is itself checked once.

Rasa hands both to ``jsonschema.validate`` for each action of each turn, which first checks the
schema, always the same, against the schema of schemas: three quarters of the time of a turn.
"""

from __future__ import annotations

from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for


def check_schema_once() -> None:
    """Have every remote action checked by one validator; import Rasa's actions for it."""
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(_: Any, result: dict[str, Any]) -> bool:
        error = best_match(validator.iter_errors(result))
        if error is not None:
            raise error
        return True

    RemoteAction._validate_action_result = validate
