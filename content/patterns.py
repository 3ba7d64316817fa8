"""Looks for what an editor's patterns name: which are told, and which are denied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from triage.knowledge import Sign
from triage.load import load
from triage.model import Candidate, Status
from triage.pattern import parse
from triage.screening import Screener


@dataclass(frozen=True)
class Found:
    """What a text names.

    Attributes:
        there: ids that are told, in the order of the text.
        denied: ids that are denied.
        other: ids of the past, of a relative, of a wish or a question.
    """

    there: tuple[str, ...]
    denied: tuple[str, ...]
    other: tuple[str, ...]


class Patterns:
    """Finds ids by patterns in the notation of ``triage``, with its cues and its spelling.

    Args:
        patterns: by id.
        ignore: cues that do not matter, such as ``past``.
    """

    def __init__(self, patterns: Mapping[str, Iterable[str]], ignore: Iterable[str] = ()) -> None:
        knowledge = load()
        cues = frozenset(Status(cue) for cue in ignore)
        signs = {
            name: Sign(
                name, tuple(parse(one.lower(), knowledge.reader.lemma) for one in ones), cues
            )
            for name, ones in patterns.items()
        }
        self._screener = Screener(replace(knowledge, signs=signs, flags={}))

    def find(self, text: str) -> Found:
        """What ``text`` names, each id once."""
        found = self._screener.screen(text).candidates
        return Found(
            _ids(one for one in found if one.status is Status.AFFIRMED),
            _ids(one for one in found if one.status is Status.NEGATED),
            _ids(one for one in found if one.status not in (Status.AFFIRMED, Status.NEGATED)),
        )


def _ids(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.sign for one in candidates))
