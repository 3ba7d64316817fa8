"""A ranker that learnt the very same before is read; anything else is fitted anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.nlu.component import RANKER_SETTINGS, Understand
from assistant.nlu.encoder import Encoder
from assistant.nlu.fits import Fits
from assistant.nlu.ranker import WEIGHTS, Ranker

TEXTS = ["which brace is there", "what kinds of brace", "hello there", "hello to you"]
LABELS = ["brace/types", "brace/types", "greet", "greet"]
CONFIG = Understand.get_default_config()
SETTINGS = {name: CONFIG[name] for name in RANKER_SETTINGS}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[Ranker]:
    """The rankers that were fitted."""
    found: list[Ranker] = []
    fit = Ranker.fit

    def counting(self: Ranker, *given: Any) -> None:
        found.append(self)
        fit(self, *given)

    monkeypatch.setattr(Ranker, "fit", counting)
    return found


def learn(encoder: Encoder, folder: Path | None, texts: list[str] = TEXTS) -> Ranker:
    fits = Fits(encoder, folder)
    ranker = fits.of(texts, LABELS, encoder.encode(texts), SETTINGS)
    fits.forget_others()
    return ranker


def same(one: Ranker, other: Ranker) -> bool:
    return bool(np.array_equal(one.scores(TEXTS), other.scores(TEXTS)))


def test_the_same_is_learnt_once(encoder: Encoder, fitted: list[Ranker], tmp_path: Path) -> None:
    first, second = learn(encoder, tmp_path), learn(encoder, tmp_path)
    assert len(fitted) == 1
    assert same(first, second)


def test_another_text_is_learnt_anew_and_the_old_forgotten(
    encoder: Encoder, fitted: list[Ranker], tmp_path: Path
) -> None:
    learn(encoder, tmp_path)
    learn(encoder, tmp_path, [*TEXTS[:-1], "good morning"])
    assert len(fitted) == 2
    assert len(list(tmp_path.iterdir())) == 1


def test_without_a_folder_nothing_is_remembered(encoder: Encoder, fitted: list[Ranker]) -> None:
    assert same(learn(encoder, None), learn(encoder, None))
    assert len(fitted) == 2


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short"])
def test_a_spoilt_file_is_fitted_anew_and_mended(
    encoder: Encoder, fitted: list[Ranker], tmp_path: Path, content: bytes
) -> None:
    first = learn(encoder, tmp_path)
    (file,) = tmp_path.glob(f"*/{WEIGHTS}")
    file.write_bytes(content)
    assert same(first, learn(encoder, tmp_path))
    assert same(first, learn(encoder, tmp_path))
    assert len(fitted) == 2


def test_a_disk_that_takes_nothing_stops_nothing(
    encoder: Encoder, fitted: list[Ranker], tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert learn(encoder, blocked / "rankers").labels == ["brace/types", "greet"]
