"""Every check of the content lint; of what is live already only what cannot be read stops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from content.lint.again import Linter
from content.lint.documents import Document
from content.lint.files import SUFFIX, Files
from content.lint.problems import Place, Problem, Severity, error
from content.lint.sources import OPEN_IT
from deploy.train import DATA, ROOT
from gate.job import Job, Say
from gate.opened import opened
from gate.places import key_at
from gate.report import Figure, Finding, Result

KINDS = {
    "topics": "topics",
    "acts and small texts": "conversation",
    "red flags": "red_flags",
    "exercises": "exercises",
}
"""What is counted, each with its folder."""

_LINES = re.compile(r"(?<=:)\d+|(?<=line )\d+")


def check(job: Job, say: Say) -> Result:
    """Check the files of a change; what is new against the live content is shown."""
    linter = _linter()
    say(0.1, "reads what is live")
    known = {_plain(problem) for problem in _problems(linter, job, job.live)}
    say(0.6, "reads the change")
    problems = _problems(linter, job, job.data)
    files = opened(job.data)
    found = tuple(_findings(problems, files, known))
    errors = sum(one.severity is Severity.ERROR for one in found)
    said = f"{_count(errors, 'error')}, {_count(len(found) - errors, 'warning')} to know of"
    return Result(said, found, {"sizes": _sizes(files, opened(job.live))})


@lru_cache(maxsize=1)
def _linter() -> Linter:
    """One for both versions: most of their files are the same."""
    return Linter(ROOT)


def _problems(linter: Linter, job: Job, data: Path) -> list[Problem]:
    return [*linter.findings(data, DATA, {}, job.today), *_misnamed(data)]


def _misnamed(data: Path) -> Iterator[Problem]:
    """Files whose names keep everything from reading them."""
    files = opened(data)
    for path in sorted(data.rglob("*.yaml")):
        wrong = "nothing reads a file whose name ends in .yaml"
        place = Place(files.place(path.relative_to(data).as_posix()), 1)
        yield error(place, wrong, f"Let it end in {SUFFIX}.")


def _findings(
    problems: Sequence[Problem], files: Files, known: set[tuple[str, ...]]
) -> Iterator[Finding]:
    documents: dict[str, Document] = {}
    for problem in sorted(set(problems)):
        path = problem.place.path
        if path not in documents:
            documents[path] = files.document(path.removeprefix(f"{DATA}/"), "")
        document = documents[path]
        found = Finding(
            path=path,
            line=problem.place.line,
            key=key_at(document, problem.place.line),
            severity=problem.severity,
            wrong=problem.wrong,
            mend=problem.mend,
        )
        if _plain(problem) not in known or problem in document.problems:
            # What is live may wait for somebody to open it; nothing new may rest on it.
            stops = problem.mend == OPEN_IT
            yield replace(found, severity=Severity.ERROR) if stops else found
        elif problem.severity is Severity.ERROR:
            # Time, or a stricter lint, made it an error: this change does not make it worse.
            yield replace(found, severity=Severity.WARNING, known=True)


def _plain(problem: Problem) -> tuple[str, ...]:
    """What it says, whatever the line is today."""
    texts = (problem.place.path, problem.wrong, problem.mend)
    return tuple(_LINES.sub("", text) for text in texts)


def _sizes(files: Files, live: Files) -> dict[str, Figure]:
    counted = {
        name: Figure(len(live.below(folder)), len(files.below(folder)))
        for name, folder in KINDS.items()
    }
    return {"files": Figure(len(live.names), len(files.names)), **counted}


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
