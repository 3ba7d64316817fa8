"""The lint of content that is being written: again and again, a few letters later."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

from content.lint import OF_ALL, OF_ONE_FILE
from content.lint.code import read_code
from content.lint.documents import Document, parsed
from content.lint.entries import Entry, Listing
from content.lint.examples import Comparison
from content.lint.files import Files
from content.lint.problems import Problem
from content.lint.project import Project, project_of

REMEMBERED = 1_000
"""Files as they were at some time: three times all there are."""


class Linter:
    """Finds what ``content.lint.findings`` finds, and looks only at what is new.

    It is not to be used from several threads.
    """

    def __init__(self, root: Path) -> None:
        """Lint for the code in ``root``, which is read once."""
        self._root = root
        self._code = read_code(root)
        self._comparison = Comparison()
        self._documents: OrderedDict[tuple[str, str, bytes], Document] = OrderedDict()
        self._found: WeakKeyDictionary[Document, tuple[date, list[Problem]]] = WeakKeyDictionary()

    def findings(
        self, data: Path, shown: str, changes: Mapping[str, str | None], today: date
    ) -> list[Problem]:
        """Everything that is wrong, by path and line.

        Args:
            data: the folder of the content files.
            shown: what editors know it as.
            changes: texts that stand for files of these names in it; None is for a deleted one.
            today: the day by which reviews are due.
        """
        files = Files(data, shown, changes, self._parsed)
        project = project_of(files, self._root, today, self._code)
        return sorted(set(self._all(project)))

    def _all(self, project: Project) -> Iterator[Problem]:
        for document in project.documents:
            yield from self._of(document, project)
        yield from project.unread
        for check in OF_ALL:
            yield from check(project)
        yield from self._comparison.check(project)

    def _of(self, document: Document, project: Project) -> list[Problem]:
        """What is wrong with one file by itself."""
        known = self._found.get(document)
        if known and known[0] == project.today:
            return known[1]
        alone = _alone(document, project)
        found = [problem for check in OF_ONE_FILE for problem in check(alone)]
        self._found[document] = (project.today, found)
        return found

    def _parsed(self, raw: bytes, shown: str, schema: str) -> Document:
        key = (shown, schema, hashlib.sha256(raw).digest())
        document = self._documents.pop(key, None) or parsed(raw, shown, schema)
        self._documents[key] = document
        while len(self._documents) > REMEMBERED:
            self._documents.popitem(last=False)
        return document


def _alone(document: Document, project: Project) -> Project:
    """A project of one file."""

    def of(listing: Listing) -> Listing:
        own = {id_: entry for id_, entry in listing.items() if entry.document is document}
        return Listing(own, listing.path, listing.complete)

    def among(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return tuple(entry for entry in entries if entry.document is document)

    return replace(
        project,
        topics=of(project.topics),
        acts=of(project.acts),
        aspects=of(project.aspects),
        texts=of(project.texts),
        regions=of(project.regions),
        sources=of(project.sources),
        red_flags=of(project.red_flags),
        exercises=of(project.exercises),
        guides=among(project.guides),
        documents=(document,),
        unread=(),
    )
