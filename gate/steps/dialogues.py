"""Whole dialogues on the new model and content, against every process that patients meet."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from content.load import load
from deploy.stack import Stack
from deploy.train import ROOT
from gate.answers.spoken import spoken
from gate.dialogues.playing import play
from gate.dialogues.telling import FOLDER, Versions, finding
from gate.dialogues.written import Conversation, ConversationError, read
from gate.job import Job, Say
from gate.opened import opened
from gate.report import Figure, Result

AT_ONCE = 3
"""How many dialogues are led at the same time."""

Told = Callable[[int, int], None]
Failures = Mapping[str, ConversationError]
"""Dialogues that went otherwise, by name."""


def check(job: Job, say: Say) -> Result:
    """Play every written dialogue that is not known to go wrong.

    Raises:
        FileNotFoundError: no dialogues are installed: nothing can be played.
        StackError: the assistant could not be started.
    """
    conversations = [one for one in read(ROOT / FOLDER) if not one.fault]
    if not conversations:
        raise FileNotFoundError(f"{ROOT / FOLDER} is needed: the dialogues to play")
    failures = _played(job.data, job.model, conversations, lambda done, of: _tell(say, done, of))
    if failures and job.live_model.exists():
        say(0.8, "plays what went otherwise with what is live")
        again = [one for one in conversations if one.name in failures]
        known = _played(job.live, job.live_model, again, lambda done, of: None)
    else:
        known = {}
    before, after = spoken(opened(job.live)), spoken(opened(job.data))
    versions = Versions(before, after, load(job.live), load(job.data))
    found = tuple(
        finding(one, failures[one.name], versions, _line(one), known.get(one.name))
        for one in conversations
        if one.name in failures
    )
    total, well = len(conversations), len(conversations) - len(failures)
    return Result(
        f"{well} of {total} dialogues went as written",
        found,
        {"dialogues": {"as written": Figure(None, well, total)}},
    )


def _played(data: Path, model: Path, conversations: Sequence[Conversation], told: Told) -> Failures:
    failures: dict[str, ConversationError] = {}
    with (
        _serving(data, model),
        TemporaryDirectory(prefix="dorsi-gate-") as state,
        Stack(0, Path(state)) as stack,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        running = {pool.submit(play, one, stack): one for one in conversations}
        for done, future in enumerate(as_completed(running), 1):
            try:
                future.result()
            except ConversationError as failed:
                failures[running[future].name] = failed
            told(done, len(conversations))
    return failures


@contextmanager
def _serving(data: Path, model: Path) -> Iterator[None]:
    """Have a stack that is started now serve this content with this model."""
    before = dict(os.environ)
    os.environ.update({"DORSI_DATA": str(data), "DORSI_MODEL": str(model)})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _tell(say: Say, done: int, total: int) -> None:
    say(0.2 + 0.6 * done / total, f"{done} of {total} dialogues")


def _line(conversation: Conversation) -> int:
    """Where a dialogue begins in its file."""
    name = conversation.name.partition(": ")[2]
    lines = (ROOT / FOLDER / conversation.file).read_text(encoding="utf-8").splitlines()
    return next((at for at, line in enumerate(lines, 1) if name in line), 1)
