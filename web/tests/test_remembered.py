"""What is remembered of red flags from turn to turn."""

from typing import Any

import pytest
import triage
from hypothesis import given
from hypothesis import strategies as st
from triage import Context, Flag, Level, Screening

from gateway.watch import NO, STAY_WITH, YES, Notice, Watch
from tests.watching import CLOT, FALLS, GB, STROKE, SUICIDE, WATCHER, Talk, asked, in_full, noticed


@pytest.mark.parametrize(
    "talk", [Talk(), asked(), asked(SUICIDE)], ids=["new", "asked", "asked of suicide"]
)
@pytest.mark.parametrize("flag", [STROKE, SUICIDE, CLOT, FALLS])
def test_what_was_remembered_before_is_never_changed(talk: Talk, flag: Flag) -> None:
    watch = talk.watch
    before = watch.model_dump_json()
    WATCHER.on_text("yes", noticed(flag, signs=["x"]), watch, GB).watch.raised["y"] = Level.SOON
    WATCHER.on_button(watch, GB).watch.raised["y"] = Level.SOON
    if watch.asked:
        WATCHER.on_reply(True, watch, GB).watch.signs.append("y")
        WATCHER.on_reply(False, watch, GB).watch.signs.append("y")
    assert watch.model_dump_json() == before


def test_nothing_is_shared_between_two_that_remember_nothing() -> None:
    Watch().raised["stroke"] = Level.EMERGENCY
    assert Watch() == Watch.model_validate({})
    assert Watch().raised == {}


def test_what_a_newer_release_remembered_does_no_harm() -> None:
    assert Watch.model_validate({"signs": ["x"], "mood": "blue"}).signs == ["x"]


FLAGS = st.builds(
    Flag,
    st.sampled_from(["stroke", "dvt", "repeated_falls", STAY_WITH, "no_file_names_this"]),
    st.sampled_from([Level.EMERGENCY, Level.URGENT, Level.SOON]),
    st.just("words"),
    st.just("rule"),
)
FOUND = st.builds(
    lambda flags, unsure, signs: noticed(*flags, unsure=unsure, signs=signs),
    st.lists(FLAGS, max_size=3, unique_by=lambda flag: flag.id),
    st.none() | FLAGS,
    st.lists(st.sampled_from("abc")),
)
LATE = "triage:yes:stroke:emergency"
TYPED = st.tuples(st.sampled_from(["yes", "no", "hm", ""]), FOUND)
TURNS = st.lists(TYPED | st.sampled_from(["button", YES, NO, LATE]), max_size=12)


def take(watch: Watch, turn: Any) -> Notice:
    if isinstance(turn, tuple):
        text, found = turn
        return WATCHER.on_text(text, found, watch, GB)
    payload = watch.asked.payload(turn) if watch.asked and turn in (YES, NO) else turn
    return WATCHER.on_choice(payload, watch, GB) or WATCHER.on_button(watch, GB)


def meant(turn: Any, watch: Watch) -> list[Flag]:
    """The flags of a turn, with the one that it confirms."""
    text, found = turn if isinstance(turn, tuple) else (turn, Screening())
    flags = list(found.flags)
    if text == LATE:
        flags.append(Flag("stroke", Level.EMERGENCY, "", ""))
    elif watch.asked and text in ("yes", YES):
        flags.append(Flag(watch.asked.flag, watch.asked.level, "", ""))
    return flags


@given(turns=TURNS)
def test_whatever_comes_is_answered_and_no_new_emergency_is_swallowed(turns: list[Any]) -> None:
    watch = Watch()
    for turn in turns:
        before = watch.model_dump_json()
        notice = take(watch, turn)
        assert watch.model_dump_json() == before
        assert notice.before or not notice.alone
        new = [
            flag
            for flag in meant(turn, watch)
            if flag.level is Level.EMERGENCY and watch.raised.get(flag.id) is not Level.EMERGENCY
        ]
        if new:
            assert notice.alone
            assert notice.before[0].text in [in_full(flag) for flag in new]
            assert {notice.watch.raised[flag.id] for flag in new} == {Level.EMERGENCY}
        if any(
            flag.id == STAY_WITH and flag.level is Level.EMERGENCY for flag in meant(turn, watch)
        ):
            assert notice.alone
            assert any("Samaritans" in reply.text for reply in notice.before)
        if watch.untold:
            assert notice.watch.untold  # only the gateway, having told Rasa, takes that back
        watch = Watch.model_validate_json(notice.watch.model_dump_json())
        assert watch == notice.watch.model_copy(update={"heard": []})  # words are not kept


def test_two_halves_of_a_flag_in_two_messages_make_one() -> None:
    """The real screener: what is remembered is what it needs."""
    talk = Talk()
    for text in ("my back hurts a lot", "I have a fever too"):
        found = triage.screen(text, Context(frozenset(talk.watch.signs)))
        notice = WATCHER.on_text(text, found, talk.watch, GB)
        talk.watch = notice.watch
    assert "spine_infection_cancer" in talk.watch.raised
