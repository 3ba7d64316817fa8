"""All that the lint looks at, parsed once: the files of ``data/``, ``domain.yml`` and the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from content.lint.code import Code, read_code
from content.lint.documents import Document, read
from content.lint.problems import Place
from content.load import NOT_ACTS

GUIDES = {
    "coach/goals.yml": "coach_goals",
    "coach/readiness.yml": "coach_readiness",
    "coach/feelings.yml": "coach_feelings",
    "coach/texts.yml": "coach_texts",
    "coach/asides.yml": "coach_asides",
    "coach/commands/*.yml": "coach_command",
    "coach/signs/*.yml": "coach_sign",
    "recovery.yml": "recovery",
    "progress.yml": "progress",
    "summary.yml": "summary",
    "gateway.yml": "gateway",
}
"""Files of guided conversations under ``data/``, each with its schema."""


class Text(NamedTuple):
    """Words somebody wrote, and where they stand."""

    words: str
    place: Place


@dataclass(frozen=True)
class Entry:
    """One thing an editor owns: a topic, an act, an aspect, a text, a region or a source.

    What has the wrong type is left out here; the schema names it.
    """

    id: str
    document: Document
    steps: tuple[str, ...] = ()

    @property
    def body(self) -> Mapping[str, Any]:
        """Its fields."""
        body: Any = self.document.content
        for step in self.steps:
            body = body.get(step)
        return body if isinstance(body, dict) else {}

    def place(self, *steps: str | int) -> Place:
        """Where it stands, or one of its fields."""
        return self.document.place(*self.steps, *steps)

    def text(self, name: str) -> Text | None:
        """The text of a field, if it has one."""
        value = self.body.get(name)
        return Text(value, self.place(name)) if isinstance(value, str) else None

    def items(self, name: str) -> list[Any]:
        """What a field's list holds; nothing for a field without one."""
        items = self.body.get(name)
        return items if isinstance(items, list) else []

    def texts(self, name: str) -> list[Text]:
        """The texts of a field that holds a list."""
        return [
            Text(item, self.place(name, index))
            for index, item in enumerate(self.items(name))
            if isinstance(item, str)
        ]


class Listing(dict[str, Entry]):
    """Entries by id.

    Attributes:
        path: the file or folder they are in, as shown to the editor.
        complete: false when something there could not be read: what seems to lack may be in it.
    """

    def __init__(self, entries: Mapping[str, Entry], path: str, complete: bool = True) -> None:
        """Hold ``entries``."""
        super().__init__(entries)
        self.path = path
        self.complete = complete


@dataclass(frozen=True)
class Project:
    """A project at the time of a check.

    ``today`` is the day by which reviews are due; ``around_flags`` is what is said around a red
    flag, whichever it is; ``guides`` are the files of the conversations that lead somebody through
    something, the coach's among them.
    """

    today: date
    topics: Listing
    acts: Listing
    aspects: Listing
    texts: Listing
    regions: Listing
    sources: Listing
    facts: Document
    families: Document
    domain: Document
    red_flags: Listing
    around_flags: Entry
    documents: tuple[Document, ...]
    code: Code
    exercises: Listing
    guides: tuple[Entry, ...] = ()
    safety_check: Entry | None = None

    @property
    def speakers(self) -> Iterator[Entry]:
        """What people's messages lead to: all that has examples."""
        for listing in (self.topics, self.acts, self.aspects):
            yield from listing.values()


def read_project(data: Path, root: Path, today: date) -> Project:
    """Read a project.

    Args:
        data: the folder an editor owns.
        root: the folder that holds ``domain.yml`` and the code which uses the data.
        today: the day by which reviews are due.
    """

    def open_(path: Path, schema: str) -> Document:
        return read(path, shown(path, root), schema)

    talk = data / "conversation"
    topics = {
        path.relative_to(data / "topics").with_suffix("").as_posix(): open_(path, "topic")
        for path in sorted((data / "topics").rglob("*.yml"))
    }
    acts = {p.stem: open_(p, "act") for p in sorted(talk.glob("*.yml")) if p.stem not in NOT_ACTS}
    aspects, texts = (open_(talk / f"{name}.yml", name) for name in ("aspects", "texts"))
    regions, sources, facts, families = (
        open_(data / f"{name}.yml", name) for name in ("regions", "sources", "facts", "families")
    )
    domain = open_(root / "domain.yml", "")
    red_flags = {p.stem: open_(p, "red_flag") for p in sorted((data / "red_flags").glob("*.yml"))}
    around = open_(data / "triage" / "general.yml", "")
    flag_files = (*red_flags.values(), around) if red_flags else ()
    # A folder may do without the check: the signs are listed then.
    path = data / "safety_check.yml"
    check = Entry("safety_check", open_(path, "safety_check")) if path.exists() else None
    checks = () if check is None else (check.document,)
    exercises = {p.stem: open_(p, "exercise") for p in sorted((data / "exercises").glob("*.yml"))}
    guides = [
        Entry(path.stem, open_(path, schema))
        for pattern, schema in GUIDES.items()
        for path in sorted(data.glob(pattern))
    ]
    path = data / "words.yml"
    words = (open_(path, "words"),) if path.exists() else ()
    lists = (aspects, texts, regions, sources, facts, families, domain, *checks, *words)
    return Project(
        today=today,
        topics=_files(topics, shown(data / "topics", root)),
        acts=_files(acts, shown(talk, root)),
        aspects=_section(aspects, "aspects"),
        texts=_section(texts, "texts"),
        regions=_section(regions),
        sources=_section(sources),
        facts=facts,
        families=families,
        domain=domain,
        red_flags=_files(red_flags, shown(data / "red_flags", root)),
        around_flags=Entry("general", around),
        documents=(
            *topics.values(),
            *acts.values(),
            *lists,
            *flag_files,
            *exercises.values(),
            *(entry.document for entry in guides),
        ),
        code=read_code(root),
        exercises=_files(exercises, shown(data / "exercises", root)),
        guides=tuple(guides),
        safety_check=check,
    )


def shown(path: Path, root: Path) -> str:
    """A file's path as the editor knows it."""
    path = path.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _files(documents: Mapping[str, Document], path: str) -> Listing:
    entries = {id_: Entry(id_, document) for id_, document in documents.items()}
    return Listing(entries, path, complete=all(d.readable for d in documents.values()))


def _section(document: Document, *steps: str) -> Listing:
    section = Entry("", document, steps).body
    entries = {id_: Entry(id_, document, (*steps, id_)) for id_ in section}
    return Listing(entries, document.path, complete=document.readable and bool(entries))
