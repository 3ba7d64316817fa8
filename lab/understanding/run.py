"""All steps for one candidate; each is kept, so that an interrupted run goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from assistant.nlu.text import tidy
from assistant.nlu.types import Floats
from deploy.train import ROOT
from gate.heldout.outcomes import Share
from gate.model import thresholds
from lab.understanding import cache, data, scores
from lab.understanding.candidate import Candidate
from lab.understanding.deciding import AsLeft, Decides, gated
from lab.understanding.metrics import bins, calibration_error, tempered, wrong_at
from lab.understanding.metrics import curve as operating_curve
from lab.understanding.perturb import PERTURBATIONS, perturbed
from lab.understanding.registry import CANDIDATES, DEFAULT, PRESENT, UNREAD
from lab.understanding.training import ABOUT, trained
from tests.accuracy.measure import measure
from tests.pages import rounded

COVERAGE = 0.8
"""Where wrong answers of all candidates are compared."""
KEPT_OF_HELDOUT = ("right or asked", "right topic", "wrong with confidence", "other handled")


class Run:
    """One candidate on its way through the laboratory."""

    def __init__(self, name: str, epochs: int, quick: bool) -> None:
        """Prepare; ``quick`` learns from a few examples a label and keeps apart what it finds."""
        self.name, self.entry = name, CANDIDATES[name]
        self._epochs, self._quick = epochs, quick
        self._folder = cache.folder(name, quick)
        self._ranks = cache.folder(self.entry.ranks_as or name, quick, read=name == PRESENT)
        self._model_folder = cache.folder(self.entry.trained_as or name, quick) / "full"

    def result(self) -> dict[str, Any]:
        """Every figure of the candidate but those on held-out messages."""
        self._say("learns everything" if not self._model_folder.exists() else "is read")
        candidate = self._trained()
        inside, acts = data.in_scope(self._quick), data.acts(self._quick)
        outside = data.out_of_scope(self._quick)
        self._say("ranks")
        rows = self._ranked("validation", candidate, [*inside.texts, *acts.texts])
        strange = self._ranked("out-of-scope", candidate, outside.texts)
        everyone = data.Scored(inside.texts + acts.texts, inside.right + acts.right)
        temperature = self._temperature(rows, candidate.labels, everyone)
        # Rasa cuts its ranking at ten labels; as it is left, nothing is scaled up again.
        as_left = self.name == DEFAULT
        warm = rows if as_left else tempered(rows, temperature)
        cool = strange if as_left else tempered(strange, temperature)
        known = dict(zip([*everyone.texts, *outside.texts], [*rows, *strange], strict=True))
        asked, labels = warm[: len(inside.texts)], candidate.labels
        confidence, right = scores.firsts(asked, labels, inside)
        claimed, true = scores.firsts(warm, labels, everyone)
        topics = np.where(_is_topic_first(asked, labels), confidence, 0.0)
        self._say("decides")
        return {
            "title": self.entry.title,
            **json.loads((self._model_folder / ABOUT).read_text()),
            "temperature": temperature,
            "accuracy": scores.share(right),
            "folds": self._cross_validated(),
            "ece": calibration_error(claimed, true),
            "reliability": bins(claimed, true),
            "strangers": scores.strangers(
                scores.answerable(asked, labels),
                scores.answerable(cool, labels),
            ),
            "decisions": scores.decisions(
                self._decides(candidate, temperature, known), inside, outside
            ),
            "operating": scores.operating(topics, right),
            "wrong at coverage": wrong_at(operating_curve(topics, right), COVERAGE),
            "robustness": self._robustness(candidate, inside),
            "footprint": None if self._quick else self._footprint(),
        }

    def heldout(self) -> dict[str, Any]:
        """The figures on held-out messages, measured once and kept."""
        return dict(cache.document(self._folder / "heldout.json", self._measure_heldout))

    def _measure_heldout(self) -> dict[str, Any]:
        candidate = self._trained()
        inside, acts = data.in_scope(), data.acts()
        rows = self._ranked("validation", candidate, [*inside.texts, *acts.texts])
        everyone = data.Scored(inside.texts + acts.texts, inside.right + acts.right)
        temperature = self._temperature(rows, candidate.labels, everyone)
        self._say("is measured on held-out messages")
        found = measure(self._decides(candidate, temperature, {}))  # type: ignore[arg-type]
        kept: dict[str, Any] = {"ece": found["ece"]}
        for key in KEPT_OF_HELDOUT:
            figure: Share = found[key]
            low, high = figure.interval()
            kept[key] = {"value": figure.value, "low": low, "high": high, "of": figure.total}
        return kept

    def _trained(self) -> Candidate:
        candidate = self.entry.make(self._epochs)
        return trained(candidate, data.examples(self._quick), self._model_folder, self._epochs)

    def _decides(
        self, candidate: Candidate, temperature: float, known: dict[str, Floats]
    ) -> Decides:
        if self.name == DEFAULT:
            return AsLeft(candidate, known)
        return gated(candidate, temperature, known)

    def _temperature(self, rows: Floats, labels: list[str], everyone: data.Scored) -> float:
        """Each candidate's own, but what is compared as it stands keeps what it has."""
        if self.name == DEFAULT:
            return 1.0
        if self.name in (PRESENT, UNREAD):
            return thresholds().temperature
        return scores.temperature(rows, labels, everyone)

    def _ranked(self, name: str, candidate: Candidate, texts: list[str]) -> Floats:
        file = self._ranks / f"{name}-{cache.digest(texts)}.npy"
        return cache.array(file, lambda: candidate.rank(texts))

    def _cross_validated(self) -> dict[str, Any] | None:
        if self._quick or not self.entry.folds:
            return None
        known, places = data.examples(self._quick), data.left_out(self._quick)
        left, labels = known.at(np.concatenate(places)), sorted(set(known.labels))
        found = np.vstack([self._fold(number, labels) for number in range(data.FOLDS)])
        inside = np.array([data.is_topic(label) for label in left.labels])
        strange = np.array([label in data.STRANGE for label in left.labels])
        scored = data.Scored(left.texts, [frozenset({label}) for label in left.labels])
        _, right = scores.firsts(found, labels, scored)
        likely = scores.answerable(found, labels)
        return {
            "accuracy": scores.share(right[inside]),
            **scores.strangers(likely[inside], likely[strange]),
        }

    def _fold(self, number: int, labels: list[str]) -> Floats:
        """The probabilities for the examples that this fold leaves out."""
        if self.entry.parts:
            parts = [Run(name, self._epochs, self._quick) for name in self.entry.parts]
            joint = np.prod([part._fold(number, labels) for part in parts], axis=0)
            return np.asarray(joint / joint.sum(axis=1, keepdims=True))

        def rank() -> Floats:
            self._say(f"learns fold {number + 1} of {data.FOLDS}")
            known, places = data.examples(self._quick), data.left_out(self._quick)[number]
            learning = known.at(np.setdiff1d(np.arange(len(known.texts)), places))
            fresh = self.entry.make(self._epochs)
            fresh.fit(learning.texts, learning.labels)
            assert fresh.labels == labels, "a label has no example outside a fold"
            return fresh.rank(known.at(places).texts)

        return cache.array(self._folder / f"fold-{number}.npy", rank)

    def _robustness(self, candidate: Candidate, inside: data.Scored) -> dict[str, Any] | None:
        if self._quick or not self.entry.voices:
            return None
        found: dict[str, Any] = {}
        for name in PERTURBATIONS:
            texts = [tidy(perturbed(text, name)) for text in inside.texts]
            changed = np.array([a != b for a, b in zip(texts, inside.texts, strict=True)])
            rows = self._ranked(f"perturbed {name}", candidate, texts)
            _, right = scores.firsts(rows, candidate.labels, inside)
            found[name] = {**scores.share(right), "changed": int(changed.sum())}
        return found

    def _footprint(self) -> dict[str, float]:
        def measured() -> Any:
            self._say("is weighed")
            command = [sys.executable, "-m", "lab.understanding.footprint", self.name]
            done = subprocess.run(
                [*command, str(self._model_folder)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
            return json.loads(done.stdout.strip().splitlines()[-1])

        return dict(cache.document(self._ranks / "footprint.json", measured))

    def _say(self, what: str) -> None:
        print(f"{self.name} {what} …", flush=True)


def _is_topic_first(probabilities: Floats, labels: list[str]) -> Floats:
    found, kept = data.led(probabilities, labels)
    return np.array([data.is_topic(kept[at]) for at in found.argmax(axis=1)])


def keep(results: dict[str, Any], file: Path) -> None:
    """Write the figures, rounded so that a new run of the same code changes nothing else."""
    file.write_text(json.dumps(rounded(results), indent=1) + "\n", encoding="utf-8")
