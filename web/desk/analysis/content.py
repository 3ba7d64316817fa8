"""The content that is served, as far as the analysis reads it."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

log = logging.getLogger(__name__)

TOPICS, FACTS, SOURCES = "topics", "facts.yml", "sources.yml"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Topic:
    """A topic; `path` is that of its file in the repository."""

    id: str
    title: str
    path: str
    examples: int
    answer: Sequence[str]
    facts: Sequence[str]
    sources: Sequence[str]


@dataclass(frozen=True)
class Content:
    """What is served.

    Attributes:
        topics: by their ids.
        facts: what Dorsi must be able to say, by their ids.
        unverified: the titles of sources that nobody opened, by their ids.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    unverified: Mapping[str, str] = field(default_factory=dict)


def read(data: Path) -> Content:
    """The content of a folder, read anew only when a file has changed.

    A file that cannot be read is left out and logged.

    Args:
        data: the folder of the content files.
    """
    files = [*sorted((data / TOPICS).rglob("*.yml")), data / FACTS, data / SOURCES]
    stamps = tuple((file, file.stat().st_mtime_ns) for file in files if file.exists())
    return _read(data, stamps)


@lru_cache(maxsize=2)
def _read(data: Path, stamps: tuple[tuple[Path, int], ...]) -> Content:
    bodies = {file.relative_to(data).as_posix(): _body(file) for file, _ in stamps}
    topics = (_topic(path, body) for path, body in bodies.items() if path.startswith(TOPICS))
    sources = bodies.get(SOURCES, {})
    return Content(
        topics={topic.id: topic for topic in topics if topic},
        facts=dict(_facts(bodies.get(FACTS, {}))),
        unverified={
            id: str(source.get("title") or id)
            for id, source in sources.items()
            if isinstance(source, dict) and source.get("verified") is not True
        },
    )


def _body(file: Path) -> dict[str, Any]:
    try:
        body = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        log.warning("a content file cannot be read", extra={"reason": type(error).__name__})
        return {}
    return body if isinstance(body, dict) else {}


def _topic(path: str, body: Mapping[str, Any]) -> Topic | None:
    id = body.get("id")
    if not isinstance(id, str):
        return None
    return Topic(
        id=id,
        title=str(body.get("title") or id),
        path=f"data/{path}",
        examples=len(_texts(body, "examples")),
        answer=_texts(body, "answer"),
        facts=_texts(body, "facts"),
        sources=_texts(body, "sources"),
    )


def _facts(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for family in body.values():
        if isinstance(family, dict):
            yield from ((str(id), str(text)) for id, text in family.items())


def _texts(body: Mapping[str, Any], field: str) -> list[str]:
    found = body.get(field)
    return [str(one) for one in found] if isinstance(found, list) else []
