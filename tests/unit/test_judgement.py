"""What rules and second opinion make of a text together."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage import Flag, Level, screen
from triage.judgement import weigh
from triage.opinion import Judgement, Label

BARS = {
    "raise": 0.7,
    "keep": 0.1,
    "raise_grave": 0.3,
    "keep_grave": 0.02,
    "emergency": 0.4,
    "ask": 0.2,
    "ask_grave": 0.1,
    "quiet": 0.03,
    "soon": 0.6,
    "words": 0.05,
}
STROKE = Label("stroke", Level.EMERGENCY)
DROP = Label("sudden_foot_drop", Level.URGENT)
SUICIDE = Label("suicide_self_harm", Level.EMERGENCY)
TIRED = Label("fatigue", Level.SOON)


def judged(**chances: float) -> Judgement:
    named = {"stroke": STROKE, "drop": DROP, "suicide": SUICIDE, "tired": TIRED}
    found = {label: chances.get(name, 0.0) for name, label in named.items()}
    alarm = sum(c for label, c in found.items() if label.level is not Level.SOON)
    return Judgement(found, alarm, {STROKE: "face droops"})


def ruled(flag: str = "stroke", level: Level = Level.EMERGENCY) -> list[Flag]:
    return [Flag(flag, level, "words", "rule: a sign")]


def test_a_rule_stands_when_the_network_does_not_object() -> None:
    [flag] = weigh(ruled(), judged(stroke=0.2), BARS).flags
    assert (flag.id, flag.chance) == ("stroke", 0.2)


def test_a_rule_falls_when_the_network_is_sure_that_nothing_is_meant_and_the_reason_says_so() -> (
    None
):
    verdict = weigh(ruled(), judged(stroke=0.04), BARS)
    assert verdict.flags == ()
    assert verdict.dropped[0].reason == "rule: a sign; the second opinion sees 4% alarm"


def test_a_rule_on_suicide_falls_only_at_a_much_lower_bar() -> None:
    assert weigh(ruled("suicide_self_harm"), judged(suicide=0.04), BARS).flags
    assert not weigh(ruled("suicide_self_harm"), judged(suicide=0.01), BARS).flags


def test_what_the_network_is_sure_of_is_raised_without_a_rule_with_its_words() -> None:
    [flag] = weigh([], judged(stroke=0.9), BARS).flags
    assert (flag.id, flag.level, flag.text) == ("stroke", Level.EMERGENCY, "face droops")
    assert flag.reason == "second opinion: 90%"


def test_suicide_is_raised_at_a_lower_bar_than_anything_else() -> None:
    assert weigh([], judged(suicide=0.35), BARS).flags[0].id == "suicide_self_harm"
    assert weigh([], judged(stroke=0.35), BARS).flags == ()


def test_of_many_windows_one_has_to_be_surer() -> None:
    once = judged(stroke=0.8)
    assert weigh([], once, BARS).flags
    assert not weigh([], replace(once, windows=4), BARS).flags


def test_between_the_bars_one_flag_is_to_be_asked_about() -> None:
    verdict = weigh([], judged(drop=0.3), BARS)
    assert verdict.flags == ()
    assert verdict.unsure is not None
    assert verdict.unsure.id == "sudden_foot_drop"


def test_a_rule_that_falls_is_asked_about() -> None:
    verdict = weigh(ruled(), judged(stroke=0.04), BARS)
    assert verdict.unsure is not None
    assert verdict.unsure.id == "stroke"


def test_a_rule_is_not_asked_about_when_the_network_is_all_but_sure_of_nothing() -> None:
    assert weigh(ruled(), judged(stroke=0.01), BARS).unsure is None


def test_thoughts_of_suicide_are_not_hidden_by_a_likelier_flag() -> None:
    flags = weigh([], judged(stroke=0.6, suicide=0.35), BARS).flags
    assert {flag.id for flag in flags} == {"stroke", "suicide_self_harm"}


def test_thoughts_of_suicide_are_asked_about_at_a_lower_bar_than_anything_else() -> None:
    assert weigh([], judged(suicide=0.15), BARS).unsure is not None
    assert weigh([], judged(stroke=0.15), BARS).unsure is None


def test_nothing_is_asked_where_a_flag_was_raised() -> None:
    assert weigh(ruled(), judged(stroke=0.3), BARS).unsure is None


def test_an_emergency_goes_before_an_urgent_flag_that_is_a_little_likelier() -> None:
    assert weigh([], judged(stroke=0.4, drop=0.5), BARS).flags[0].level is Level.EMERGENCY


def test_a_flag_that_both_raise_is_there_once_at_its_highest_level() -> None:
    verdict = weigh(ruled(level=Level.URGENT), judged(stroke=0.9), BARS)
    assert [(flag.id, flag.level) for flag in verdict.flags] == [("stroke", Level.EMERGENCY)]


def test_what_should_be_seen_soon_is_raised_by_the_network_too() -> None:
    assert weigh([], judged(tired=0.8), BARS).flags[0].level is Level.SOON


def test_a_rule_for_something_soon_needs_no_second_opinion() -> None:
    assert weigh(ruled("fatigue", Level.SOON), judged(), BARS).flags


@given(st.tuples(*[st.floats(0, 0.24)] * 4), st.floats(0, 0.24), st.sampled_from([[], ruled()]))
def test_more_alarm_never_means_less_urgency(
    chances: tuple[float, float, float, float], more: float, rules: list[Flag]
) -> None:
    stroke, drop, suicide, tired = chances
    rest = {"drop": drop, "suicide": suicide, "tired": tired}
    before = weigh(rules, judged(stroke=stroke, **rest), BARS)
    after = weigh(rules, judged(stroke=stroke + more, **rest), BARS)
    assert rank(after.flags) >= rank(before.flags)


def rank(flags: object) -> int:
    return max((flag.level.rank for flag in flags), default=0)  # type: ignore[attr-defined]


@pytest.mark.parametrize("level", [Level.EMERGENCY, Level.URGENT])
def test_a_dropped_flag_keeps_its_level_so_that_staff_can_see_it(level: Level) -> None:
    assert weigh(ruled(level=level), judged(), BARS).dropped[0].level is level


def test_a_sure_rule_stands_whatever_the_second_opinion_says() -> None:
    sure = [replace(flag, sure=True) for flag in ruled("suicide_self_harm")]
    assert [flag.id for flag in weigh(sure, judged(), BARS).flags] == ["suicide_self_harm"]


def test_what_was_not_raised_still_says_how_likely_an_alarm_is() -> None:
    quiet, loud = screen("Is swimming good for me?"), screen("my arm went weak and i can't speak")
    assert 0 < quiet.alarm < 0.05
    assert loud.alarm > 0.5
