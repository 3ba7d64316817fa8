"""Rankers that learnt the very same before are read, not fitted again.

A fitted ranker is kept under a checksum of all that it comes from: texts, labels, vectors,
settings, the code that fits it and the libraries. An answer reworded changes none of these. What
is read is what would be fitted.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from zipfile import BadZipFile

import numpy as np
import scipy
import sklearn

from assistant.nlu import letters, meaning
from assistant.nlu import ranker as ranking
from assistant.nlu.encoder import Encoder
from assistant.nlu.ranker import Ranker
from assistant.nlu.types import Floats


class Fits:
    """Fits rankers, or reads them where they are remembered."""

    def __init__(self, encoder: Encoder, folder: Path | None = None) -> None:
        """Use ``encoder`` in each ranker; ``folder`` holds those remembered, None is for none."""
        self._encoder = encoder
        self._folder = folder
        self._used: set[str] = set()

    def of(
        self,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Floats,
        settings: dict[str, float],
    ) -> Ranker:
        """A ranker that has learnt texts, one label and one vector each: see :class:`Ranker`."""
        key = _key(texts, labels, vectors, settings)
        self._used.add(key)
        if self._folder is not None:
            # Whatever is wrong with a file, it is fitted anew and the file replaced.
            with suppress(OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile):
                return Ranker.load(self._folder / key, self._encoder)
        fitted = Ranker(self._encoder, settings)
        fitted.fit(texts, labels, vectors)
        if self._folder is not None:
            _keep(fitted, self._folder / key)
        return fitted

    def forget_others(self) -> None:
        """Delete what this training did not use."""
        if self._folder is None or not self._folder.exists():
            return
        for path in self._folder.iterdir():
            if path.name not in self._used:
                shutil.rmtree(path, ignore_errors=True)


def _keep(fitted: Ranker, target: Path) -> None:
    """Write a ranker whole or not at all; a disk that is full stops nothing."""
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        unfinished = Path(mkdtemp(dir=target.parent))
        fitted.save(unfinished)
        unfinished.rename(target)


def _key(
    texts: Sequence[str], labels: Sequence[str], vectors: Floats, settings: dict[str, float]
) -> str:
    digest = hashlib.sha256(json.dumps([list(texts), list(labels), settings]).encode())
    digest.update(np.ascontiguousarray(vectors).tobytes())
    for module in (ranking, meaning, letters):
        digest.update(Path(str(module.__file__)).read_bytes())
    for library in (sklearn, scipy, np):
        digest.update(f"{library.__name__} {library.__version__}".encode())
    return digest.hexdigest()
