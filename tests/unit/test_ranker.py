"""The ranker learns, and forgets nothing on the disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.nlu.component import RANKER_SETTINGS, Understand
from assistant.nlu.encoder import Encoder
from assistant.nlu.ranker import Ranker

TEXTS = {
    "brace/types": ["which brace is there", "what kinds of brace", "sorts of splint", "braces"],
    "causes/stroke": ["can a stroke do it", "was it my stroke", "stroke and foot", "a stroke"],
    "greet": ["hello there", "hello", "good morning", "hello dorsi"],
}
ASKED = [
    "what brace kinds are there",
    "is a strok the cause",
    "helo",
    "",
    "🦶",
    "\u0301",
    "字" * 500,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def ranker(encoder: Encoder) -> Ranker:
    config = Understand.get_default_config()
    trained = Ranker(encoder, {name: config[name] for name in RANKER_SETTINGS})
    trained.fit(
        [text for texts in TEXTS.values() for text in texts],
        [label for label, texts in TEXTS.items() for _ in texts],
    )
    return trained


def best(ranker: Ranker, text: str) -> str:
    return ranker.labels[int(np.argmax(ranker.scores([text])[0]))]


def test_every_label_is_learnt_once(ranker: Ranker) -> None:
    assert sorted(ranker.labels) == sorted(TEXTS)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("kinds of brace", "brace/types"),
        ("is a strok the cause", "causes/stroke"),
        ("good evening", "greet"),
    ],
)
def test_other_words_and_slips_find_the_label(ranker: Ranker, text: str, label: str) -> None:
    assert best(ranker, text) == label


def test_every_text_gets_a_finite_score_for_every_label(ranker: Ranker) -> None:
    scores = ranker.scores(ASKED)
    assert scores.shape == (len(ASKED), len(TEXTS))
    assert np.isfinite(scores).all()


def test_a_text_scores_the_same_alone_as_among_others(ranker: Ranker) -> None:
    alone = np.vstack([ranker.scores([text]) for text in ASKED])
    assert np.argmax(alone, axis=1).tolist() == np.argmax(ranker.scores(ASKED), axis=1).tolist()


def test_what_is_saved_and_loaded_scores_the_same(
    ranker: Ranker, encoder: Encoder, tmp_path: Path
) -> None:
    ranker.save(tmp_path)
    loaded = Ranker.load(tmp_path, encoder)
    assert loaded.labels == ranker.labels
    np.testing.assert_allclose(loaded.scores(ASKED), ranker.scores(ASKED), rtol=1e-6)


def test_nothing_in_the_saved_files_is_a_pickle(ranker: Ranker, tmp_path: Path) -> None:
    ranker.save(tmp_path)
    assert {file.suffix for file in tmp_path.iterdir()} <= {".npz", ".npy", ".json", ".txt"}
    for file in tmp_path.glob("*.np[yz]"):
        with np.load(file, allow_pickle=False) as arrays:
            assert not [name for name in arrays if arrays[name].dtype.hasobject]


def test_the_encoder_gives_unit_vectors_whatever_it_is_asked(encoder: Encoder) -> None:
    vectors = encoder.encode(ASKED)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert encoder.encode([]).shape[0] == 0
