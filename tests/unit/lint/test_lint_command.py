"""The command that editors run, and what it says of the real data."""

from __future__ import annotations

from datetime import date

import pytest

from content.files import DATA
from content.lint import findings
from content.lint.__main__ import ROOT, main
from content.lint.problems import Severity
from content.lint.project import read_project

from .conftest import BRACE, CAUSE, SOURCES, Tiny

Captured = pytest.CaptureFixture[str]
SUMMARY = "10 files, 2 topics, 100 examples, "


def run(tiny: Tiny, *arguments: str) -> int:
    data = str(tiny.root / "data")
    return main(["--data", data, "--today", "2026-06-01", *arguments], tiny.root)


def test_data_without_fault_ends_well_with_a_summary(tiny: Tiny, capsys: Captured) -> None:
    assert run(tiny) == 0
    assert capsys.readouterr().out == f"{SUMMARY}0 errors, 0 warnings\n"


def test_a_warning_alone_ends_well(tiny: Tiny, capsys: Captured) -> None:
    tiny.edit(SOURCES, "verified: true", "verified: false")
    assert run(tiny) == 0
    assert capsys.readouterr().out.endswith(f"\n{SUMMARY}0 errors, 1 warning\n")


def test_an_error_ends_with_one(tiny: Tiny, capsys: Captured) -> None:
    tiny.edit(BRACE, "id: brace/types", "id: brace/kinds")
    assert run(tiny) == 1
    assert capsys.readouterr().out.endswith(f"\n{SUMMARY}1 error, 0 warnings\n")


def test_findings_are_sorted_by_path_and_line(tiny: Tiny, capsys: Captured) -> None:
    tiny.edit(CAUSE, "id: causes/stroke", "id: causes/strike")
    tiny.edit(BRACE, "  - nhs-foot-drop", "  - nhs")
    tiny.edit(BRACE, "facts: [T1]", "facts: [T1, X9]")
    run(tiny)
    places = [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()[:-1]]
    assert places == [tiny.place(BRACE, "facts"), tiny.place(BRACE, "- nhs"), f"{CAUSE}:1"]


def test_with_files_only_their_findings_count(tiny: Tiny, capsys: Captured) -> None:
    tiny.edit(CAUSE, "id: causes/stroke", "id: causes/strike")
    assert run(tiny, str(tiny.root / BRACE)) == 0
    assert run(tiny, str(tiny.root / CAUSE)) == 1


def test_an_example_that_two_files_share_is_shown_for_either(tiny: Tiny) -> None:
    tiny.edit(CAUSE, "- stroke question 3\n", "- brace question 3\n")
    assert run(tiny, str(tiny.root / BRACE)) == 1
    assert run(tiny, str(tiny.root / CAUSE)) == 1


@pytest.mark.parametrize(
    "arguments", [["--data", "/nowhere"], ["--today", "tomorrow"], ["nowhere.yml"]]
)
def test_wrong_arguments_are_refused(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "error: argument" in capsys.readouterr().err


def test_the_real_data_has_no_errors() -> None:
    # On the day of its last review, so that time alone does not break the build.
    found = findings(read_project(DATA, ROOT, date(2026, 11, 21)))
    assert [str(problem) for problem in found if problem.severity is Severity.ERROR] == []
