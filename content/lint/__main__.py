"""``python -m content.lint``: print what is wrong in ``data/`` and how to mend it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from content.files import DATA
from content.lint import findings
from content.lint.problems import Problem, Severity
from content.lint.project import Project, read_project, shown

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Check the data and print one line a finding, then a summary.

    Args:
        arguments: those of the command line.
        root: the folder of ``domain.yml`` and the code.

    Returns:
        The exit status: 1 if there is an error, 0 with warnings alone.
    """
    options = _options(arguments)
    project = read_project(options.data.resolve(), root.resolve(), options.today)
    problems = findings(project)
    if options.files:
        problems = _of_files(problems, {shown(file, root.resolve()) for file in options.files})
    for problem in problems:
        print(problem)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    print(_summary(project, errors, len(problems) - errors))
    return 1 if errors else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m content.lint", description=__doc__)
    parser.add_argument("--data", type=_folder, default=DATA, help="the folder to check")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=date.today(),
        metavar="YYYY-MM-DD",
        help="the day by which reviews are due",
    )
    parser.add_argument(
        "files", type=_file, nargs="*", metavar="FILE", help="print findings of these files alone"
    )
    return parser.parse_args(arguments)


def _folder(name: str) -> Path:
    if not Path(name).is_dir():
        raise argparse.ArgumentTypeError(f"{name} is not a folder")
    return Path(name)


def _file(name: str) -> Path:
    if not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"{name} is not a file")
    return Path(name)


def _of_files(problems: Sequence[Problem], files: set[str]) -> list[Problem]:
    """Of one file's double in another, an editor of either has to know."""
    return [p for p in problems if p.place.path in files or p.other in files]


def _summary(project: Project, errors: int, warnings: int) -> str:
    examples = sum(len(entry.texts("examples")) for entry in project.speakers)
    counts = (
        (len(project.documents), "file"),
        (len(project.topics), "topic"),
        (examples, "example"),
        (errors, "error"),
        (warnings, "warning"),
    )
    return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts)


if __name__ == "__main__":
    sys.exit(main())
