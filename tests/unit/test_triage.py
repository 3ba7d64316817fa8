"""Red flags, by rules."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from triage import Context, Level, Screener, Screening, Status, Told, check, screen, screener
from triage.cues import Scope
from triage.examples import Example
from triage.knowledge import RedFlag, Rule
from triage.load import load
from triage.model import Candidate
from triage.pattern import PatternError, parse
from triage.rules import Affirmed, Signs, raise_flags
from triage.text import AT_ONCE, fold, pieces


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("my face has gone all droopy on one side", "stroke"),
        ("I cant breathe", "breathing_swallowing"),
        ("chest pain", "chest_pain_pe"),
        ("numb between my legs since this morning", "cauda_equina"),
        ("I want to kill myself", "suicide_self_harm"),
    ],
)
def test_an_emergency_is_noticed(text: str, flag: str) -> None:
    found = screen(text)
    assert found.level is Level.EMERGENCY
    assert flag in {one.id for one in found.flags}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what exercises help foot drop",
        "no chest pain",
        "these shoes are killing me",
        "my gran died of a stroke in 1998",
    ],
)
def test_ordinary_and_denied_things_raise_no_alarm(text: str) -> None:
    assert screen(text).level.rank <= Level.SOON.rank


def test_a_denied_sign_does_not_cancel_a_real_one() -> None:
    found = screen("no chest pain but my face is drooping")
    assert found.level is Level.EMERGENCY
    assert {one.status for one in found.candidates} >= {Status.AFFIRMED, Status.NEGATED}


@pytest.mark.parametrize("text", ["\ud800", "x" * 20_000, "no " * 3_000, "\0", "😀" * 500])
def test_no_text_is_too_odd_to_screen(text: str) -> None:
    assert screen(text).level is not Level.EMERGENCY


def test_half_a_letter_hides_no_emergency() -> None:
    assert screen("I cannot breathe \ud83d").level is Level.EMERGENCY


def test_the_command_answers_line_by_line() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "triage"],
        input="I cant breathe\n\nhello\n",
        capture_output=True,
        text=True,
        check=True,
    )
    levels = [json.loads(line)["level"] for line in run.stdout.splitlines()]
    assert levels == ["emergency", "none", "none"]


@pytest.mark.parametrize("source", ["", "pain ..", "a & b & c", "{open", "word?"])
def test_a_pattern_that_cannot_be_read_says_so(source: str) -> None:
    with pytest.raises(PatternError):
        parse(source, str)


# Long texts

SIGN = "My face is drooping and I cannot speak."
GARDEN = "I like my garden and the birds in it. "


def long(length: int, share: float, filler: str = GARDEN) -> str:
    """A text of about ``length`` characters with a sign after that share of it."""
    before = filler * round(length * share / len(filler))
    return before + SIGN + " " + filler * round(length * (1 - share) / len(filler))


@pytest.mark.parametrize("length", [20_000, 100_000])
@pytest.mark.parametrize("share", [0, 0.5, 1], ids=["start", "middle", "end"])
@pytest.mark.parametrize("filler", [GARDEN, "birds "], ids=["sentences", "no sentences"])
def test_a_sign_is_noticed_wherever_it_stands_in_a_long_text(
    length: int, share: float, filler: str
) -> None:
    found = screen(long(length, share, filler))
    assert found.level is Level.EMERGENCY
    assert "stroke" in {flag.id for flag in found.flags}


def test_where_a_long_text_is_cut_nothing_is_lost_or_found_twice() -> None:
    alone = [(one.sign, one.text) for one in screener().by_rules(SIGN).candidates]
    for shift in range(0, len(SIGN) + 1, 3):
        before = "birds " * 2_000
        text = before[-(AT_ONCE - shift) :] + SIGN + " birds" * 500
        found = screener().by_rules(text).candidates
        assert sorted((one.sign, one.text) for one in found) == sorted(alone)


def test_places_in_a_long_text_are_those_of_the_whole_text() -> None:
    text = long(30_000, 0.7)
    found = screen(text).candidates
    assert found
    assert all(text[one.start : one.end] == one.text for one in found)


def test_a_long_text_is_read_in_pieces_that_are_all_of_it() -> None:
    for text in (GARDEN * 2_000, "birds " * 9_000, "x" * 50_000, "\n" * 30_000):
        found = list(pieces(text))
        assert "".join(text[one.first : one.last] for one in found) == text
        assert all(one.last - one.first <= AT_ONCE for one in found)


def test_a_text_as_long_as_the_chat_takes_is_read_at_once() -> None:
    assert len(list(pieces(GARDEN * 210))) == 1


def test_what_would_forbid_a_flag_forbids_none_far_away() -> None:
    forbidding = "She had a fit of laughter. "
    assert screener().by_rules(forbidding + "I am having a fit.").level is Level.NONE
    far = screener().by_rules(forbidding + GARDEN * 600 + "I am having a fit.")
    assert "anaphylaxis_seizure" in {flag.id for flag in far.flags}


# What earlier messages told


def after(*texts: str) -> Screening:
    """What is noticed in the last of several messages of a session."""
    known: frozenset[str] = frozenset()
    for text in texts[:-1]:
        known |= screen(text, Context(known)).signs
    return screen(texts[-1], Context(known))


def flags(found: Screening) -> set[str]:
    return {flag.id for flag in found.flags}


@pytest.mark.parametrize(
    "first", ["It started suddenly.", "I crawl to the toilet. It started suddenly."]
)
def test_two_messages_raise_what_neither_raises_alone_by_rules(first: str) -> None:
    rules = Screener(load())
    alone = flags(rules.screen(first)) | flags(rules.screen("my legs are weak"))
    assert "rapid_leg_weakness" not in alone
    assert "rapid_leg_weakness" in flags(after(first, "my legs are weak"))


def test_a_question_after_what_was_told_raises_nothing() -> None:
    told = "My foot dropped overnight and I cannot lift it since this morning"
    assert screen(told).level.rank >= Level.URGENT.rank
    assert after(told, "what is foot drop").level is Level.NONE


def test_who_says_the_same_again_adds_no_half() -> None:
    first, second = "It started suddenly.", "my legs are weak"
    assert "rapid_leg_weakness" not in flags(after(first, second, second))


def test_a_question_is_not_remembered_as_something_told() -> None:
    asked, told = "can baclofen be stopped suddenly", "I stopped my baclofen suddenly"
    assert not screen(asked).signs
    assert "overdose_withdrawal" not in flags(after(asked, "I feel sick and hot"))
    assert "overdose_withdrawal" in flags(after(told, "I feel sick and hot"))


@pytest.mark.parametrize("text", ["should my foot be so cold", "can barely walk, legs are weak"])
def test_what_sounds_like_a_question_and_tells_something_is_remembered(text: str) -> None:
    assert screen(text).signs


def test_a_denied_sign_is_not_remembered() -> None:
    assert not screen("I have no chest pain").signs


def told_before(first: str, *, at_hand: bool) -> Context:
    signs = screen(first).signs
    return Context(signs, (Told(first, signs),) if at_hand else ())


def test_a_half_is_doubted_only_where_the_other_one_can_be_read_beside_it() -> None:
    first, second = "I was sick last week", "the doctor gave me new tablets"
    seen = screen(second, told_before(first, at_hand=True))
    blind = screen(second, told_before(first, at_hand=False))
    assert "anaphylaxis_seizure" in flags(blind)
    assert "anaphylaxis_seizure" not in flags(seen)
    (doubted,) = seen.dropped
    assert "of both messages the second opinion thinks" in doubted.reason


def test_what_a_text_raises_alone_stands_where_its_half_is_doubted() -> None:
    first, second = "I was sick last week", "the doctor gave me new tablets. My calf is hot and big"
    alone = {flag.id: flag.level for flag in screen(second).flags}
    seen = screen(second, told_before(first, at_hand=True))
    assert alone
    assert {flag.id: flag.level for flag in seen.flags} == alone


def test_halves_that_mean_something_together_stand() -> None:
    seen = screen("my legs are weak", told_before("It started suddenly.", at_hand=True))
    assert "rapid_leg_weakness" in flags(seen)


def here(*signs: str) -> Signs:
    return {
        sign: [Affirmed(Candidate(sign, sign, 0, 1, Status.AFFIRMED, "", sign), 0)]
        for sign in signs
    }


def test_a_remembered_sign_forbids_no_new_flag() -> None:
    rule = Rule(Level.URGENT, all=frozenset({"one", "two"}), unless=frozenset({"joke"}))
    flag = RedFlag("flag", Level.URGENT, (rule,), {}, signs=rule.all)
    assert list(raise_flags([flag], here("one"), frozenset({"two", "joke"})))
    assert not list(raise_flags([flag], here("one", "joke"), frozenset({"two"})))


# Odd signs


@pytest.mark.parametrize("odd", ["\0", "\x07", "\x7f", "\x9c", "\u200b", "\u202e"])
def test_a_sign_that_nobody_sees_hides_no_emergency(odd: str) -> None:
    found = screener().by_rules(f"my face is droo{odd}ping")
    assert found.level is Level.EMERGENCY
    assert found.flags[0].text.endswith(f"droo{odd}ping")


@pytest.mark.parametrize("new_line", ["\n", "\r", "\r\n", "\v", "\f", "\x85"])
def test_every_way_to_break_a_line_parts_two_sentences(new_line: str) -> None:
    assert screener().by_rules(f"no fever{new_line}chest pain").level is Level.EMERGENCY


@pytest.mark.parametrize("text", ["Droo\0ping\tFACE\n", "é\x07E\u0301", "ﬁt", "sooooo"])
def test_every_letter_that_is_read_has_its_place_in_what_was_typed(text: str) -> None:
    plain, places = fold(text)
    assert len(plain) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@given(st.text(st.characters(max_codepoint=127), max_size=80))
@example("Sooooo NUMB\tand\nweak")
@example("x" * 60 + ".y/" * 30)
def test_letters_of_a_plain_keyboard_are_read_alike_whatever_stands_beside_them(text: str) -> None:
    alone, places = fold(text)
    beside, all_places = fold(text + " é")
    assert (alone + " e", [*places, len(text), len(text) + 1]) == (beside, all_places)


# The content files, and their check


def test_a_cue_that_always_holds_does_not_yield_to_words_of_the_present() -> None:
    source = "that|which was {number} year ago"
    [cue] = [cue for cue, pattern in load().cues if pattern.source == source]
    assert (cue.scope, cue.yields) == (Scope.CLAUSE, False)


def test_the_same_text_is_found_to_say_the_same_in_every_process() -> None:
    text = "foot is red hot and swollen, and one side of me has gone to sleep since today"
    code = (
        "from triage.load import load; from triage.screening import Screener; "
        f"print(Screener(load()).by_rules({text!r}).candidates)"
    )
    shown = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(shown) == 1


def test_a_check_of_one_flag_tries_that_flags_own_patterns_on_all_examples() -> None:
    example = Example("my face is drooping", "stroke", Level.EMERGENCY)
    other = Example("chest pain", "chest_pain_pe", Level.EMERGENCY)
    report = check.check(load(), iter([example, other]), flags=["stroke"])
    assert (report.fired, report.quiet) == (1, 0)
    assert {sign.partition(".")[0] for sign in report.idle} == {"stroke"}


def test_the_check_says_which_flag_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        check.main(["strok"])
    assert left.value.code == 2
    assert "no red flag is called strok" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["no quiero vivir", "je veux mourir", "ich will nicht mehr leben"])
def test_a_wish_to_die_is_heard_in_other_languages(text: str) -> None:
    assert [flag.id for flag in screen(text).flags] == ["suicide_self_harm"]
