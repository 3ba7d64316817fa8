"""What is remembered between trainings changes their speed and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.nlu.embeddings import Embeddings, grouped
from assistant.nlu.encoder import BATCH, SIZE, Encoder
from assistant.nlu.types import Floats

TEXTS = [f"my foot drops when i {verb} {n}" for verb in ("walk", "climb", "sit") for n in range(80)]
NEW = "does swimming help"


class Counting(Encoder):
    """Counts the texts it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += len(texts)
        return super().encode(texts)


@pytest.fixture(scope="module")
def encoder() -> Counting:
    return Counting()


@pytest.fixture(autouse=True)
def _anew(encoder: Counting) -> None:
    encoder.asked = 0


@pytest.fixture
def file(tmp_path: Path, encoder: Counting) -> Path:
    """Where the vectors of TEXTS are remembered."""
    found = tmp_path / "home" / "embeddings.npz"
    embeddings = Embeddings(encoder, found)
    embeddings.of(TEXTS)
    embeddings.keep()
    encoder.asked = 0
    return found


def test_what_is_remembered_is_what_would_be_computed_to_the_last_bit(
    encoder: Counting, file: Path
) -> None:
    remembered = Embeddings(encoder, file).of([*TEXTS, NEW])
    assert np.array_equal(remembered, Embeddings(encoder).of([*TEXTS, NEW]))


def test_nothing_is_computed_twice(encoder: Counting, file: Path) -> None:
    Embeddings(encoder, file).of(TEXTS)
    assert encoder.asked == 0


def test_a_new_text_costs_its_own_group(encoder: Counting, file: Path) -> None:
    Embeddings(encoder, file).of([*TEXTS, NEW])
    assert 0 < encoder.asked <= 2 * BATCH


def test_another_encoder_finds_nothing_remembered(
    encoder: Counting, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoder, "checksum", "another")
    Embeddings(encoder, file).of(TEXTS)
    assert encoder.asked == len(TEXTS)


@pytest.mark.parametrize("keep", [0, 10, -10])
def test_a_broken_file_counts_as_empty(encoder: Counting, file: Path, keep: int) -> None:
    file.write_bytes(file.read_bytes()[:keep])
    assert Embeddings(encoder, file).of(TEXTS).shape == (len(TEXTS), SIZE)
    assert encoder.asked == len(TEXTS)


def test_what_was_not_used_is_forgotten(encoder: Counting, file: Path) -> None:
    embeddings = Embeddings(encoder, file)
    embeddings.of(TEXTS[:20])
    embeddings.keep()
    encoder.asked = 0
    Embeddings(encoder, file).of(TEXTS)
    assert encoder.asked > 0


def test_a_folder_that_cannot_be_written_stops_nothing(encoder: Counting, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    embeddings = Embeddings(encoder, tmp_path / "file" / "embeddings.npz")
    embeddings.of(TEXTS[:3])
    embeddings.keep()


def test_each_text_has_its_own_row_however_often_it_comes(encoder: Counting) -> None:
    found = Embeddings(encoder).of(["b", "a", "b"])
    assert np.array_equal(found[0], found[2])
    assert not np.array_equal(found[0], found[1])
    assert Embeddings(encoder).of([]).shape == (0, SIZE)


def test_groups_hold_every_text_once_whatever_their_order() -> None:
    groups = list(grouped([*TEXTS, *reversed(TEXTS)]))
    assert sorted(text for group in groups for text in group) == sorted(TEXTS)
    assert max(map(len, groups)) <= BATCH
    assert len(groups) > 3


def test_a_text_more_leaves_all_groups_but_its_own() -> None:
    before = {tuple(group) for group in grouped(TEXTS)}
    after = {tuple(group) for group in grouped([*TEXTS, NEW])}
    assert len(after - before) <= 2
