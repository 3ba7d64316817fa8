"""Checksums: by them content and models are known to be those that were checked."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path


def of_content(data: Path) -> str:
    """The checksum of all content files: their places and what is in them.

    Raises:
        OSError: one cannot be read.
    """
    digest = hashlib.sha256()
    for file in files(data):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(data).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def of_file(file: Path) -> str:
    """The checksum of one file.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files(data: Path) -> Iterator[Path]:
    """All content files in their order, without those that editors and systems hide.

    Raises:
        OSError: a folder cannot be read.
    """
    found = []
    for folder, folders, names in os.walk(data, followlinks=True, onerror=_fail):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(folder, name) for name in names if not name.startswith(".")]
    return iter(sorted(found, key=lambda file: file.relative_to(data).as_posix()))


def _fail(error: OSError) -> None:
    raise error
