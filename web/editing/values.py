"""Content files as plain values, for looking things up; nothing of them is changed."""

from typing import Any

import yaml

from editing import numbers, tangled
from editing.broken import BrokenYaml


def load(text: str) -> Any:
    """What a file holds, in Python's types; None for one that holds nothing.

    Raises:
        BrokenYaml: it cannot be read; the message says what to do.
    """
    tangled.check(text)
    try:
        return yaml.load(text, Loader=numbers.Loader)
    except BrokenYaml:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise BrokenYaml(line, f"this cannot be read ({error.problem}).") from None
    except (yaml.YAMLError, ValueError, LookupError, AttributeError) as error:
        # Such as a day that no month has, `!!int ""`, `!!bool x` and `!!timestamp x`.
        raise BrokenYaml(1, f"this cannot be read ({error}).") from None
