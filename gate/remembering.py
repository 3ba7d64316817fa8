"""What the gate worked out, kept in ``DORSI_HOME`` under a checksum of all that it comes from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from deploy.train import home

MOST = 12
"""How many files of one kind are kept: some versions of the content, each with its rivals."""


def checksum(*parts: object) -> str:
    """A checksum of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def of_files(paths: Iterable[Path]) -> str:
    """A checksum of what files hold, in that order; a folder stands for all that lies in it."""
    digest = hashlib.sha256()
    for path in paths:
        inside = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in inside:
            name = file.name if file == path else file.relative_to(path).as_posix()
            digest.update(f"{name}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def remembered(kind: str, key: str, make: Callable[[], Any]) -> Any:
    """What was made under this key before, or is made now.

    Args:
        kind: a name for what it is.
        key: a checksum of all that it depends on.
        make: makes it; anything that JSON can hold.
    """
    folder = home() / "gate" / kind
    file = folder / f"{key}.json"
    with suppress(OSError, ValueError):
        found = json.loads(file.read_text(encoding="utf-8"))
        os.utime(file)
        return found
    made = make()
    remember(kind, key, made)
    return made


def remember(kind: str, key: str, made: Any) -> None:
    """Keep something under a key; a disk that is full stops nothing."""
    folder = home() / "gate" / kind
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"part-{os.getpid()}-{key}"
        part.write_text(json.dumps(made), encoding="utf-8")
        part.replace(folder / f"{key}.json")
        _forget(folder)


def _forget(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST:]:
        file.unlink(missing_ok=True)
