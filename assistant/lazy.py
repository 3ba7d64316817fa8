"""Rasa without TensorFlow, for as long as nobody asks for it.

``rasa.core`` imports ``rasa.utils.train_utils`` for one function that only extractors of entities
call, and that module imports TensorFlow: seconds and hundreds of megabytes for a model that has
no neural network of TensorFlow's in it. So that module is loaded when something of it is used, by
the standard library's own :class:`importlib.util.LazyLoader`. Whatever does need TensorFlow gets
it: at worst the start is as slow as it was, never different.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

HEAVY = "rasa.utils.train_utils"


class _Finder:
    """Finds the heavy module as Python does, but has it executed at its first use."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of the heavy module; None leaves every other to the usual finders."""
        if name != HEAVY:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


def put_off() -> None:
    """Have TensorFlow wait until it is used; call this before anything of Rasa is imported."""
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)
