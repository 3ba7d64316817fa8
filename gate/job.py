"""What one run of the gate is about: which content, beside which, and where to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deploy.train import ROOT, fingerprint, home

Say = Callable[[float, str], None]
"""Tells how far a step is, 0 to 1, and what it does."""

MODEL = "model.tar.gz"


@dataclass(frozen=True)
class Job:
    """One run.

    Attributes:
        data: the content to be checked, a whole ``data/`` folder.
        live: the content that patients get today, likewise.
        out: the folder for the report and the log.
        today: the day by which reviews are due.
        reason: why the change is made, in the editor's words. What takes safety away has to be
            named there.
        release: the live release's model, if its file is known.
    """

    data: Path
    live: Path
    out: Path
    today: date
    reason: str = ""
    release: Path | None = None

    @property
    def model(self) -> Path:
        """Where the model of the change is once it is trained."""
        return model_of(self.data)

    @property
    def live_model(self) -> Path:
        """Where the model of what is live is, or would be if it were trained here."""
        beside = self.live.parent / MODEL
        return self.release or (beside if beside.exists() else model_of(self.live))


def model_of(data: Path) -> Path:
    """Where training that content leaves its model."""
    return home() / "models" / f"dorsi-{fingerprint(ROOT, data)}.tar.gz"
