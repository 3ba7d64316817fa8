"""The titles of what Dorsi talks about, from the content files: topics and red flags."""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from records.words import Level

log = logging.getLogger(__name__)

LOOKED_SECONDS = 20
_FOLDERS = ("topics", "conversation", "red_flags")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class RedFlag:
    """A red flag: its title, and how urgent it is at most."""

    title: str
    level: Level


@dataclass(frozen=True)
class Catalogue:
    """What there is to talk about, by its ids.

    `topics` are those that have an answer, `acts` the moves of conversation, such as a greeting.
    """

    topics: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, RedFlag] = field(default_factory=dict)

    def title(self, id: str) -> str:
        """The title of a topic or an act; the id itself where the files have it no more."""
        return self.topics.get(id) or self.acts.get(id) or id

    def flag(self, id: str) -> str:
        """The title of a red flag; the id itself where the files have it no more."""
        return self.flags[id].title if id in self.flags else id


def load(data: Path) -> Catalogue:
    """The catalogue, read anew only when a file has changed.

    A file that cannot be read is left out and logged: the desk works without its title.

    Args:
        data: the folder of the content files.
    """
    files = sorted(file for folder in _FOLDERS for file in (data / folder).rglob("*.yml"))
    return _read(data, tuple(_stamps(files)))


def recent(data: Path) -> Catalogue:
    """The same, maybe `LOOKED_SECONDS` old: looking at all files takes longer than a page."""
    return _recent(data, int(time.monotonic() // LOOKED_SECONDS))


@lru_cache(maxsize=2)
def _recent(data: Path, _: int) -> Catalogue:
    return load(data)


@lru_cache(maxsize=2)
def _read(data: Path, stamps: tuple[tuple[Path, int], ...]) -> Catalogue:
    bodies = list(_bodies(data, (file for file, _ in stamps)))
    return Catalogue(
        topics={id: title for kind, id, title, _ in bodies if kind == "topics"},
        acts={id: title for kind, id, title, _ in bodies if kind == "conversation"},
        flags={
            id: RedFlag(title, Level.named(body.get("level")))
            for kind, id, title, body in bodies
            if kind == "red_flags"
        },
    )


def _bodies(data: Path, files: Iterable[Path]) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    for file in files:
        try:
            body = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            log.warning("a content file cannot be read", extra={"reason": type(error).__name__})
            continue
        if isinstance(body, dict) and isinstance(body.get("id"), str):
            id = body["id"]
            yield file.relative_to(data).parts[0], id, str(body.get("title") or id), body


def _stamps(files: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    for file in files:
        try:
            yield file, file.stat().st_mtime_ns
        except OSError:
            continue
