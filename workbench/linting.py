"""What the content lint finds in a draft, and how hard a text is to read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import textstat

from content.lint.again import Linter
from content.lint.problems import Problem
from content.lint.reading import (
    EMERGENCY,
    EMERGENCY_GRADE,
    GRADE,
    MESSAGE_WORDS,
    SENTENCE_WORDS,
    count_words,
    filled,
    grade,
    sentences,
)
from workbench.drafts import SHOWN, overlay

HARD_SYLLABLES = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Findings:
    """Lints drafts; the first time takes seconds, each time after that a fraction of one."""

    def __init__(self, root: Path) -> None:
        """Lint for the code in ``root``."""
        self._linter = Linter(root)

    def __call__(
        self,
        data: str,
        changes: Mapping[str, str | None] | None = None,
        paths: Collection[str] | None = None,
        today: str | None = None,
    ) -> list[dict[str, Any]]:
        """The findings in some files, as CI has them.

        Args:
            data: the folder of the content.
            changes: what differs from it, by path ("data/regions.yml"); None is for deleted.
            paths: the files; all if not given.
            today: the day by which reviews are due, as "2026-12-31".
        """
        day = date.fromisoformat(today) if today else date.today()
        found = self._linter.findings(Path(data), SHOWN, overlay(changes), day)
        return [_as_json(one) for one in (found if paths is None else _of(found, paths))]


def _of(problems: Iterable[Problem], paths: Collection[str]) -> list[Problem]:
    """Of one file's double in another, an editor of either has to know."""
    return [one for one in problems if one.place.path in paths or one.other in paths]


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.place.path,
        "line": problem.place.line,
        "severity": problem.severity.value,
        "wrong": problem.wrong,
        "mend": problem.mend,
        "other": problem.other,
    }


def measure(texts: list[str]) -> dict[str, Any]:
    """How hard texts are to read, by the lint's own measures.

    Args:
        texts: messages that are read one after the other.

    Returns:
        ``whole`` and, for each text, an item of ``each``: ``grade`` and ``most`` (the grade it
        may have), ``words`` and ``most_words``, ``sentences``, ``longest`` (words of the longest
        sentence) and ``most_longest``, ``hard`` (words of three syllables and more, the worst
        first).
    """
    whole = {**_measured("\n".join(texts)), "grade": grade(texts), "most": GRADE}
    return {"whole": whole, "each": [_measured(text) for text in texts]}


def _measured(text: str) -> dict[str, Any]:
    plain = filled(text)
    spoken = [words for part in sentences(plain) if (words := count_words(part))]
    return {
        "grade": grade([text]),
        "most": EMERGENCY_GRADE if EMERGENCY in text else GRADE,
        "words": count_words(text),
        "most_words": MESSAGE_WORDS,
        "sentences": len(spoken),
        "longest": max(spoken, default=0),
        "most_longest": SENTENCE_WORDS,
        "hard": _hard(plain),
    }


def _hard(text: str) -> list[str]:
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text))
    counted = {word: int(textstat.syllable_count(word)) for word in words}
    hard = (word for word in words if counted[word] >= HARD_SYLLABLES)
    return sorted(hard, key=lambda word: -counted[word])
