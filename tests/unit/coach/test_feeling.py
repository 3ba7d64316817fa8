"""What patients type when they are asked how it felt, how many, or how long."""

from __future__ import annotations

import pytest

from actions.exercises.feeling import MOST_COUNT, MOST_SECONDS, felt, numbers, seconds, single
from tests.unit.coach.coaching import the_coach

FEELINGS = the_coach().feelings

PAIN = {
    "no pain at first, then agony": 10,
    "no pain then it was unbearable": 10,
    "fine to begin with but awful at the end": 10,
    "a bit sore, then really bad": 8,
    "it was sore and then excruciating": 10,
    "mild on the left, very painful on the right": 8,
    "none on the left but a twinge on the right": 2,
    "no it was agony": 10,
    "No, it hurt": 6,
    "nothing but agony": 10,
    "could not bear it": 10,
    "couldn't have been worse": 10,
    "never hurt so much": 10,
    "I have never been so sore, it hurt like hell": 10,
    "not bad": 2,
    "Not too bad": 2,
    "not that bad really": 2,
    "not so bad": 2,
    "it wasn't too bad": 2,
    "wasnt bad": 2,
    "not all that bad": 2,
    "not much": 2,
    "not very much": 2,
    "not a lot": 2,
    "didn't really hurt": 2,
    "not really": 2,
    "No, not really": 2,
    "it didn’t hurt much": 2,
    "didn't hurt that much": 2,
    "not very painful": 2,
    "nothing much": 2,
    "nothing too bad": 2,
    "hardly hurt": 2,
    "hardly painful": 2,
    "it hurt, but not much": 2,
    "it did hurt but not a lot": 2,
    "not nothing": 2,
    "not painful": 0,
    "it was not painful at all": 0,
    "not at all painful": 0,
    "not at all": 0,
    "didn't hurt": 0,
    "dont hurt": 0,
    "no it didn't hurt": 0,
    "no, it was fine": 0,
    "never hurt": 0,
    "nothing hurts": 0,
    "no pain": 0,
    "no real agony": None,
    "pain-free": 0,
    "nope": 0,
    "NO": 0,
    "nuthing": 0,
    "the wurst": 10,
    "unbearabel": 10,
    "teribble": 10,
    "slightley": 2,
    "panful": 6,
    "not painfull": 0,
    "soooo bad": 8,
    "worse": 8,
    "not the worst": 4,
    "not terrible": 4,
    "so-so": 4,
    "some": 4,
    "quite bad": 6,
    "it hurt": 6,
    "it hurt a little": 2,
    "a little painful": 2,
    "it hurt just a bit": 2,
    "hurts a lot": 8,
    "a lot": 8,
    "not torture": None,
    "7 but fine": 7,
    "0, it was agony last week": 0,
    "no pain, then 7": 7,
    "3 out of 10": 3,
    "10/10": 10,
    "a 6 I'd say": 6,
    "on a scale of 1 to 10, 4": 4,
    "5 of 10": 5,
    "1.5": 2,
    "2.0": 2,
    "0.5": 1,
    "3½": 4,
    "two and a half": 3,
    "about 2 or 3": 3,
    "2-3": 3,
    "from 2 to 3": 3,
    "between 4 and 5": 5,
    "the worst one": 10,
    "that one was a bit sore": 2,
    "after 3 reps it was agony": 10,
    "sore for 2 minutes": 4,
    "since 2009": None,
    "11": None,
    "no pain at first": None,
    "didn't hurt until the end": None,
    "0 to start with": None,
    "not sure": None,
    "not at all sure": None,
    "no idea": None,
    "yes": None,
    "I don't know": None,
    "hard to say": None,
    "there": None,
}
EFFORT = {
    "easy": 2,
    "eazy": 2,
    "easy-peasy": 2,
    "no trouble": 2,
    "not hard": 2,
    "wasn't difficult": 2,
    "it was not at all hard": 2,
    "hardly any effort": 2,
    "could not be easier": 2,
    "10 out of 10 easy": 2,
    "7, easy": 2,
    "not too hard": 5,
    "not that hard": 5,
    "wasn't too difficult": 5,
    "not too bad": 5,
    "not bad": 5,
    "ok": 5,
    "it was ok I think": 5,
    "just right": 5,
    "neither easy nor hard": 5,
    "not too easy, not too hard": 5,
    "10, about right": 5,
    "4 easy": 4,
    "8 ok": 8,
    "6": 6,
    "six or seven": 7,
    "2 hard": 8,
    "not easy": 8,
    "wasn't easy": 8,
    "It was not easy!": 8,
    "not very easy": 8,
    "not at all easy": 8,
    "never easy": 8,
    "far from easy": 8,
    "easy at first, then hard": 8,
    "it wasn't easy but it wasn't hard": 5,
    "ok but quite hard at the end": 8,
    "it was hard": 8,
    "I found it hard": 8,
    "exausting": 8,
    "dificult": 8,
    "tuff": 8,
    "a struggle": 8,
    "not a struggle": 2,
    "easy, did 10 reps": 2,
    "hard to say": None,
    "not sure": None,
    "though": None,
    "light headed": None,
    "not good": None,
    "going right on": None,
}
TIMES = {
    "8": 8,
    "about 8 seconds": 8,
    "10 secs": 10,
    "10s": 10,
    "10sec.": 10,
    "1.5": 2,
    "1.5 seconds": 2,
    "1 minute": 60,
    "a minute": 60,
    "one min": 60,
    "1m": 60,
    "a minute and a half": 90,
    "one and a half minutes": 90,
    "1.5 minutes": 90,
    "1½ minutes": 90,
    "1 1/2 mins": 90,
    "half a minute": 30,
    "half a min": 30,
    "½ a minute": 30,
    "1 minute 20": 80,
    "1 min and 20 secs": 80,
    "1m20s": 80,
    "1:30": 90,
    "0:45": 45,
    "2 mins": 120,
    "forty five seconds": 45,
    "forty-five": 45,
    "twenty to thirty": 30,
    "5 to 8 seconds": 8,
    "from 5 to 8 seconds": 8,
    "5-8 secs": 8,
    "8 left 3 right": 3,
    "left 8, right 3": 3,
    "8 seconds on my left leg and 3 on the right": 3,
    "a minute on the good leg, 20 seconds on the bad": 20,
    "the bad leg 5, the good one 20": 5,
    "1 minute, 30 seconds": 90,
    "3 the first time, 8 the second": 8,
    "12 on the right": 12,
    "3 tries, 2 seconds": 2,
    "a couple of seconds": 2,
    "a second": 1,
    "zero": 0,
    "eigth": 8,
    "a hundred and twenty": 120,
    "ten minutes": 600,
    "an hour": None,
    "11 minutes": None,
    "601": None,
    "hang on a minute": None,
    "just a sec": None,
    "a few": None,
    "skip": None,
}
ODD = [
    *("", " ", "\n", ",", "🙂", "😫😫😫", "a" * 4000, "9" * 5000, "no " * 1400, "not bad " * 500),
    *("½", "²", "-3", "1.2.3", "....", "1/0", "5/", "/10", "0:99", "99:99", "\x00", "ＮＯ", "a:b"),
    *("1" * 400 + " minutes", "." * 4000, "1 " * 2000, "one " * 1000, "٣٫٥", "无", "İ", "'" * 99),
]


@pytest.mark.parametrize(("text", "value"), PAIN.items())
def test_pain_is_read_as_it_is_typed(text: str, value: int | None) -> None:
    assert felt(text, FEELINGS["pain"]) == value


@pytest.mark.parametrize(("text", "value"), EFFORT.items())
def test_effort_is_read_as_it_is_typed(text: str, value: int | None) -> None:
    assert felt(text, FEELINGS["effort"]) == value


@pytest.mark.parametrize(("text", "value"), TIMES.items())
def test_a_time_is_read_in_seconds(text: str, value: int | None) -> None:
    assert seconds(text, MOST_SECONDS) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("did 8 of the ten", [8]),
        ("8/12 reps", [8]),
        ("eight out of ten", [8]),
        ("twenty five", [25]),
        ("twenty, five", [20, 5]),
        ("a dozen", [12]),
        ("half a dozen", [6]),
        ("twevle", [12]),
        ("the 3rd time", []),
        ("there", []),
        ("2x10", []),
        ("did 4 on the left and 6 on the right", [4, 6]),
        ("٣", [3]),
    ],
)
def test_numbers_are_found_in_figures_and_in_words(text: str, found: list[int]) -> None:
    assert numbers(text) == found


def test_the_higher_of_a_range_counts_and_a_number_too_high_none() -> None:
    assert single("8 to 10", MOST_COUNT) == 10
    assert single("201", MOST_COUNT) is None


@pytest.mark.parametrize("kind", FEELINGS)
def test_a_button_says_what_its_own_words_say(kind: str) -> None:
    for feeling in FEELINGS[kind]:
        for words in (feeling.title, *feeling.words):
            assert felt(words, FEELINGS[kind]) == feeling.value, words


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_input_never_raises(text: str) -> None:
    for feelings in FEELINGS.values():
        value = felt(text, feelings)
        assert value is None or 0 <= value <= 10
    time = seconds(text, MOST_SECONDS)
    assert time is None or 0 <= time <= MOST_SECONDS
    assert all(number >= 0 for number in numbers(text))


def test_a_felt_word_needs_no_list_to_be_silent() -> None:
    assert felt("agony", ()) is None
