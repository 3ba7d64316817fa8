"""Where the laboratory keeps what it worked out, so that it can go on after an interruption."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from assistant.nlu.types import Floats
from content import load
from content.examples import labelled_examples
from deploy.train import ROOT, home

HOME = home() / "lab"
READING = ("reading", "spelling", "text")
"""The modules of ``assistant.nlu`` that make of a message what is ranked."""


def folder(candidate: str, quick: bool, *, read: bool = False) -> Path:
    """The candidate's folder for the present examples; other examples have folders of their own.

    What comes of a message that is ``read`` first depends on the reading, too.
    """
    name = digest(list(labelled_examples(load()))) + ("-quick" if quick else "")
    if read:
        code = [(ROOT / "assistant/nlu" / f"{one}.py").read_text() for one in READING]
        candidate += f"-{digest([code, sorted(load().words)])}"
    found = HOME / name / candidate
    found.mkdir(parents=True, exist_ok=True)
    return found


def digest(value: Any) -> str:
    """A short name for anything that JSON can hold."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:12]


def array(file: Path, make: Callable[[], Floats]) -> Floats:
    """The array in ``file``, made and kept if it is not there."""
    if not file.exists():
        _keep(file, lambda part: np.save(part, make()))
    found: Floats = np.load(file, allow_pickle=False)
    return found


def document(file: Path, make: Callable[[], Any]) -> Any:
    """The JSON in ``file``, made and kept if it is not there."""
    if not file.exists():
        _keep(file, lambda part: part.write_text(json.dumps(make(), indent=1), encoding="utf-8"))
    return json.loads(file.read_text(encoding="utf-8"))


def _keep(file: Path, write: Callable[[Path], Any]) -> None:
    """Write beside and rename: a half file is never taken for a whole one."""
    part = file.with_name(f"part-{file.name}")
    write(part)
    part.rename(file)
