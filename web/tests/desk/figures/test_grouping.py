"""Like questions come together: measured on messages of our own, and the method by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml

from desk.figures import likeness as module
from desk.figures.grouping import Floats, groups
from desk.figures.likeness import Likeness, likeness
from desk.figures.unanswered import THRESHOLD, Asked, grouped

QUESTIONS = Path(__file__).parent / "questions.yml"
ALONE = "alone"
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def questions(*names: str) -> tuple[list[str], list[str]]:
    """Messages, and for each the name of what it asks."""
    texts: list[str] = []
    meant: list[str] = []
    for name in names:
        for theme, found in yaml.safe_load(QUESTIONS.read_text())[name].items():
            texts += found
            meant += found if theme == ALONE else [theme] * len(found)
    return texts, meant


def quality(found: Sequence[Sequence[int]], meant: Sequence[str]) -> tuple[float, float]:
    """B-cubed precision and recall (Bagga and Baldwin 1998)."""
    precision = recall = 0.0
    for group in found:
        for one in group:
            right = sum(meant[other] == meant[one] for other in group)
            precision += right / len(group)
            recall += right / meant.count(meant[one])
    return precision / len(meant), recall / len(meant)


@pytest.mark.parametrize("names", [("measured_on",), ("chosen_on", "measured_on")])
def test_groups_hold_what_belongs_together_and_hardly_anything_else(
    names: tuple[str, ...],
) -> None:
    texts, meant = questions(*names)
    precision, recall = quality(groups(likeness().vectors(texts), THRESHOLD), meant)
    assert precision >= 0.95
    assert recall >= 0.8


def merged_one_by_one(vectors: Floats, threshold: float) -> list[list[int]]:
    """The same by its definition: the two groups that are most alike become one, and so on."""
    likeness = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    found = [[at] for at in range(len(vectors))]
    while len(found) > 1:
        best = max(
            (float(likeness[np.ix_(one, other)].mean()), -first, -second)
            for first, one in enumerate(found)
            for second, other in enumerate(found)
            if first < second
        )
        if best[0] < threshold:
            break
        found[-best[1]] += found.pop(-best[2])
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group[0]))


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.6])
def test_chains_find_the_groups_that_merging_one_by_one_finds(seed: int, threshold: float) -> None:
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(24, 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert groups(vectors, threshold) == merged_one_by_one(vectors, threshold)


def test_every_row_is_in_one_group_even_where_all_are_the_same() -> None:
    same = np.tile(np.eye(4, dtype=np.float32)[0], (50, 1))
    assert groups(same, 0.5) == [list(range(50))]
    assert groups(np.zeros((0, 4), dtype=np.float32), 0.5) == []


def asked(*texts: str, kind: str = "fallback") -> list[Asked]:
    return [
        Asked(number, NOW - timedelta(minutes=number), kind, text)
        for number, text in enumerate(texts)
    ]


def test_a_group_tells_how_many_asked_and_shows_typical_words_once() -> None:
    found = grouped(
        asked("blue badge?", "Blue  BADGE?", "how do I get a blue badge", "what time is it"),
        likeness(),
    )
    assert [group.messages for group in found] == [3, 1]
    assert found[0].conversations == [0, 1, 2]
    assert found[0].newest == NOW
    assert sorted(saying.text for saying in found[0].sayings) == [
        "blue badge?",
        "how do I get a blue badge",
    ]


def test_the_same_messages_give_the_same_groups() -> None:
    texts, _ = questions("chosen_on")
    assert grouped(asked(*texts), likeness()) == grouped(asked(*texts), likeness())


def test_odd_texts_are_grouped_without_failing() -> None:
    odd = asked("", " ", "\ud83d", "🦶" * 500, "x" * 4000, "<script>", "\x00")
    assert sum(group.messages for group in grouped(odd, likeness())) == len(odd)


def test_more_texts_than_are_remembered_have_the_same_vectors(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts, _ = questions("chosen_on")
    whole = likeness().vectors(texts)
    monkeypatch.setattr(module, "REMEMBERED", 5)
    small = Likeness()
    for text, row in zip(texts, whole, strict=True):
        assert (small.vectors([text])[0] == row).all()
    assert len(small._known) == 5
