"""The second opinion, which reads a text once: what it found is kept for the next run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from deploy.train import ROOT
from gate.remembering import of_files, remember, remembered
from triage.model import Level
from triage.opinion import FOLDER, Judgement, Label, Opinion

KIND = "opinions"


class Remembering(Opinion):
    """Judges as :class:`Opinion` does; a text that one window holds is judged the same for ever."""

    def __init__(self) -> None:
        """Open the network, and what it found before."""
        super().__init__()
        self._version = of_files([FOLDER, ROOT / "triage" / "opinion.py"])
        self._found: dict[str, Any] = remembered(KIND, self._version, dict)
        self._new = False

    def judge(self, text: str, telling: Iterable[tuple[int, int]] = ()) -> Judgement:
        """Read a text, or remember what was read."""
        if text in self._found:
            return _judgement(self._found[text])
        judged = super().judge(text, telling)
        if judged.windows == 1:
            self._found[text] = _row(judged)
            self._new = True
        return judged

    def keep(self) -> None:
        """Write down what was found."""
        if self._new:
            remember(KIND, self._version, self._found)


def _row(judged: Judgement) -> list[Any]:
    chances = [[label.flag, label.level.value, p] for label, p in judged.chances.items()]
    words = [[label.flag, label.level.value, said] for label, said in judged.words.items()]
    return [chances, judged.alarm, words]


def _judgement(row: list[Any]) -> Judgement:
    chances, alarm, words = row
    return Judgement(
        {Label(flag, Level(level)): p for flag, level, p in chances},
        alarm,
        {Label(flag, Level(level)): said for flag, level, said in words},
    )
