"""The model that patients would get with this change."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from deploy.train import model_path, train
from gate.job import Job, Say
from gate.report import Figure, Model, Result

USUAL = 60.0
"""About how many seconds a training takes; progress is told by the clock alone."""


def check(job: Job, say: Say) -> Result:
    """Train, unless a model of just this content is there."""
    there = model_path().exists()
    began = time.monotonic()
    with _clock(say):
        model = train()
    seconds = time.monotonic() - began
    digest = hashlib.sha256(model.read_bytes()).hexdigest()
    size = {"model": Figure(_size(job), model.stat().st_size, unit="bytes")}
    said = "the model was there already" if there else f"trained in {seconds:.0f} s"
    return Result(said, figures={"sizes": size}, model=Model(str(model), digest))


def _size(job: Job) -> float | None:
    return job.live_model.stat().st_size if job.live_model.exists() else None


@contextmanager
def _clock(say: Say) -> Iterator[None]:
    """Tell every second how long it has taken."""
    done = Event()

    def tell() -> None:
        began = time.monotonic()
        while not done.wait(1):
            passed = time.monotonic() - began
            say(min(passed / USUAL, 0.95), f"learns ({passed:.0f} s)")

    teller = Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
