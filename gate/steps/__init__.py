"""The gate's steps: each module is called like its step and has one function, ``check``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from assistant.lazy import put_off
from content.files import CatalogueError
from deploy.train import DATA
from gate.job import Job, Say
from gate.report import Finding, Result, StepId
from triage.files import KnowledgeError


@dataclass(frozen=True)
class Plan:
    """What is known of a step before it runs.

    Attributes:
        title: what it does, as people read it.
        seconds: about how long it takes, as measured in docs/gate.md.
        needs: the steps that must have passed before it can say anything.
    """

    title: str
    seconds: float
    needs: Sequence[StepId] = ()


PLANS = {
    StepId.LINT: Plan("Files, fields and wording", 10),
    StepId.ANSWERS: Plan("Answers belong to their questions", 12, [StepId.LINT]),
    StepId.SAFETY: Plan("Red flags are noticed as before", 40, [StepId.LINT]),
    StepId.VALIDATE: Plan("Rasa reads it", 10, [StepId.LINT]),
    StepId.TRAIN: Plan("A model is trained", 60, [StepId.LINT, StepId.VALIDATE]),
    StepId.UNDERSTANDING: Plan("Questions are understood as before", 100, [StepId.TRAIN]),
    StepId.DIALOGUES: Plan("Whole dialogues go as written", 60, [StepId.TRAIN]),
    StepId.SPEED: Plan("Answers come as quickly as before", 15, [StepId.TRAIN]),
}


_PLACED = re.compile(r"(.*?\.yml)(?::(\d+))?: *(.*)", re.DOTALL)


def check(step: StepId, job: Job, say: Say) -> Result:
    """Run one step.

    Args:
        step: which.
        job: what is checked.
        say: told how far it is, 0 to 1, and what it does.

    Raises:
        Exception: a tool failed; nothing is known of the content then.
    """
    put_off()
    try:
        result: Result = import_module(f"{__name__}.{step.value}").check(job, say)
    except (CatalogueError, KnowledgeError) as failure:
        finding = _unreadable(str(failure), job.data)
        if finding is None:
            raise
        return Result("the content cannot be read", (finding,))
    return result


def _unreadable(said: str, data: Path) -> Finding | None:
    """What is said of a file of the change that cannot be read; None if it is none of it."""
    placed = _PLACED.match(said)
    if placed is None or not Path(placed[1]).is_relative_to(data):
        return None
    path = f"{DATA}/{Path(placed[1]).relative_to(data).as_posix()}"
    return Finding(path, int(placed[2] or 1), placed[3], "Mend it there; other words may do.")
