"""Sentence embeddings on one thread, without any download.

The weights are all-MiniLM-L6-v2 (Apache-2.0), trained further on this project's examples and kept
as int8 ONNX: ``lab/encoder`` shows how, ``docs/decisions/0007`` says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers.implementations import BertWordPieceTokenizer

from assistant.nlu.types import Floats

SIZE = 384
MAX_TOKENS = 256
BATCH = 64
SHA256 = "4f5ef0733c9f5b525314050afb2d28fcd93a6f0b3baf84333fad0828178fc9d7"
FOLDER = Path(__file__).parent / "minilm"
VOCABULARY = FOLDER / "vocab.txt"
WEIGHTS = FOLDER / "encoder.onnx"


class EncoderError(RuntimeError):
    """The installed weights are not the ones this project was measured with."""


class Encoder:
    """Turns texts into unit vectors whose dot product is their likeness."""

    def __init__(self, file: Path = WEIGHTS, sha256: str | None = SHA256) -> None:
        """Open the weights that lie beside this module, or others to compare with.

        Args:
            file: an ONNX file as ``lab/encoder/export.py`` writes it.
            sha256: what the file's checksum must be; None for any.

        Raises:
            EncoderError: the checksum is another.
        """
        weights = file.read_bytes()
        self.checksum = hashlib.sha256(weights).hexdigest()
        if sha256 and self.checksum != sha256:
            raise EncoderError(
                f"{file} holds other weights than expected; restore the file from the repository"
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # Without it a processor that lacks VNNI saturates in int8 and judges some texts otherwise.
        options.add_session_config_entry("session.x64quantprecision", "1")
        self._session = onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"]
        )
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
        feed = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
        }
        vectors: Floats = self._session.run(None, feed)[0]
        return vectors
