"""The content files: where they lie, and how one is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

HOME = Path(os.environ.get("DORSI_DATA", Path(__file__).resolve().parent.parent / "data"))
FLAGS, LANGUAGE = "red_flags", "triage"
WORDS, CUES = "words.yml", "cues.yml"


class KnowledgeError(ValueError):
    """A content file is not as it must be; the text names the file and the place."""


def read(file: Path) -> dict[str, Any]:
    """The mapping that a YAML file holds.

    Raises:
        KnowledgeError: the file is missing, is not YAML, or holds no mapping.
    """
    try:
        found = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except OSError as error:
        raise KnowledgeError(f"{file}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{file}: not readable as YAML: {error}") from error
    if not isinstance(found, dict):
        raise KnowledgeError(f"{file}: holds no keys")
    return found


_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
