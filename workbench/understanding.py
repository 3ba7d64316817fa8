"""What is made of a sentence: by a model, and by a draft's red flags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.nlu.understanding import Context
from triage.load import load
from triage.model import Flag, Screening
from triage.opinion import opinion
from triage.screening import Screener
from workbench.drafts import Changes, Drafts, reading
from workbench.models import Models

SCREENED = ("red_flags", "triage")
SHOWN = 5
KEPT = 3
"""Screeners: of what is served, and of two drafts that change red flags."""


class Screeners:
    """Looks for red flags as drafts define them."""

    def __init__(self, drafts: Drafts) -> None:
        """Read drafts from ``drafts``."""
        self._drafts = drafts
        self._kept: dict[str, Screener] = {}

    def screen(self, text: str, data: str | None, changes: Changes | None) -> Screening:
        """Notice red flags in a text.

        Raises:
            Cannot: the draft's red flags cannot be read.
        """
        folder = self._drafts.folder(data, changes, *SCREENED)
        screener = self._kept.pop(str(folder), None)
        if screener is None:
            with reading(folder):
                screener = Screener(load(folder), opinion())
            while len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)))
        self._kept[str(folder)] = screener
        return screener.screen(text)

    def __call__(
        self, text: str, data: str | None = None, changes: Changes | None = None
    ) -> dict[str, Any]:
        """What is noticed, for JSON: ``flags``, and ``unsure`` if a question would be asked."""
        found = self.screen(text, data, changes)
        return {
            "level": found.level.value,
            "flags": [_flag(flag) for flag in found.flags],
            "unsure": _flag(found.unsure) if found.unsure else None,
        }


class Understanding:
    """Asks models what sentences mean."""

    def __init__(self, models: Models, screeners: Screeners) -> None:
        """Ask ``models``; look for red flags with ``screeners``."""
        self._models = models
        self._screeners = screeners

    def understand(
        self, text: str, model: str | None = None, data: str | None = None, after: str | None = None
    ) -> dict[str, Any]:
        """What a model makes of a sentence.

        Args:
            text: the sentence.
            model: the model's file; that which is served if not given.
            data: the content it was trained on.
            after: the topic that was answered before.

        Returns:
            ``decision``, ``label``, ``title``, ``confidence``, ``candidates``, the best
            ``labels`` with their probability, and what is ``flagged``.
        """
        known = self._models.of(model, data)
        found = known.understander.understand(text, Context(topic=after))
        return {
            "decision": found.decision.value,
            "label": found.label,
            "title": known.title(found.label),
            "confidence": found.confidence,
            "candidates": [{"id": id_, "title": known.title(id_)} for id_ in found.candidates],
            "labels": [
                {"id": label, "title": known.title(label), "probability": probability}
                for label, probability in found.ranking[:SHOWN]
            ],
            **self._screeners(text, data),
        }

    def score(
        self,
        pairs: Sequence[Sequence[str]],
        model: str | None = None,
        data: str | None = None,
    ) -> list[float]:
        """How likely a model finds each target of a pair of a text and a target."""
        ranks = self._models.of(model, data).understander
        return [dict(ranks.rank(text, Context())).get(target, 0.0) for text, target in pairs]


def _flag(flag: Flag) -> dict[str, Any]:
    return {"id": flag.id, "level": flag.level.value, "text": flag.text, "reason": flag.reason}
