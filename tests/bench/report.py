"""Keeps each part's figures as JSON, and fills the tables of docs/bench.md between their marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from deploy.train import ROOT
from tests.bench import tables
from tests.bench.aims import aims
from tests.bench.figures import Figures
from tests.pages import filled, rounded

PAGE = "bench.md"
DOCS = ROOT / "docs"
TABLES: dict[str, Callable[[Figures], Iterable[str]]] = {
    "turns": tables.turns,
    "throughput": tables.throughput,
    "memory": tables.memory,
    "start": tables.start,
    "train": tables.train,
}


class Report:
    """A page and the figures beside it.

    Args:
        folder: where both are; the page's prose is copied there if it is another than ``docs``.
    """

    def __init__(self, folder: Path = DOCS) -> None:
        self._page, self._figures = folder / PAGE, folder / "bench"
        self._figures.mkdir(parents=True, exist_ok=True)
        if not self._page.exists():
            self._page.write_text((DOCS / PAGE).read_text(encoding="utf-8"), encoding="utf-8")

    def keep(self, part: str, found: Figures) -> None:
        """Keep a part's figures, with what was said of the machine, and write its table."""
        file = self._figures / f"{part}.json"
        unfinished = file.with_name(f"part-{file.name}")
        unfinished.write_text(json.dumps(rounded(found), indent=1) + "\n", encoding="utf-8")
        unfinished.replace(file)
        self._write()

    def kept(self, part: str) -> Figures | None:
        """A part's figures of the last run that finished it."""
        file = self._figures / f"{part}.json"
        if not file.exists():
            return None
        found: Figures = json.loads(file.read_text(encoding="utf-8"))
        return found

    def _write(self) -> None:
        page = self._page.read_text(encoding="utf-8")
        known = {part: found for part in TABLES if (found := self.kept(part))}
        for part, found in known.items():
            lines = [found["machine"], "", *TABLES[part](found["found"])]
            page = filled(page, f"bench:{part}", "\n".join(lines))
        judged = aims({part: found["found"] for part, found in known.items()})
        self._page.write_text(filled(page, "bench:aims", "\n".join(judged)), encoding="utf-8")
