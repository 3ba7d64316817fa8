"""Content folders, of which most files are the same: each is read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from content.lint.documents import Document, parsed
from content.lint.files import Files
from deploy.train import DATA

REMEMBERED = 2_000


def opened(folder: Path) -> Files:
    """The files of a content folder, called as editors know them."""
    return Files(folder, DATA, parse=_parsed)


@lru_cache(maxsize=REMEMBERED)
def _parsed(raw: bytes, shown: str, schema: str) -> Document:
    return parsed(raw, shown, schema)
