"""What the workbench can tell of change requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk.changes.service import Draft
from desk.services import Services
from desk.workbench import folders
from desk.workbench.folders import Changes

FIRST = 60.0
"""So many seconds a question may take that reads models or all content, the first time."""


@dataclass(frozen=True)
class Finding:
    """What the lint says of one line; `other` is a second file that is part of it."""

    path: str
    line: int
    severity: str
    wrong: str
    mend: str
    other: str = ""


@dataclass(frozen=True)
class Measured:
    """How hard a text is to read.

    Attributes:
        grade: the US grade.
        most: the highest that it may have.
        words: how many.
        most_words: how many a message may have.
        sentences: how many.
        longest: words of the longest sentence.
        most_longest: how many a sentence may have.
        hard: words of three syllables and more, the worst first.
    """

    grade: float
    most: float
    words: int
    most_words: int
    sentences: int
    longest: int
    most_longest: int
    hard: Sequence[str]


@dataclass(frozen=True)
class Near:
    """An example of something else that nearly says the same.

    Attributes:
        text: what it was compared with.
        label: what the example teaches.
        title: what that is called.
        path: where the example stands.
        likeness: from 0 to 1.
        like: the example.
    """

    text: str
    label: str
    title: str
    path: str
    likeness: float
    like: str


@dataclass(frozen=True)
class Flagged:
    """A red flag that a sentence raises, and the words that raise it."""

    id: str
    level: str
    text: str


@dataclass(frozen=True)
class Understood:
    """What a model makes of a sentence.

    Attributes:
        decision: answer, clarify or fallback.
        label: what it is closest to.
        title: what that is called.
        confidence: from 0 to 1.
        candidates: the titles of what would be offered.
        labels: the titles of the likeliest, with their probability.
    """

    decision: str
    label: str
    title: str
    confidence: float
    candidates: Sequence[str]
    labels: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Model:
    """A trained model's file and the content it was trained on; None is what was installed."""

    file: Path | None = None
    data: Path | None = None

    def asked(self) -> dict[str, str | None]:
        """The arguments that name it."""
        return {
            "model": str(self.file) if self.file else None,
            "data": str(self.data) if self.data else None,
        }


async def findings(
    services: Services, draft: Draft, unsaved: Changes, paths: Sequence[str] | None
) -> list[Finding]:
    """What the lint finds in some files of a change request; in all of them for None.

    Raises:
        desk.workbench.client.Unavailable: nobody can say just now.
        desk.workbench.client.Refused: the paths are none of the content.
    """
    data, changes = await folders.of(services, draft, unsaved)
    listed = None if paths is None else list(paths)
    found = await services.workbench.ask(
        "lint", timeout=FIRST, data=str(data), changes=changes, paths=listed
    )
    return [Finding(**one) for one in found]


async def measured(services: Services, texts: Sequence[str]) -> list[Measured]:
    """How hard texts are to read, each by itself.

    Raises:
        desk.workbench.client.Unavailable: nobody can say just now.
    """
    found = await services.workbench.ask("measure", texts=list(texts))
    return [Measured(**one) for one in found["each"]]


async def near(
    services: Services, draft: Draft, unsaved: Changes, path: str, texts: Sequence[str]
) -> list[Near]:
    """Examples of other files that nearly say what some sentences say, the likest first.

    Raises:
        desk.workbench.client.Unavailable: nobody can say just now.
    """
    listed = list(texts)
    found = await nearest(services, draft, unsaved, path, listed)
    near = [
        _near(text, one)
        for text, several in zip(listed, found, strict=True)
        for one in several
        if one["near"]
    ]
    return sorted(near, key=lambda one: -one.likeness)


async def alike(services: Services, draft: Draft, text: str) -> list[Near]:
    """The examples that are likest to a sentence, however little."""
    (found,) = await nearest(services, draft, {}, None, [text])
    return [_near(text, one) for one in found]


async def nearest(
    services: Services, draft: Draft, unsaved: Changes, path: str | None, texts: Sequence[str]
) -> list[list[dict[str, Any]]]:
    """The nearest examples of files other than `path`, as the workbench gives them."""
    data, changes = await folders.of(services, draft, unsaved)
    found: list[list[dict[str, Any]]] = await services.workbench.ask(
        "near", timeout=FIRST, texts=list(texts), data=str(data), changes=changes, but=path
    )
    return found


async def understood(services: Services, text: str, model: Model) -> Understood:
    """What a model makes of a sentence.

    Raises:
        desk.workbench.client.Unavailable: nobody can say just now.
        desk.workbench.client.Refused: the model is not there.
    """
    found = await services.workbench.ask("understand", timeout=FIRST, text=text, **model.asked())
    return Understood(
        decision=found["decision"],
        label=found["label"],
        title=found["title"],
        confidence=found["confidence"],
        candidates=[one["title"] for one in found["candidates"]],
        labels=[(one["title"], one["probability"]) for one in found["labels"]],
    )


async def flagged(
    services: Services, text: str, data: Path | None, changes: Changes
) -> list[Flagged]:
    """The red flags that a sentence raises, by some content.

    Raises:
        desk.workbench.client.Unavailable: nobody can say just now.
        desk.workbench.client.Refused: the content's red flags cannot be read; it says why.
    """
    found = await services.workbench.ask(
        "screen",
        timeout=FIRST,
        text=text,
        data=str(data) if data else None,
        changes=dict(changes),
    )
    return [Flagged(one["id"], one["level"], one["text"]) for one in found["flags"]]


def _near(text: str, one: dict[str, Any]) -> Near:
    likeness = max(one["likeness"], one["spelling"]) if one["near"] else one["likeness"]
    return Near(text, one["label"], one["title"], one["path"], likeness, one["text"])
