"""Reading YAML files under ``data/`` so that every error names file, line and mend."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

# The content that is served may lie elsewhere than that which is worked on: a release has a folder.
DATA = Path(os.environ.get("DORSI_DATA") or Path(__file__).resolve().parent.parent / "data")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CatalogueError(ValueError):
    """A file in ``data/`` cannot be read; the text names the file, the line and the mend."""


def read_yaml(path: Path) -> Mapping[str, Any]:
    """The mapping a YAML file holds.

    Raises:
        CatalogueError: the file is missing, is not YAML or is not a mapping.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise CatalogueError(f"{path}: cannot be read ({error.strerror})") from error
    except (UnicodeDecodeError, yaml.reader.ReaderError) as error:
        raise CatalogueError(f"{path}:1: not UTF-8 text. Save the file as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(
            f"{path}:{line}: not valid YAML ({error.problem}). Put the text in quotes?"
        ) from error
    if not isinstance(content, dict):
        raise CatalogueError(f"{path}:1: expected `name: value` lines at the top level")
    return content


def section(path: Path, key: str) -> Mapping[str, Any]:
    """What stands under a file's one top-level key.

    Raises:
        CatalogueError: the key is not there, or the file cannot be read.
    """
    found = read_yaml(path).get(key)
    if not isinstance(found, dict):
        raise CatalogueError(f"{path}:1: expected one top-level key `{key}:`")
    return found


def strings(value: Any) -> tuple[str, ...]:
    """The items of a list as strings; none for nothing."""
    return tuple(str(item) for item in value or ())


class naming:
    """Turns a missing or misshapen field into an error that names the file."""

    def __init__(self, path: Path) -> None:
        """Name ``path`` in the errors."""
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, KeyError):
            raise CatalogueError(f"{self.path}:1: add the field `{error.args[0]}:`") from error
        if isinstance(error, (AttributeError, TypeError, ValueError)):
            raise CatalogueError(
                f"{self.path}:1: a field does not hold what it should ({error}). "
                "Run `make lint-content`: it names the line."
            ) from error
