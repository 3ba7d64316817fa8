"""Content files as plain values, for looking things up; `editing` is for changes. Pure."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@lru_cache(maxsize=1024)
def body(text: str) -> Mapping[str, Any]:
    """The mapping that a file holds; an empty one for a file that cannot be read.

    It is shared: whoever asks must not change it.
    """
    try:
        found = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError:
        return _NOTHING
    return found if isinstance(found, dict) else _NOTHING
