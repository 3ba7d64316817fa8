"""All that the lint looks at, parsed once: the files of ``data/``, ``domain.yml`` and the code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from content.lint.code import Code, read_code
from content.lint.documents import Document, read
from content.lint.entries import Entry, Listing
from content.lint.files import SUFFIX, Files
from content.lint.problems import Problem
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


@dataclass(frozen=True)
class Project:
    """A project at the time of a check.

    ``today`` is the day by which reviews are due; ``around_flags`` is what is said around a red
    flag, whichever it is; ``guides`` are the files of the conversations that lead somebody through
    something, the coach's among them; ``unread`` is what is wrong with the files that no check
    looks into, such as those to learn from: they have to be readable at least.
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
    unread: tuple[Problem, ...] = ()

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
    return project_of(Files(data, shown(data, root)), root, today, read_code(root))


def project_of(files: Files, root: Path, today: date, code: Code) -> Project:
    """A project of content files that may lie anywhere; the rest is as with ``read_project``."""

    def several(pattern: str, schema: str) -> dict[str, Document]:
        found = files.matching(pattern)
        return {PurePosixPath(name).stem: files.document(name, schema) for name in found}

    def listed(name: str, schema: str) -> tuple[Document, ...]:
        """Of a file that a folder may do without."""
        return tuple(files.document(name, schema) for name in files.matching(name))

    topics = {
        name[len("topics/") : -len(SUFFIX)]: files.document(name, "topic")
        for name in files.below("topics")
    }
    acts = {
        PurePosixPath(name).stem: files.document(name, "act")
        for name in files.matching("conversation/*.yml")
        if PurePosixPath(name).stem not in NOT_ACTS
    }
    aspects, texts = (
        files.document(f"conversation/{name}.yml", name) for name in ("aspects", "texts")
    )
    regions, sources, facts, families = (
        files.document(f"{name}.yml", name) for name in ("regions", "sources", "facts", "families")
    )
    domain = read(root / "domain.yml", "domain.yml", "")
    red_flags = several("red_flags/*.yml", "red_flag")
    around = files.document("triage/general.yml", "")
    flag_files = (*red_flags.values(), around) if red_flags else ()
    # Without the check the signs are listed.
    checks = listed("safety_check.yml", "safety_check")
    exercises = several("exercises/*.yml", "exercise")
    guides = [
        Entry(id_, document)
        for pattern, schema in GUIDES.items()
        for id_, document in several(pattern, schema).items()
    ]
    words = listed("words.yml", "words")
    lists = (aspects, texts, regions, sources, facts, families, domain, *checks, *words)
    documents = (
        *topics.values(),
        *acts.values(),
        *lists,
        *flag_files,
        *exercises.values(),
        *(entry.document for entry in guides),
    )
    looked_into = {document.path for document in documents}
    rest = (name for name in files.names if files.place(name) not in looked_into)
    return Project(
        today=today,
        topics=_files(topics, files.place("topics")),
        acts=_files(acts, files.place("conversation")),
        aspects=_section(aspects, "aspects"),
        texts=_section(texts, "texts"),
        regions=_section(regions),
        sources=_section(sources),
        facts=facts,
        families=families,
        domain=domain,
        red_flags=_files(red_flags, files.place("red_flags")),
        around_flags=Entry("general", around),
        documents=documents,
        code=code,
        exercises=_files(exercises, files.place("exercises")),
        guides=tuple(guides),
        safety_check=Entry("safety_check", checks[0]) if checks else None,
        unread=tuple(fault for name in rest for fault in files.faults(name)),
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
