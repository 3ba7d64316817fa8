"""Training a candidate once and keeping it."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

from lab.understanding.candidate import Candidate
from lab.understanding.data import Examples

ABOUT = "about.json"


def trained(candidate: Candidate, examples: Examples, folder: Path, epochs: int) -> Candidate:
    """``candidate`` when it has learnt ``examples``, read from ``folder`` if it did so before."""
    if not (folder / ABOUT).exists():
        part = folder.with_name(f"part-{folder.name}")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        started = time.monotonic()
        candidate.fit(examples.texts, examples.labels)
        seconds = time.monotonic() - started
        candidate.save(part)
        about = {"seconds": seconds, "examples": len(examples.texts), "epochs": epochs}
        (part / ABOUT).write_text(json.dumps(about))
        part.rename(folder)
    candidate.load(folder)
    return candidate
