"""Sentence vectors from several sources, each text encoded once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import onnxruntime
from tokenizers.implementations import BertWordPieceTokenizer

from assistant.nlu.encoder import VOCABULARY, Encoder
from assistant.nlu.types import Floats
from lab.understanding.cache import HOME, array
from lab.understanding.packages import MINILM, SPACY

MAX_TOKENS, BATCH = 128, 64
STATIC_SIZE = 256
OURS, ORIGINAL, STATIC, SPACY_MD = "ours", "original", "static", "spacy"


class Encodes(Protocol):
    """Turns texts into rows of a matrix."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of shape (len(texts), size)."""


class Original:
    """all-MiniLM-L6-v2 as it came: the mean of the tokens' vectors, of length 1."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.x64quantprecision", "1")
        self._session = onnxruntime.InferenceSession(
            str(MINILM), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of shape (len(texts), 384)."""
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors = np.empty((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self.pooled(self._tokenizer.encode_batch([texts[i] for i in batch]))
        return vectors

    def pooled(self, encodings: Sequence[Any]) -> Floats:
        """The mean vectors of tokenised texts."""
        ids = np.array([e.ids for e in encodings], dtype=np.int64)
        mask = np.array([e.attention_mask for e in encodings], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        tokens = self._session.run(None, feed)[0]
        return _unit((tokens * mask[..., None]).sum(axis=1))

    def words(self) -> list[str]:
        """The vocabulary, by number."""
        known = self._tokenizer.get_vocab()
        return sorted(known, key=known.__getitem__)


class Static:
    """One vector a word piece, distilled from the original by the method of Model2Vec.

    Every piece of the vocabulary goes through the network by itself; principal components, and
    less weight for what is frequent (Tulkens 2024, doi:10.5281/zenodo.17270888). A text is the
    mean of its pieces.
    """

    def __init__(self) -> None:
        self._table = array(HOME / "static.npy", distil)
        self._tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of shape (len(texts), STATIC_SIZE)."""
        rows = [e.ids for e in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]
        sums = [self._table[ids].sum(axis=0) for ids in rows]
        return _unit(np.vstack(sums)) if sums else np.zeros((0, STATIC_SIZE), dtype=np.float32)


def distil() -> Floats:
    """The table of :class:`Static`, of shape (vocabulary, STATIC_SIZE)."""
    original = Original()
    words = original.words()
    vectors = original.encode([word.removeprefix("##") for word in words])
    centred = vectors - vectors.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    # The vocabulary is ordered by frequency, so that its place stands for Zipf's law.
    weights = np.log(1 + np.arange(len(words)))[:, None]
    return np.asarray(centred @ axes[:STATIC_SIZE].T * weights, dtype=np.float32)


class Spacy:
    """The mean of spaCy's word vectors (en_core_web_md)."""

    def __init__(self) -> None:
        import spacy

        self._nlp = spacy.blank("en")
        self._nlp.vocab.from_disk(SPACY)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of shape (len(texts), 300)."""
        # Capitals have vectors of their own only now and then.
        vectors = [self._nlp.make_doc(text.lower()).vector for text in texts]
        return _unit(np.vstack(vectors)) if vectors else np.zeros((0, 300), dtype=np.float32)


class Remembering:
    """An encoder that is asked once about each text; what it said is kept on disk."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._file = HOME / "vectors" / f"{name}.npz"
        self._known: dict[str, Floats] = {}
        if self._file.exists():
            with np.load(self._file, allow_pickle=False) as kept:
                texts = bytes(kept["texts"]).decode("utf-8").split("\n")
                self._known = dict(zip(texts, kept["vectors"], strict=True))

    def encode(self, texts: Sequence[str]) -> Floats:
        """Vectors of shape (len(texts), size)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, plain(self._name).encode(new), strict=True))
            if len(new) > BATCH:
                self._save()
        return np.vstack([self._known[text] for text in texts])

    def _save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        texts = np.frombuffer("\n".join(self._known).encode("utf-8"), dtype=np.uint8)
        part = self._file.with_name(f"part-{self._file.name}")
        np.savez(part, texts=texts, vectors=np.vstack(list(self._known.values())))
        part.rename(self._file)


@lru_cache
def plain(name: str) -> Encodes:
    """The encoder of that name, opened once."""
    kinds = {OURS: Encoder, ORIGINAL: Original, STATIC: Static, SPACY_MD: Spacy}
    opened: Encodes = kinds[name]()
    return opened


@lru_cache
def remembering(name: str) -> Encodes:
    """The encoder of that name with a memory."""
    return Remembering(name)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
