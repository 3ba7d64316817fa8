"""A draft: a folder of content and what differs from it."""

from __future__ import annotations

import hashlib
import shutil
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from content.files import DATA, CatalogueError
from content.lint.documents import parsed
from content.lint.files import SUFFIX
from triage.files import KnowledgeError
from workbench.serving import Cannot

SHOWN = "data"
"""The folder of the content as editors know it, wherever it lies."""
LACKS = "The draft lacks something, or names what there is not"
SEE = "Its findings say where."
KEPT = 12
"""So many drafts' folders stay for the next question."""

Changes = Mapping[str, str | None]
"""Texts by path, such as "data/regions.yml"; None is for a deleted file."""


def overlay(changes: Changes | None) -> dict[str, str | None]:
    """Changes by their names in the folder of the content; what is not of it is left out.

    Raises:
        Cannot: a path leads out of the folder.
    """
    found = {}
    for path, text in (changes or {}).items():
        if not path.startswith(f"{SHOWN}/"):
            continue
        name = path[len(SHOWN) + 1 :]
        if any(part in ("", ".", "..") for part in name.split("/")) or "\0" in name:
            raise Cannot(f"{path} is no path of the content.")
        found[name] = text
    return found


class Drafts:
    """Folders that hold drafts, for code that reads folders; gone with the process."""

    def __init__(self) -> None:
        """Begin with none."""
        self._home = TemporaryDirectory(prefix="dorsi-workbench-")
        self._kept: OrderedDict[str, Path] = OrderedDict()
        self._lock = Lock()

    def folder(self, data: str | None, changes: Changes | None, *only: str) -> Path:
        """The folder of a draft; the same for the same content.

        Args:
            data: the folder it begins with; that which is served if not given.
            changes: what differs from it.
            only: the folders in it that are wanted; all if there are none.

        Raises:
            Cannot: a changed file cannot be read; the text says where and why.
        """
        base = Path(data) if data else DATA
        names = {path.relative_to(base).as_posix(): path for path in base.rglob(f"*{SUFFIX}")}
        own = {n: text for n, text in overlay(changes).items() if _wanted(n, only)}
        kept = {n: path for n, path in names.items() if _wanted(n, only) and n not in own}
        key = _key(kept, own)
        with self._lock:
            folder = self._kept.pop(key, None) or self._made(key, kept, own)
            self._kept[key] = folder
            while len(self._kept) > KEPT:
                _, old = self._kept.popitem(last=False)
                shutil.rmtree(old.parent, ignore_errors=True)
        return folder

    def _made(self, key: str, kept: Mapping[str, Path], own: Changes) -> Path:
        for name, text in own.items():
            if text is not None and name.endswith(SUFFIX):
                document = parsed(text.encode("utf-8", "surrogatepass"), f"{SHOWN}/{name}", "")
                if document.problems:
                    raise Cannot(str(document.problems[0]))
        folder = Path(self._home.name) / key / SHOWN
        for name, path in kept.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(path.resolve())
        for name, text in own.items():
            if text is not None:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        return folder


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Turns what is wrong with content into an answer that names the file as editors know it."""
    try:
        yield
    except (CatalogueError, KnowledgeError) as failure:
        raise Cannot(str(failure).replace(str(folder), SHOWN)) from failure
    except (AttributeError, KeyError, TypeError) as failure:
        # A draft need not be whole: a button may lead to what was deleted.
        raise Cannot(f"{LACKS} ({failure}). {SEE}") from failure


def _wanted(name: str, only: tuple[str, ...]) -> bool:
    return not only or name.split("/")[0] in only


def _key(kept: Mapping[str, Path], own: Changes) -> str:
    digest = hashlib.sha256()
    for path in sorted(kept.values()):
        status = path.stat()
        digest.update(f"{path}\0{status.st_mtime_ns}\0{status.st_size}\0".encode())
    for name, text in sorted(own.items()):
        digest.update(f"{name}\0{text is None}\0{text}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:32]
