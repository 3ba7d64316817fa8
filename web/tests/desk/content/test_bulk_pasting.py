"""What is pasted becomes questions, however it was copied."""

from hypothesis import given
from hypothesis import strategies as st

from desk.content.bulk.pasting import Pasted, read


def texts(paste: str) -> list[str]:
    return [one.text for one in read(paste)]


def test_each_line_is_a_question_and_empty_lines_are_none() -> None:
    assert read("why does my foot drag\n\n  \n  can  I drive? \n") == [
        Pasted(1, "", "why does my foot drag"),
        Pasted(4, "", "can I drive?"),
    ]


def test_two_columns_are_a_topic_and_a_question() -> None:
    assert read("brace/types\tis there a soft one\nWork\tcan I work") == [
        Pasted(1, "brace/types", "is there a soft one", 2),
        Pasted(2, "Work", "can I work", 2),
    ]


def test_the_marks_of_a_list_are_left_out() -> None:
    paste = "- one thing\n* another\n• a third\n3. the fourth\n12) the last"
    assert texts(paste) == ["one thing", "another", "a third", "the fourth", "the last"]
    assert texts("3.5 mm is it thick\n-5 degrees") == ["3.5 mm is it thick", "-5 degrees"]


def test_a_cell_in_quotes_may_go_over_lines() -> None:
    paste = 'brace/types\t"is there\na soft ""AFO"""\nbrace/shoes\twhich shoes'
    assert read(paste) == [
        Pasted(1, "brace/types", 'is there a soft "AFO"', 2),
        Pasted(3, "brace/shoes", "which shoes", 2),
    ]


def test_a_quote_that_nothing_ends_takes_no_other_line_with_it() -> None:
    assert texts('a\t"is it\nb\tmine') == ['"is it', "mine"]
    assert texts('a\t"is it\nmine') == ['"is it', "mine"]


def test_quotes_in_a_single_column_are_words() -> None:
    assert texts('"is there a soft one"\n"what') == ['"is there a soft one"', '"what']


def test_more_columns_are_noticed() -> None:
    assert read("a\tb\tc")[0].columns == 3
    assert read("a\tb\t\n")[0].columns == 2


@given(st.text(alphabet='ab"-. \t\n'))
def test_no_word_is_lost_and_no_line_counted_wrong(paste: str) -> None:
    found = read(paste)
    lines = paste.split("\n")
    assert [one.line for one in found] == sorted({one.line for one in found})
    assert all("\n" not in one.text and one.text == one.text.strip() for one in found)
    for letter in "ab":
        told = sum(one.text.count(letter) + one.target.count(letter) for one in found)
        alone = [line.split("\t", 1) for line in lines]
        empty = sum(row[0].count(letter) for row in alone if not "".join(row[1:]).strip(' "'))
        assert told <= paste.count(letter) <= told + empty
