"""What has examples of how patients ask: topics, acts and aspects. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desk.content.bodies import body

EXAMPLES = "examples"
_ASPECTS = "aspects"
_ASPECTS_PATH = "data/conversation/aspects.yml"
TOPICS, ACTS = "data/topics/", "data/conversation/"


class Sort(StrEnum):
    """What it is that has examples, as the page names it."""

    TOPIC = "topic"
    ACT = "act"
    ASPECT = "aspect"


@dataclass(frozen=True)
class Listing:
    """The examples of one thing.

    Attributes:
        path: its file.
        key: where the examples stand in it.
        id: what it is called in other files.
        title: what people call it.
        sort: what it is.
        examples: how patients say it.
    """

    path: str
    key: tuple[str, ...]
    id: str
    title: str
    sort: Sort
    examples: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a form calls it by: no two have the same."""
        return f"{self.sort} {self.id}"


def listings(files: Mapping[str, str]) -> list[Listing]:
    """All that has examples.

    Args:
        files: the texts of the content files by their paths; others than those are left out, and
            so is what cannot be read.
    """
    return [one for path in sorted(files) for one in _of(path, files[path])]


def _of(path: str, text: str) -> Iterator[Listing]:
    if not path.startswith((TOPICS, ACTS)):
        return
    content = body(text)
    if path == _ASPECTS_PATH:
        for name, aspect in _mapping(content.get(_ASPECTS)).items():
            yield _listing(path, (_ASPECTS, str(name)), str(name), Sort.ASPECT, _mapping(aspect))
    elif isinstance(content.get("id"), str):
        sort = Sort.TOPIC if path.startswith(TOPICS) else Sort.ACT
        yield _listing(path, (), content["id"], sort, content)


def _listing(
    path: str, key: tuple[str, ...], id: str, sort: Sort, content: Mapping[str, Any]
) -> Listing:
    examples = content.get(EXAMPLES)
    return Listing(
        path=path,
        key=(*key, EXAMPLES),
        id=id,
        title=str(content.get("title") or id),
        sort=sort,
        examples=tuple(str(one) for one in examples) if isinstance(examples, list) else (),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
