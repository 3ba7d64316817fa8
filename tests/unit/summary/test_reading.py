"""What is typed about the draft, read as a command."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.summary.draft import Waits
from actions.summary.values import Command, Kind

from .reviewing import READER

REMOVE, LAST = Kind.REMOVE, -1


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("remove 2", (2,)),
        ("Remove number 10", (10,)),
        ("remove no. 3", (3,)),
        ("erase #3", (3,)),
        ("take out number 3", (3,)),
        ("take number 3 out", (3,)),
        ("take 2 out please", (2,)),
        ("delete the second one", (2,)),
        ("delet the 2nd one please", (2,)),
        ("remvoe 1 and 3", (1, 3)),
        ("remove 1, 3 and 4", (1, 3, 4)),
        ("remove 2-4", (2, 3, 4)),
        ("remove lines 2 to 4", (2, 3, 4)),
        ("get rid of the last one", (LAST,)),
        ("please remove number four", (4,)),
        ("can you take out the first line", (1,)),
        ("i want you to delete 5", (5,)),
        ("cross out 5", (5,)),
        ("don't include 2", (2,)),
        ("dont mention number 3", (3,)),
        ("leave out 2", (2,)),
        ("drop 2", (2,)),
        ("cut 3 please", (3,)),
        ("2 out", (2,)),
        ("number 3 should go", (3,)),
        ("number 2 please delete", (2,)),
        ("no wait, remove 2", (2,)),
        ("yes but take out 2", (2,)),
        ("ok, remove 2 from the list", (2,)),
    ],
)
def test_lines_are_taken_out_by_number(text: str, numbers: tuple[int, ...]) -> None:
    assert READER.read(text) == Command(REMOVE, numbers)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("remove the bit about pain", "pain"),
        ("delete the line with the rug", "rug"),
        ("take out the part about my brace", "my brace"),
        ("remove something", ""),
        ("delete", ""),
        ("remove a line", ""),
    ],
)
def test_lines_are_taken_out_by_their_words_or_the_number_is_asked(text: str, words: str) -> None:
    assert READER.read(text) == Command(REMOVE, text=words)


@pytest.mark.parametrize("text", ["remove everything", "delete all of it", "take out all of them"])
def test_everything_can_be_taken_out(text: str) -> None:
    assert READER.read(text) == Command(REMOVE, everything=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("add that I fell on Monday", "I fell on Monday"),
        ("Add: my left knee hurts", "my left knee hurts"),
        ('add "my left knee hurts".', "my left knee hurts"),
        ("also I get tired at noon", "I get tired at noon"),
        ("and also my hip hurts", "my hip hurts"),
        ("please add my leg is cold at night.", "my leg is cold at night."),
        ("can you write down that I use a stick", "I use a stick"),
        ("put in that I wear a brace", "I wear a brace"),
        ("ad that i live alone", "i live alone"),
        ("mention that I can't sleep", "I can't sleep"),
        ("note: I fall when tired", "I fall when tired"),
        ("include that my mum had MS", "my mum had MS"),
        ("tell my doctor I am scared of falling", "I am scared of falling"),
        ("add I slept 3-4 hours", "I slept 3-4 hours"),
        ("yes and add that I trip", "I trip"),
        ("add something", ""),
        ("add", ""),
        ("I want to add something", ""),
    ],
)
def test_words_to_add_are_taken_as_they_were_typed(text: str, words: str) -> None:
    assert READER.read(text) == Command(Kind.ADD, text=words)
    assert words in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("add a question: can I drive?", "can I drive?"),
        ("ask him if I can drive", "if I can drive"),
        ("ask my doctor about the brace", "about the brace"),
        ("add another question", ""),
    ],
)
def test_a_question_to_the_doctor_is_known_as_one(text: str, words: str) -> None:
    assert READER.read(text) == Command(Kind.ADD, text=words, question=True)


@pytest.mark.parametrize(
    ("text", "number", "words"),
    [
        ('change 2 to "my right foot"', 2, "my right foot"),
        ("change number 1: it began in May", 1, "it began in May"),
        ("chnage 3 to both feet", 3, "both feet"),
        ("make 2 say I trip daily", 2, "I trip daily"),
        ("2 should say left foot", 2, "left foot"),
        ("replace 2 with my toes catch", 2, "my toes catch"),
        ("swap 1 for my toes are numb", 1, "my toes are numb"),
        ("correct the last one to since June", LAST, "since June"),
        ("please change the first line to left leg", 1, "left leg"),
        ("change line 4", 4, ""),
        ("edit 2", 2, ""),
        ("number 3 is wrong", 3, ""),
        ("the second one is not right", 2, ""),
    ],
)
def test_a_line_gets_other_words_or_is_asked_for_them(text: str, number: int, words: str) -> None:
    assert READER.read(text) == Command(Kind.CHANGE, (number,), words)


@pytest.mark.parametrize(
    "text",
    ["that's right", "thats right thanks", "yes make it", "yes", "Yes, that is correct", "make it",
     "ok print it", "looks good", "perfect, thank you", "all good", "no that's all", "done",
     "nothing else", "that’s all", "go ahead", "make a pdf please", "corect", "keep all"],
)  # fmt: skip
def test_a_yes_makes_it(text: str) -> None:
    assert READER.read(text) == Command(Kind.MAKE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("undo", Kind.UNDO),
        ("undo that please", Kind.UNDO),
        ("put it back", Kind.UNDO),
        ("oops", Kind.UNDO),
        ("stop", Kind.STOP),
        ("cancel", Kind.STOP),
        ("never mind", Kind.STOP),
        ("no thanks", Kind.STOP),
        ("I want to stop", Kind.STOP),
        ("no", Kind.NO),
        ("that's wrong", Kind.NO),
        ("not quite", Kind.NO),
        ("show me the draft", Kind.SHOW),
    ],
)
def test_undo_stop_no_and_show_are_read(text: str, kind: Kind) -> None:
    assert READER.read(text) == Command(kind)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("only keep 1 and 3", (1, 3)), ("keep only 2", (2,)), ("just 1 and 2", (1, 2))],
)
def test_the_rest_can_be_dropped_by_naming_what_stays(text: str, numbers: tuple[int, ...]) -> None:
    assert READER.read(text) == Command(Kind.ONLY, numbers)


def test_keep_alone_drops_nothing() -> None:
    assert READER.read("keep 1") == Command(Kind.KEEP, (1,))


@pytest.mark.parametrize("text", ["3", "the third", "number 3 please", "3."])
def test_after_being_asked_which_a_number_alone_takes_out_and_else_it_does_not(text: str) -> None:
    assert READER.read(text, Waits.REMOVE) == Command(REMOVE, (3,))
    assert READER.read(text) == Command(Kind.UNKNOWN)


@pytest.mark.parametrize(
    "text",
    ["what is foot drop", "my foot went numb", "I dropped a plate", "drop foot", "my left foot",
     "how do I stop falling", "I stopped driving", "removal of stitches", "no feeling in my toes",
     "one foot is numb", "right leg", "make a summary", "yes it hurts", "", "!!!", "🙂"],
)  # fmt: skip
def test_what_is_no_command_is_not_taken_for_one(text: str) -> None:
    assert READER.read(text) == Command(Kind.UNKNOWN)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120), st.sampled_from([None, *Waits]))
def test_any_text_is_read_and_its_words_are_the_typed_ones(text: str, waits: Waits | None) -> None:
    read = READER.read(text, waits)
    assert read.kind is REMOVE or read.text in text


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abcdefghij klmnop'’3-9.", min_size=3, max_size=60))
def test_what_follows_change_to_is_kept_letter_by_letter(words: str) -> None:
    read = READER.read(f"change 2 to: {words}")
    assert read.kind is Kind.CHANGE
    assert read.text in words
