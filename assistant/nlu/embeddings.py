"""The embeddings of what is learnt from, remembered from one training to the next.

Texts are embedded in groups, and the encoder's int8 arithmetic has one scale a group, so that a
text's vector depends a little on its neighbours. A vector is therefore remembered for a whole
group. Groups are cut where a text's own checksum says so (content-defined chunking, Muthitacharoen
et al. 2001, doi:10.1145/502034.502052): a text more or less changes its own group and no other.
What is remembered is what would be computed, to the last bit, so that nothing depends on it.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import numpy as np
import onnxruntime
import tokenizers

from assistant.nlu import encoder as encoding
from assistant.nlu.encoder import BATCH, SIZE, VOCABULARY, Encoder
from assistant.nlu.types import Floats

FEWEST = BATCH // 4
CUT_ONE_OF = BATCH // 2
KEYS, VECTORS, LENGTHS = "keys", "vectors", "lengths"


class Embeddings:
    """Embeds texts to learn from, on every processor there is."""

    def __init__(self, encoder: Encoder, file: Path | None = None) -> None:
        """Read what was remembered.

        Args:
            encoder: embeds what is new.
            file: where vectors are kept between trainings; None remembers nothing. A file that
                cannot be read counts as empty.
        """
        self._encoder = encoder
        self._file = file
        self._maker = _maker(encoder)
        self._remembered = _read(file) if file else {}
        self._used: dict[bytes, Floats] = {}

    def of(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts: float32 of shape (len(texts), SIZE), each row of length 1."""
        groups = list(grouped(texts))
        keys = [self._key(group) for group in groups]
        new = [n for n, key in enumerate(keys) if key not in self._remembered]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            made = pool.map(self._encoder.encode, [groups[n] for n in new])
            self._remembered |= dict(zip([keys[n] for n in new], made, strict=True))
        vectors: dict[str, Floats] = {}
        for key, group in zip(keys, groups, strict=True):
            self._used[key] = self._remembered[key]
            vectors |= zip(group, self._used[key], strict=True)
        rows = [vectors[text] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, SIZE), dtype=np.float32)

    def keep(self) -> None:
        """Write what was used; what was not is forgotten. A disk that is full stops nothing."""
        if self._file is None or not self._used:
            return
        unfinished = self._file.with_suffix(".unfinished.npz")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(
                unfinished,
                **{
                    KEYS: np.frombuffer(b"".join(self._used), dtype=np.uint8),
                    VECTORS: np.concatenate(list(self._used.values())),
                    LENGTHS: np.array([len(group) for group in self._used.values()]),
                },
            )
            unfinished.replace(self._file)

    def _key(self, group: Sequence[str]) -> bytes:
        return hashlib.sha256("\0".join([self._maker, *group]).encode()).digest()


def grouped(texts: Sequence[str]) -> Iterator[list[str]]:
    """Each text once, in groups of at most ``BATCH`` texts of like length.

    Where a group ends depends on the texts in it alone.
    """
    group: list[str] = []
    for text in sorted(set(texts), key=lambda text: (len(text), text)):
        group.append(text)
        ends = hashlib.sha256(text.encode()).digest()[0] % CUT_ONE_OF == 0
        if (ends and len(group) >= FEWEST) or len(group) == BATCH:
            yield group
            group = []
    if group:
        yield group


def _maker(encoder: Encoder) -> str:
    """A checksum of all that makes a vector, but for the texts."""
    digest = hashlib.sha256(encoder.checksum.encode())
    digest.update(VOCABULARY.read_bytes())
    digest.update(Path(encoding.__file__).read_bytes())
    for library in (onnxruntime, tokenizers, np):
        digest.update(f"{library.__name__} {library.__version__}".encode())
    return digest.hexdigest()


def _read(file: Path) -> dict[bytes, Floats]:
    width = hashlib.sha256().digest_size
    try:
        with np.load(file, allow_pickle=False) as arrays:
            keys, vectors, lengths = arrays[KEYS].tobytes(), arrays[VECTORS], arrays[LENGTHS]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    groups = np.split(vectors, np.cumsum(lengths)[:-1])
    return {keys[n * width : (n + 1) * width]: group for n, group in enumerate(groups)}
