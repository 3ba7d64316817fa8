"""The second opinion: a small network that reads a text whole, where rules read word by word.

MiniLM (Wang 2020, arXiv:2002.10957) with six layers, trained further on our own messages;
``lab/opinion`` shows how. It runs on one thread, without any download.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers.implementations.bert_wordpiece import BertWordPieceTokenizer

from triage.model import Level
from triage.network import network

FOLDER = Path(__file__).parent / "weights"
WINDOW, STEP = 126, 100  # word pieces, without the marks of beginning and end
WINDOWS = 24  # as many as are read in less than half a second
CLOSE, CLOSE_WINDOWS = 24, 8  # word pieces to each side of a sign, and around how many of them
SHORT = 30  # letters: even taken apart to four pieces each, they fill no more than a window
REMEMBERED = 1_000
ENDS = 4  # of these, how many at the beginning, and as many at the end
FIRST, LAST, PADDING = 101, 102, 0
NONE = "none"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Label:
    """One class of the network: a flag at a level."""

    flag: str
    level: Level


@dataclass(frozen=True)
class Judgement:
    """What the network makes of a text.

    Attributes:
        chances: the probability of each flag at each level, the highest of any window.
        alarm: the probability that anything urgent or worse is meant.
        words: for a label, the words that speak most for it, as typed.
        complete: whether every place that it was told to read was read.
        windows: in how many pieces it was read: many have many chances to look like an alarm.
    """

    chances: Mapping[Label, float]
    alarm: float
    words: Mapping[Label, str]
    complete: bool = True
    windows: int = 1


class Opinion:
    """The trained network; safe to use from several threads.

    Args:
        folder: holds ``opinion.onnx``, ``about.json`` and ``vocab.txt``.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        self.thresholds: Mapping[str, float] = about["thresholds"]
        self._temperature = float(about["temperature"])
        classes = [_label(name) for name in about["classes"]]
        self._known = [(at, label) for at, label in enumerate(classes) if label is not None]
        self._alarming = np.array(
            [label is not None and label.level.rank >= Level.URGENT.rank for label in classes]
        )
        self._session = network(folder / "opinion.onnx")
        self._tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)
        self._judge_short = lru_cache(maxsize=REMEMBERED)(self._judge)

    @property
    def labels(self) -> frozenset[Label]:
        """Every flag and level that it knows."""
        return frozenset(label for _, label in self._known)

    def judge(self, text: str, telling: Iterable[tuple[int, int]] = ()) -> Judgement:
        """Read a text.

        Args:
            text: any string. Of a very long one, the telling places are read, both ends, and
                parts of the rest.
            telling: where words stand that must be read, in characters.
        """
        # What many people type, "yes please", is judged once; it is read whole without being told.
        return self._judge_short(text) if len(text) <= SHORT else self._judge(text, telling)

    def _judge(self, text: str, telling: Iterable[tuple[int, int]] = ()) -> Judgement:
        whole = text.encode(errors="replace").decode()  # half a pair of surrogates is no letter
        encoding = self._tokenizer.encode(whole, add_special_tokens=False)
        offsets = encoding.offsets
        windows, complete = _windows(len(offsets)), True
        if len(windows) > WINDOWS:
            wanted = _holding(telling, offsets, len(windows))
            windows = [windows[at] for at in _chosen(len(windows), wanted)]
            complete = len(wanted) <= WINDOWS
        if len(windows) > 1:
            windows += _close(telling, offsets)
        ids, mask = _batch(encoding.ids, windows)
        scores, tokens = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        chances = _softmax(scores / self._temperature)
        highest: list[float] = chances.max(0).tolist()
        found = {label: highest[at] for at, label in self._known}
        words: dict[Label, str] = {}
        for at, label in self._known:
            if highest[at] >= self.thresholds["words"]:
                window = int(chances[:, at].argmax())
                start, end = windows[window]
                told = tokens[window, 1 : 1 + end - start, at]
                words[label] = _telling(text, offsets[start:end], told)
        alarm = float(chances[:, self._alarming].sum(1).max())
        return Judgement(found, alarm, words, complete, len(windows))


def _label(name: str) -> Label | None:
    flag, _, level = name.partition(":")
    return None if flag == NONE else Label(flag, Level(level))


def _windows(length: int) -> list[tuple[int, int]]:
    """From where to where each window reaches."""
    if length <= WINDOW:
        return [(0, length)]
    starts = [*range(0, length - WINDOW, STEP), length - WINDOW]
    return [(start, start + WINDOW) for start in starts]


def _holding(
    places: Iterable[tuple[int, int]], offsets: Sequence[tuple[int, int]], count: int
) -> set[int]:
    """Of ``count`` windows, those with one of the places nearest to their middle."""
    starts = [start for start, _ in offsets]
    middles = {bisect_right(starts, (start + end) // 2) - 1 for start, end in places}
    return {min(max(0, round((at - WINDOW / 2) / STEP)), count - 1) for at in middles}


def _close(
    places: Iterable[tuple[int, int]], offsets: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Close windows around some of the places: a long story drowns what is said in passing."""
    starts = [start for start, _ in offsets]
    middles = sorted({bisect_right(starts, (start + end) // 2) - 1 for start, end in places})
    apart = [at for n, at in enumerate(middles) if n == 0 or at - middles[n - 1] > CLOSE // 2]
    return [
        (max(0, at - CLOSE), min(len(offsets), at + CLOSE)) for at in _evenly(apart, CLOSE_WINDOWS)
    ]


def _chosen(count: int, wanted: Collection[int]) -> list[int]:
    """Which of too many windows are read: those wanted, both ends, and some of the rest."""
    chosen = set(_evenly(sorted(wanted), WINDOWS))
    for some in ({*range(ENDS), *range(count - ENDS, count)}, range(count)):
        left = [at for at in some if at not in chosen]
        chosen.update(_evenly(sorted(left), WINDOWS - len(chosen)))
    return sorted(chosen)


def _evenly(some: Sequence[int], most: int) -> list[int]:
    """As many of these as there may be, spread over all of them."""
    if len(some) <= most:
        return list(some)
    return [some[(2 * at + 1) * len(some) // (2 * most)] for at in range(most)]


def _batch(
    ids: list[int], windows: list[tuple[int, int]]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    rows = [[FIRST, *ids[start:end], LAST] for start, end in windows]
    width = max(map(len, rows))
    batch = np.array([row + [PADDING] * (width - len(row)) for row in rows], dtype=np.int64)
    mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows], dtype=np.int64)
    return batch, mask


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True), dtype=np.float32)


def _telling(text: str, offsets: list[Any], told: Floats) -> str:
    """The part of ``text`` from the first to the last piece that speaks at least half as loud.

    Empty if no piece speaks for it.
    """
    if not len(told) or told.max() < 0:
        return ""
    loud = np.flatnonzero(told >= told.max() / 2)
    return text[offsets[int(loud[0])][0] : offsets[int(loud[-1])][1]]


@lru_cache(maxsize=1)
def opinion() -> Opinion:
    """The network that comes with the library, read once a process."""
    return Opinion()
