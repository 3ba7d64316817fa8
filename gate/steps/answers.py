"""Answers belong to their questions, keep their warnings, and give no number of their own."""

from __future__ import annotations

from content.lint.problems import Severity
from content.load import load
from gate.answers import numbers
from gate.answers.fitting import misplaced
from gate.answers.spoken import spoken
from gate.answers.vanished import grown, vanished
from gate.job import Job, Say
from gate.opened import opened
from gate.places import Places
from gate.report import Result


def check(job: Job, say: Say) -> Result:
    """Look at every text that a change adds, alters or takes away."""
    live, data = opened(job.live), opened(job.data)
    say(0.1, "reads what is said")
    before, after = spoken(live), spoken(data)
    say(0.4, "compares answers with questions")
    found = (
        *vanished(before, after, job.reason),
        *numbers.telephones(data, before, after),
        *numbers.changed(live, data, before, after),
        *numbers.doses(live, data),
        *numbers.regions(live, data),
        *misplaced(load(job.live), load(job.data), Places(data)),
        *grown(before, after),
    )
    errors = sum(one.severity is Severity.ERROR for one in found)
    texts = sum(after[where].text != text.text for where, text in before.items() if where in after)
    new = len(after.keys() - before.keys())
    said = f"{texts} texts changed, {new} new: {errors or 'nothing'} to mend"
    return Result(said, found)
