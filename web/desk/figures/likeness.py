"""How like two questions are: by the sentence encoder that Dorsi itself understands with.

The weights are all-MiniLM-L6-v2, trained further on this project's own examples
(`docs/decisions/0007-encoder-trained-on-our-words.md`); they lie in the repository and are read
as a file. Nothing is downloaded.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers.implementations.bert_wordpiece import BertWordPieceTokenizer

from desk.settings import REPOSITORY

FOLDER = REPOSITORY / "assistant/nlu/minilm"
SIZE = 384
MAX_TOKENS = 64
"""What is asked stands in the first words or is too long to be like anything."""
REMEMBERED = 4_000

type Floats = npt.NDArray[np.float32]


class Likeness:
    """Turns texts into unit vectors whose product is their likeness; remembers the newest.

    It may be used from several threads; one at a time computes.

    Args:
        folder: holds `encoder.onnx` and `vocab.txt`.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        options = onnxruntime.SessionOptions()
        # The desk shares its machine with what answers patients.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        # As the assistant has it: without it some processors saturate in int8.
        options.add_session_config_entry("session.x64quantprecision", "1")
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = BertWordPieceTokenizer(str(folder / "vocab.txt"), lowercase=True)
        self._tokenizer.enable_truncation(MAX_TOKENS)
        # By checksum: no words stay in memory.
        self._known: OrderedDict[bytes, Floats] = OrderedDict()
        self._lock = Lock()

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row for each text."""
        keys = [hashlib.sha256(text.encode(errors="replace")).digest() for text in texts]
        with self._lock:
            new = {key: text for key, text in zip(keys, texts, strict=True)}
            for key, text in new.items():
                if key not in self._known:
                    # One by one: in a batch the int8 network's vectors depend on their neighbours.
                    self._known[key] = self._computed(text)
            found = [self._known[key] for key in keys]
            for key in new:
                self._known.move_to_end(key)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return np.array(found, dtype=np.float32).reshape(len(texts), SIZE)

    def _computed(self, text: str) -> Floats:
        encoding = self._tokenizer.encode(text.encode(errors="replace").decode())
        feed = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        row: Floats = self._session.run(None, feed)[0][0]
        return row


@cache
def likeness() -> Likeness:
    """The encoder, opened at its first use."""
    return Likeness()
