"""Seconds of training: ours from nothing and after a change of one topic, and the default's."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from deploy.stack import ACTIONS
from deploy.train import INPUTS, ROOT
from tests.bench import machine
from tests.bench.epochs import at_least
from tests.bench.figures import Figures, Say
from tests.rasa_default import EPOCHS

NOTHING, CHANGED = "nothing", "changed"
NEEDED = (*INPUTS, "deploy", "diary", "triage")
TOPIC = "data/topics/definition/what_is.yml"
BEFORE, MORE = "examples:\n", "  - please say once more what this foot drop of mine is\n"


def measure(about: dict[str, Any], epochs: int, say: Say) -> Figures:
    """Seconds of each training, of clock and of processor.

    Args:
        about: of the default's training.
        epochs: how many it had.
        say: told how far it is.
    """
    least = at_least(about["seconds"], about["epochs"], EPOCHS)
    return {**ours(say), "default": {**about, "run": epochs, "at least": least}}


def ours(say: Say) -> Figures:
    """Seconds of our own trainings."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        copied(copy)
        found = {NOTHING: _trained(copy)}
        say(f"from nothing: {found[NOTHING]['seconds']:.0f} s")
        change(copy / TOPIC)
        found[CHANGED] = _trained(copy)
        say(f"after a change of one topic: {found[CHANGED]['seconds']:.0f} s")
    return found


def copied(folder: Path) -> None:
    """A copy of what the model is made of, so that the project's own data stay as they are."""
    folder.mkdir()
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")


def change(topic: Path) -> None:
    """Add an example to a topic's file.

    Raises:
        ValueError: it has no examples.
    """
    text = topic.read_text(encoding="utf-8")
    if text.count(BEFORE) != 1:
        raise ValueError(f"{topic} has not one list of examples")
    topic.write_text(text.replace(BEFORE, BEFORE + MORE), encoding="utf-8")


def _trained(copy: Path) -> Figures:
    state = {**os.environ, "DORSI_HOME": str(copy / "var")}
    state.pop("DORSI_MODEL", None)  # it would be taken for the model that is wanted
    used, began = machine.used_by_children(), time.monotonic()
    done = subprocess.run(
        [ACTIONS, "-m", "deploy.train"], cwd=copy, env=state, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"training failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return {
        "seconds": time.monotonic() - began,
        "processor": machine.used_by_children() - used,
    }
