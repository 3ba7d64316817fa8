"""Questions are understood as before: on examples left out of learning, and on held-out ones."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from assistant.nlu.gate import probabilities
from content import Catalogue
from content.lint.problems import Severity
from content.load import load
from content.names import Intent
from deploy.train import train
from gate.job import Job, Say
from gate.model import ranker, thresholds
from gate.opened import opened
from gate.places import Places
from gate.report import Figure, Finding, Result, Suspect
from gate.understanding import comparing, newcomers, unseen
from gate.understanding.crossing import folds, judged, pairs
from gate.understanding.noise import doubts
from gate.understanding.versions import Versions, versions

SUSPECTS, WARNED = 150, 15
"""How many suspect examples a report holds, and of how many new ones it warns."""


def check(job: Job, say: Say) -> Result:
    """Compare how a change and what is live are understood."""
    live, data = load(job.live), load(job.data)
    ours, theirs = pairs(data), pairs(live)
    fold_of = folds(theirs, ours)
    before = judged(theirs, fold_of, _part(say, 0.0, 0.3, "what is live"))
    after = judged(ours, fold_of, _part(say, 0.3, 0.7, "the change"))
    found = versions(before, after)
    places, titled = Places(opened(job.data)), _Titles(data, live)
    suspect = _suspects(found, places)
    _have_live_model(job)
    asked, left_out = unseen.messages(live, data)
    figures, fallen = unseen.compared(
        asked,
        unseen.outcomes(asked, job.live_model, live, _part(say, 0.7, 0.85, "what is live")),
        unseen.outcomes(asked, job.model, data, _part(say, 0.85, 1.0, "the change")),
    )
    findings = (
        *comparing.fallen(found, titled, places.of),
        *newcomers.poisoned(found, _likely(job, found), titled, places.of),
        *fallen,
        *_warnings(suspect, titled),
        *left_out,
    )
    counted = {"sizes": {"examples": Figure(len(theirs), len(ours))}, "held out": figures}
    return Result(
        said=_said(found),
        findings=findings,
        figures={**comparing.figures(found), **counted},
        better=tuple(comparing.changes(found, titled, better=True)),
        worse=tuple(comparing.changes(found, titled, better=False)),
        sides=tuple(comparing.sides(found)),
        confusion=tuple(comparing.confusions(found)),
        suspect=suspect,
    )


class _Titles:
    """Names labels as people know them."""

    def __init__(self, *catalogues: Catalogue) -> None:
        self._catalogues = catalogues

    def __call__(self, label: str) -> str:
        for catalogue in self._catalogues:
            if item := catalogue.find(label):
                return f"“{item.title}” (`{label}`)"
            family, _, name = label.partition("/")
            if family == Intent.ASPECT.value and name in catalogue.aspects:
                return f"“{catalogue.aspects[name].title}” (`{label}`)"
        return f"`{label}`"


def _have_live_model(job: Job) -> None:
    """Train what is live where no model of it is here: somebody has to judge what is new."""
    if not job.live_model.exists():
        before = os.environ.get("DORSI_DATA", "")
        os.environ["DORSI_DATA"] = str(job.live)
        try:
            train()
        finally:
            os.environ["DORSI_DATA"] = before


def _likely(job: Job, found: Versions) -> newcomers.Likely:
    texts = [one.text for one in found.new]
    if not texts:
        return {}
    model = ranker(job.live_model)
    rows = probabilities(model.scores(texts), thresholds())
    best = rows.argmax(axis=1)
    return {
        text: (model.labels[at], float(row[at]))
        for text, row, at in zip(texts, rows, best, strict=True)
    }


def _suspects(found: Versions, places: Places) -> tuple[Suspect, ...]:
    new = {(one.label, one.text) for one in found.new}
    suspects = []
    for doubt in doubts(found.data):
        one = found.data[doubt.at]
        fresh = (one.label, one.text) in new
        suspects.append(Suspect(one.text, one.label, doubt.likely, doubt.probability, fresh, "", 0))
    suspects.sort(key=lambda one: not one.new)
    kept = suspects[:SUSPECTS]
    placed = [(one, places.of(one.label, one.text)) for one in kept]
    return tuple(replace(one, path=path, line=line) for one, (path, line) in placed)


def _warnings(suspect: Sequence[Suspect], titled: _Titles) -> list[Finding]:
    return [
        Finding(
            one.path,
            one.line,
            f"the new example “{one.text}” looks as if it belonged to {titled(one.likely)}",
            "Leave it if it belongs here; else move it.",
            Severity.WARNING,
            ("examples",),
        )
        for one in suspect[:WARNED]
        if one.new
    ]


def _said(found: Versions) -> str:
    now = sum(one.right for one in found.data) / max(len(found.data), 1)
    then = sum(one.right for one in found.live) / max(len(found.live), 1)
    said = f"{now:.1%} of {len(found.data)} examples are understood by a model that did not see "
    return f"{said}them; {then:.1%} before"


def _part(say: Say, start: float, end: float, what: str) -> Say:
    return lambda share, message: say(start + (end - start) * share, f"{what}: {message}")
