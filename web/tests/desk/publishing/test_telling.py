"""How a report is told: its first sentence, its figures, and the square of what is confused."""

import json
from pathlib import Path

import pytest

from desk.publishing.report import telling
from desk.publishing.report.matrix import MOST, matrix
from desk.publishing.report.shape import STEPS, Confused, Figure, NoReport, Report, loaded, read
from desk.publishing.report.telling import headline, tables, written

MODEL = {"path": "/m", "checksum": "0"}


def report(**states: str) -> Report:
    steps = [
        {
            "id": id,
            "title": id.title(),
            "passed": states.get(id, "passed") == "passed",
            "state": states.get(id, "passed"),
            "findings": [{"wrong": "So."}, {"wrong": "Too.", "severity": "warning"}],
        }
        for id in STEPS
    ]
    broken = next((id for id, state in states.items() if state == "broken"), None)
    made = {"version": 1, "passed": not states, "broken": broken, "steps": steps, "model": MODEL}
    return read(made)


def test_the_first_sentence_says_whether_it_may_be_published_and_what_stops_it() -> None:
    assert headline(report()) == telling.MAY
    assert headline(report(lint="stopped")) == "This change is stopped by “Lint” (1 fault)."
    several = report(lint="stopped", safety="stopped", train="left out")
    assert headline(several) == (
        "This change is stopped by “Lint” (1 fault) and “Safety” (1 fault)."
    )
    assert headline(report(speed="broken", lint="stopped")) == telling.UNKNOWN


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "share", "none"),
        (0.9734, "share", "97.3 %"),
        (12.0, "ms", "12 ms"),
        (1.254, "s", "1.25 s"),
        (16132, "", "16,132"),
        (999, "bytes", "999 bytes"),
        (9679903, "bytes", "9.7 MB"),
        (9.9e12, "bytes", "9900.0 GB"),
    ],
)
def test_figures_are_written_for_people(value: float | None, unit: str, shown: str) -> None:
    assert written(value, unit) == shown


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (Figure(before=0.9, after=0.93, unit="share"), "+3.0 points"),
        (Figure(before=0.93, after=0.9, unit="share"), "\N{MINUS SIGN}3.0 points"),
        (Figure(before=5, after=5), "the same"),
        (Figure(before=20, after=12, unit="ms"), "\N{MINUS SIGN}8 ms"),
        (Figure(before=None, after=1), "new"),
        (Figure(before=1, after=None), "gone"),
    ],
)
def test_a_difference_is_told_with_its_direction(figure: Figure, said: str) -> None:
    (table,) = tables({"speed": {"a_turn": figure}})
    assert (table.rows[0].name, table.rows[0].difference) == ("a turn", said)


def test_the_groups_that_matter_most_come_first_and_new_ones_are_not_lost() -> None:
    figures = {name: {"x": Figure(after=1)} for name in ("moon_phase", "sizes", "accuracy")}
    assert [table.title for table in tables(figures)] == [
        "How well questions are understood",
        "Sizes",
        "Moon phase",
    ]


def test_sentences_that_got_worse_come_first() -> None:
    sides = [
        {"text": str(at), "right_before": before, "right_after": after}
        for at, (before, after) in enumerate([(False, True), (True, False), (False, False)])
    ]
    made = report().model_copy(update={"sides": read_sides(sides)})
    assert list(telling.sides(made)) == [
        "Right before, wrong now",
        "Wrong before, right now",
        "Wrong in another way",
    ]


def read_sides(raw: list[dict[str, object]]) -> object:
    made = {"version": 1, "passed": False, "steps": [], "sides": raw}
    return read(made).sides


def confused(label: str, other: str, count: int) -> Confused:
    return Confused.model_validate({"label": label, "as": other, "count": count})


def test_a_square_shows_who_is_taken_for_whom() -> None:
    drawn = matrix([confused("b", "a", 4), confused("a", "c", 1)], str.upper)
    assert drawn
    assert [name.text for name in drawn.names] == ["A", "B", "C"]
    first, second = drawn.cells
    assert (first.look, second.look) == (4, 1)
    assert first.title == "B, taken for A: 4"
    assert first.y > second.y
    assert matrix([], str) is None


def test_a_square_of_many_shows_the_most_frequent_and_says_how_many_it_leaves_out() -> None:
    many = [confused(f"x{at:02}", f"y{at:02}", at + 1) for at in range(30)]
    drawn = matrix(many, str)
    assert drawn
    assert len(drawn.names) <= MOST
    assert drawn.left_out == 30 - len(drawn.cells)
    assert max(cell.count for cell in drawn.cells) == 30


def test_a_square_may_have_one_row_for_what_is_taken_for_itself() -> None:
    drawn = matrix([confused("a", "a", 2)], str)
    assert drawn and len(drawn.names) == 1


def test_the_gates_own_sample_is_read() -> None:
    raw = json.loads(Path(__file__).with_name("sample_report.json").read_text())
    found = read(raw)
    assert found.steps and found.figures and found.sides and found.suspect


def test_what_a_database_cannot_keep_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    raw = {"version": 1, "passed": False, "steps": [], "said": "a\0b"}
    file.write_text(json.dumps(raw))
    assert loaded(file)["said"] == "ab"


def test_a_flood_is_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.publishing.report.shape.LARGEST", 10)
    file = tmp_path / "report.json"
    file.write_text(json.dumps({"version": 1, "passed": False, "steps": []}))
    with pytest.raises(NoReport, match="too large"):
        loaded(file)
    file.write_text("[" * 9)
    with pytest.raises(NoReport):
        loaded(file)
