"""Of each question that is pasted it is said what becomes of it, and why."""

import pytest

from desk.content.bulk import judging, pasting
from desk.content.bulk.judging import LONGEST, Alike, Judged, Verdict
from desk.content.listings import Listing, Sort

BRACE = Listing(
    "data/topics/brace/types.yml",
    ("examples",),
    "brace/types",
    "Kinds of brace",
    Sort.TOPIC,
    ("What kinds are there?", "carbon or plastic"),
)
THANKS = Listing(
    "data/conversation/thanks.yml", ("examples",), "thanks", "Thanks", Sort.ACT, ("ta very much",)
)
ALL = [BRACE, THANKS]


def judged(paste: str, default: Listing | None = BRACE) -> list[Judged]:
    return judging.judge(pasting.read(paste), default, ALL)


def one(paste: str, default: Listing | None = BRACE) -> Judged:
    [found] = judged(paste, default)
    return found


def test_a_new_question_is_taken() -> None:
    found = one("is there a soft one")
    assert (found.verdict, found.target, found.said) == (Verdict.TAKEN, BRACE, "It is new.")


def test_what_is_there_already_is_left_out_whatever_its_case_and_marks() -> None:
    assert one("what kinds are there").verdict is Verdict.THERE


def test_what_stands_twice_in_the_paste_is_taken_once() -> None:
    first, second = judged("is there a soft one\n\nIs there a soft one?")
    assert first.verdict is Verdict.TAKEN
    assert second.verdict is Verdict.DOUBLED
    assert "line 1" in second.said


def test_what_something_else_has_is_left_there() -> None:
    found = one("Ta very much!")
    assert found.verdict is Verdict.ELSEWHERE
    assert "“Thanks” (thanks)" in found.said


@pytest.mark.parametrize("name", ["thanks", "Thanks", "THANKS"])
def test_the_first_column_is_an_id_or_a_title(name: str) -> None:
    assert one(f"{name}\tcheers").target == THANKS


def test_a_title_that_two_have_is_nobodys() -> None:
    other = Listing("x", ("examples",), "brace/kinds", "Kinds of brace", Sort.TOPIC, ())
    rows = pasting.read("kinds of brace\tsoft ones")
    assert judging.judge(rows, BRACE, [*ALL, other])[0].verdict is Verdict.NOWHERE


def test_what_belongs_to_nothing_is_not_taken() -> None:
    found = one("brase/types\tis there a soft one")
    assert found.verdict is Verdict.NOWHERE
    assert "brase/types" in found.said
    assert "Choose it above" in one("is there a soft one", None).said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ring me on 07700 900123 about my brace", "07700 900123"),
        ("my mail is ann.lee@example.org", "ann.lee@example.org"),
        ("I live at 14 Mill Lane, Leeds LS1 4AB", "14 Mill Lane"),
    ],
)
def test_numbers_and_addresses_of_people_never_come_in(text: str, shown: str) -> None:
    found = one(text)
    assert found.verdict is Verdict.PERSONAL
    assert shown in found.said
    assert found.verdict not in judging.CHOICES


def test_a_name_is_held_back_until_somebody_says_that_it_is_none() -> None:
    found = one("hello my name is Margaret, which brace is softest")
    assert found.verdict is Verdict.NAMED
    assert "“Margaret”" in found.said
    assert judging.CHOICES[found.verdict] is False


def test_what_is_too_long_is_told_by_how_much() -> None:
    found = one("soft " * 100)
    assert found.verdict is Verdict.LONG
    assert f"499 characters of at most {LONGEST}" in found.said


def test_signs_alone_are_no_question() -> None:
    assert one("?!").verdict is Verdict.WORDLESS


def test_more_than_two_columns_are_not_guessed_at() -> None:
    assert one("brace/types\tis there\ta soft one").verdict is Verdict.COLUMNS


def test_what_is_much_like_another_topics_is_held_back() -> None:
    first, second = judging.near(
        judged("is there a soft one\nand a hard one"),
        {"is there a soft one": Alike("are there soft shoes", "Shoes")},
    )
    assert first.verdict is Verdict.NEAR
    assert "“are there soft shoes” of “Shoes”" in first.said
    assert second.verdict is Verdict.TAKEN


def test_what_is_refused_for_another_reason_stays_refused() -> None:
    [found] = judging.near(
        judged("ta very much"), {"ta very much": Alike("thanks a lot", "Thanks")}
    )
    assert found.verdict is Verdict.ELSEWHERE
