"""Content goes into a spreadsheet and back: untouched it changes nothing, touched what was."""

import csv
import io
from collections.abc import Callable, Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.content import shelf
from desk.content.shelf import Shelf
from desk.content.spreadsheet import planning, writing
from desk.content.spreadsheet.columns import KINDS, chosen
from desk.content.spreadsheet.decoding import table
from desk.content.spreadsheet.dry_run import DryRun, dry_run, rest
from desk.content.spreadsheet.planning import Content
from desk.errors import CannotBe
from editing.documents import Document
from editing.shapes import Kind
from tests.desk.content.files import Checkout
from tests.desk.content.small import FES, FILES, SHOES, TYPES

COMMIT = "c" * 40


class Texts:
    """Files that are given as texts."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def paths(self, under: str = "") -> list[str]:
        return [path for path in self.texts if path.startswith(under)]

    def read(self, path: str) -> str | None:
        return self.texts.get(path)


def remembered(texts: Mapping[str, str]) -> Callable[[str], Document]:
    documents: dict[str, Document] = {}

    def document(path: str) -> Document:
        if path not in documents:
            documents[path] = Document.parse(texts[path])
        return documents[path]

    return document


def content(texts: Mapping[str, str], made_of: Mapping[str, str] = FILES) -> Content:
    old = remembered(made_of)
    return Content(
        shelf.read(Texts(texts)),
        remembered(texts),
        lambda commit, path: old(path) if commit == COMMIT and path in made_of else None,
    )


def taken_out(kind: Kind, texts: Mapping[str, str] = FILES, family: str = "") -> str:
    there: Shelf = shelf.read(Texts(texts))
    items = chosen(there.of(kind), family)
    return "".join(writing.written(kind, items, remembered(texts), COMMIT))


def put_back(sheet: str | bytes, texts: Mapping[str, str] = FILES) -> DryRun:
    raw = sheet if isinstance(sheet, bytes) else sheet.encode()
    return dry_run(table(raw), content(texts))


def kept(run: DryRun, texts: Mapping[str, str] = FILES) -> Mapping[str, str]:
    return planning.edits(run.changing, lambda path: Document.parse(texts[path]))


def rows(sheet: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sheet, newline="")))


def written(rows: list[list[str]], separator: str = ",") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue()


def with_cell(column: str, id: str, value: str, kind: Kind = Kind.TOPIC) -> str:
    """A file that was taken out, with one cell changed."""
    found = rows(taken_out(kind))
    place = found[0].index(column)
    for row in found[1:]:
        if row[0] == id:
            row[place] = value
    return written(found)


@cache
def real() -> Mapping[str, str]:
    files = Checkout()
    return {path: files.read(path) or "" for path in files.paths("data")}


@pytest.mark.parametrize("kind", KINDS)
def test_all_real_content_comes_back_unchanged(kind: Kind) -> None:
    texts, sheet = real(), taken_out(kind, real())
    there = content(texts, texts)
    for encoding in ("utf-8-sig", "windows-1252"):
        run = dry_run(table(sheet.encode(encoding, "replace")), there)
        assert len(run.planned) > 0
        assert (run.problems, run.changing, run.unchanged) == ([], [], len(run.planned))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1)
LINES = st.lists(TEXT.map(str.strip).filter(bool), unique=True, min_size=1, max_size=6)


@settings(max_examples=60)
@given(title=TEXT, examples=LINES, answer=LINES, separator=st.sampled_from(",;\t"))
def test_whatever_content_there_may_be_comes_back_unchanged(
    title: str, examples: list[str], answer: list[str], separator: str
) -> None:
    document = Document.parse(FILES[TYPES])
    document.set(("title",), title)
    document.set(("examples",), examples)
    document.set(("answer",), answer)
    texts = {**FILES, TYPES: document.text()}
    sheet = written(rows(taken_out(Kind.TOPIC, texts)), separator)
    run = dry_run(table(sheet.encode()), content(texts, texts))
    assert (run.problems, run.changing, run.unchanged) == ([], [], 3)


def test_a_row_has_an_item_and_a_column_a_field() -> None:
    found = rows(taken_out(Kind.TOPIC, family="brace"))
    assert found[0] == [
        *("topic", "title", "scope", "examples", "answer", "see_someone", "follow_ups", "facts"),
        *("sources", "reviewed", "review_due", "made_of"),
    ]
    assert [row[0] for row in found[1:]] == ["brace/shoes", "brace/types"]
    assert found[2][3] == "what kinds are there\ncarbon: yes or no\n'=is it heavy"
    assert found[2][4] == "There are several kinds.\n\nSome are soft, and some are hard."
    assert {row[-1] for row in found[1:]} == {COMMIT}


def test_what_was_changed_is_said_and_kept_and_nothing_else() -> None:
    run = put_back(with_cell("title", "brace/types", "All braces"))
    [one] = run.changing
    [change] = one.changes
    assert (one.given.row, change.label) == (4 - 1, "Title")
    assert (change.before, change.after) == ("Kinds of brace", "All braces")
    assert run.unchanged == 2
    assert kept(run) == {TYPES: FILES[TYPES].replace("Kinds of brace", "All braces")}


def test_lists_are_changed_item_by_item() -> None:
    cell = "what kinds are there\n\nis one of them soft\n'=is it heavy"
    run = put_back(with_cell("examples", "brace/types", cell))
    new = FILES[TYPES].replace("carbon: yes or no", "is one of them soft")
    assert kept(run) == {TYPES: new}


def test_an_item_among_others_of_its_file_is_changed_alone() -> None:
    run = put_back(with_cell("verified", "mstrust", "TRUE", Kind.SOURCES))
    path = "data/sources.yml"
    assert kept(run) == {path: FILES[path].replace("verified: false", "verified: true")}


def test_a_field_that_need_not_be_there_goes_when_its_cell_is_empty() -> None:
    run = put_back(with_cell("see_someone", "fes/what_is", ""))
    assert kept(run) == {FES: FILES[FES].replace("see_someone: A physiotherapist knows.\n", "")}


@pytest.mark.parametrize("day", ["21/11/2026", "11/21/2026", "21.11.2026", "2026-11-21 "])
def test_a_day_that_the_spreadsheet_has_written_its_own_way_is_the_same(day: str) -> None:
    run = put_back(with_cell("reviewed", "brace/types", day))
    assert (run.problems, run.changing) == ([], [])


def test_letters_that_an_old_encoding_has_lost_are_no_change() -> None:
    texts = {**FILES, SHOES: FILES[SHOES].replace("title: Shoes", "title: Shoes → feet")}
    sheet = taken_out(Kind.TOPIC, texts).encode("windows-1252", "replace")
    run = dry_run(table(sheet), content(texts, texts))
    assert (run.problems, run.changing) == ([], [])


def test_a_long_list_goes_on_in_further_rows() -> None:
    document = Document.parse(FILES[TYPES])
    document.set(("examples",), [f"example number {number}" for number in range(600)])
    texts = {**FILES, TYPES: document.text()}
    sheet = taken_out(Kind.TOPIC, texts)
    assert [row[0] for row in rows(sheet)[1:]].count("brace/types") == 3
    assert max(len(cell) for row in rows(sheet) for cell in row) <= writing.MOST_LETTERS
    run = dry_run(table(sheet.encode()), content(texts, texts))
    assert (run.problems, run.changing) == ([], [])


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("title", "", "It is empty, and cannot be."),
        ("reviewed", "next week", "This is no day."),
        ("examples", "ring 07700 900123", "“07700 900123” looks like"),
        ("examples", "hello my name is Margaret", "“Margaret” looks like a name"),
    ],
)
def test_what_cannot_be_kept_is_named_by_row_and_column(column: str, value: str, said: str) -> None:
    run = put_back(with_cell(column, "brace/types", value))
    [problem] = run.problems
    assert (problem.row, problem.column) == (3, column)
    assert said in problem.mend
    assert run.changing == []
    assert run.left_out == 1


def test_a_wrong_choice_names_the_right_ones() -> None:
    run = put_back(with_cell("kind", "greet", "jolly", Kind.ACT))
    assert "smalltalk" in run.problems[0].mend


def test_rows_without_fault_can_be_kept_beside_others() -> None:
    found = rows(with_cell("title", "brace/types", "All braces"))
    found[1][found[0].index("title")] = ""
    raw = table(written(found).encode())
    run = dry_run(raw, content(FILES))
    assert [one.given.id for one in run.changing] == ["brace/types"]
    again = put_back(rest(raw, run))
    assert (again.problems, len(again.changing), again.unchanged) == ([], 1, 0)


def test_a_column_that_no_field_is_called_by_stops_all() -> None:
    found = rows(with_cell("title", "brace/types", "All braces"))
    found[0][1] = "titel"
    run = put_back(written(found))
    assert (run.problems[0].row, run.problems[0].column) == (1, "titel")
    assert run.problems[0].mend == "Write title, or delete the column."
    assert run.changing == ()


def test_a_column_that_is_there_twice_stops_all() -> None:
    found = [[*row, row[1]] for row in rows(taken_out(Kind.TOPIC))]
    run = put_back(written(found))
    assert run.stops
    assert run.problems[0].wrong == "the column is there twice"


def test_columns_and_rows_that_are_missing_change_nothing() -> None:
    run = put_back("topic,title\nbrace/types,All braces\n")
    assert list(kept(run)) == [TYPES]
    assert len(run.planned) == 1


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        ("topic,title\n,Lost\n", 2, "the row has no id"),
        ("topic,title\nbrace/typos,Lost\n", 2, "there is no topic of this id"),
        ("topic,title\nfes/what_is,A\nbrace/shoes,B\nfes/what_is,C\n", 4, "further up already"),
        ("topic,title\nfes/what_is,A,B\n", 2, "a cell stands below no name"),
        ("topic,title,made_of\nfes/what_is,A,abc\n", 2, "nothing is known of that commit"),
        ("topic,title\n", 1, "nothing below the heading"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(sheet: str, row: int, said: str) -> None:
    problem = put_back(sheet).problems[0]
    assert problem.row == row
    assert said in problem.wrong
    assert problem.mend


def test_a_table_that_does_not_say_what_it_holds_is_refused() -> None:
    with pytest.raises(CannotBe, match="one of topic, act"):
        put_back("id,title\nbrace/types,All\n")


def test_what_was_changed_since_the_file_was_made_is_not_undone_by_it() -> None:
    """The file says of the title what it was: nothing is to change, though it is another now."""
    now = {**FILES, TYPES: FILES[TYPES].replace("Kinds of brace", "Braces and splints")}
    untouched = dry_run(table(taken_out(Kind.TOPIC).encode()), content(now))
    assert (untouched.problems, untouched.changing) == ([], [])
    changed = dry_run(table(with_cell("title", "brace/types", "All braces").encode()), content(now))
    assert "Somebody changed it after the file was made." in changed.problems[0].mend
    assert "Braces and splints" in changed.problems[0].mend
