"""Red flags are noticed as before: what notices them is there, and no message is noticed less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content.examples import labelled_examples
from content.lint.problems import Severity
from content.load import load
from gate.heldout import alarms, questions
from gate.heldout.alarms import Message, plain
from gate.job import Job, Say
from gate.opened import opened
from gate.reasons import agree, named, say_so
from gate.report import Finding, Result
from gate.safety.comparing import compared
from gate.safety.effects import effects, same
from gate.safety.inventory import Loss, losses
from triage.examples import examples, learning
from triage.model import Level

ORDINARY = "ordinary messages"


def check(job: Job, say: Say) -> Result:
    """Compare what protects patients, and what comes of messages, with what is live."""
    say(0.05, "looks what is gone")
    gone = [_finding(loss, job.reason) for loss in losses(opened(job.live), opened(job.data))]
    if same(job.live, job.data):
        return Result("nothing that screening reads was changed", tuple(gone))
    told = list(dict.fromkeys([*examples(job.live), *examples(job.data)]))
    held_out = _held_out(job)
    texts = list(dict.fromkeys([*(m.text for m in held_out), *(one.text for one in told)]))
    before = effects(job.live, texts, _part(say, 0.1, 0.5, "what is live"))
    after = effects(job.data, texts, _part(say, 0.5, 1.0, "the change"))
    found = compared(list(examples(job.live)), held_out, before, after, job.reason)
    errors = sum(one.severity is Severity.ERROR for one in (*gone, *found.findings))
    said = f"{errors} losses that have to be looked at" if errors else "nothing is noticed less"
    return Result(
        said,
        (*gone, *found.findings),
        {"safety": found.figures},
        tuple(found.better),
        tuple(found.worse),
        tuple(found.sides),
    )


def _finding(loss: Loss, reason: str) -> Finding:
    mentioned = named(reason, loss.name, loss.title)
    return Finding(
        loss.path,
        loss.line,
        loss.what,
        agree() if mentioned else f"Put it back. {say_so(loss.name)}",
        Severity.WARNING if mentioned else Severity.ERROR,
        loss.key or None,
    )


def _held_out(job: Job) -> list[Message]:
    """Held-out messages that neither version has learnt.

    Raises:
        FileNotFoundError: the messages are not installed: nothing can be measured.
    """
    for folder in (alarms.HELDOUT, questions.HELDOUT):
        if not folder.is_dir():
            raise FileNotFoundError(f"{folder} is needed: the messages to measure with")
    told = {plain(m.text) for m in alarms.alarming_all_the_same()}
    told |= {plain(text) for text in alarms.doubtful()}
    quiet = questions.topics(questions.HELDOUT) + questions.others(questions.HELDOUT)
    ordinary = [Message(m.text, ORDINARY, Level.NONE) for m in quiet if plain(m.text) not in told]
    seen = {plain(text) for data in (job.live, job.data) for text in _learnt(data)}
    everything = [*alarms.positives(), *alarms.near_misses(), *ordinary]
    by_text = {m.text: m for m in everything if plain(m.text) not in seen}
    return list(by_text.values())


def _learnt(data: Path) -> Iterator[str]:
    yield from (example.text for example in (*examples(data), *learning(data)))
    yield from (text for _, text in labelled_examples(load(data)))


def _part(say: Say, start: float, end: float, what: str) -> Say:
    return lambda share, message: say(start + (end - start) * share, f"{what}: {message}")
