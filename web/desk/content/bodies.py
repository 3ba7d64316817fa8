"""Content files as plain values, for looking things up; `editing` is for changes. Pure."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from editing.broken import BrokenYaml
from editing.values import load

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@lru_cache(maxsize=1024)
def body(text: str) -> Mapping[str, Any]:
    """The mapping that a file holds; an empty one for a file that cannot be read.

    It is shared: whoever asks must not change it.
    """
    try:
        found = load(text)
    except BrokenYaml:
        return _NOTHING
    return found if isinstance(found, dict) else _NOTHING
