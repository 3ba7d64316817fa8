"""What is suggested for today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, timezone

import pytest

from diary.plan import Item, Limit, suggest
from diary.values import Done, History

from .making import (
    ALL,
    ALPHABET,
    BAND,
    BRIDGE,
    HEEL_RAISE,
    TODAY,
    TOWEL,
    WARM_UP,
    diary,
    efforts,
    item,
    pains,
    visit,
)

NEW = History()


def test_who_is_new_gets_a_warm_up_and_then_the_first_three() -> None:
    suggestion = suggest(NEW, ALL, TODAY)
    assert suggestion.exercises == ("warm_up", "band", "heel_raise", "alphabet")
    assert not suggestion.rest
    assert suggestion.reasons == ("hold_something_firm",)


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        (efforts((1, 7), (2, 7)), "rest_after_hard_days"),
        (efforts((0, 9), (1, 7)), "rest_after_hard_days"),
        (efforts((1, 7), (2, 3), (2.1, 8)), "rest_after_hard_days"),
        (efforts((1, 6), (2, 10)), None),
        (efforts((1, 7), (3, 7)), None),
        (efforts((2, 7), (3, 7)), None),
        (efforts((1, 7)), None),
        (diary(visit(1, Done("band", effort=7))), "rest_after_strength"),
        (diary(visit(1, "band", Done("alphabet", effort=7))), "rest_after_strength"),
        (diary(visit(1, Done("band", effort=6))), None),
        (diary(visit(2, Done("band", effort=10))), None),
        (diary(visit(1, Done("band", effort=9, skipped=True))), None),
        (diary(visit(1, Done("alphabet", effort=7), Done("band", skipped=True))), None),
        (diary(visit(0, Done("band", effort=7))), "enough_for_today"),
        (diary(visit(0, Done("alphabet", effort=7))), None),
    ],
)
def test_hard_work_is_followed_by_a_rest(history: History, reason: str | None) -> None:
    suggestion = suggest(history, ALL, TODAY)
    assert suggestion.rest == (reason is not None)
    assert not suggestion.rest or suggestion.reasons == (reason,)
    assert bool(suggestion.exercises) != suggestion.rest


@pytest.mark.parametrize(
    ("history", "limit", "reasons"),
    [
        (pains(4), "none", ["easier_after_pain"]),
        (pains(9, 4, None), "none", ["easier_after_pain"]),
        (efforts((3, 8)), "none", ["easier_after_effort"]),
        (NEW, "gentle", ["short_for_fatigue"]),
        (
            diary(visit(3, pain=5, effort=8)),
            "gentle",
            ["short_for_fatigue", "easier_after_pain", "easier_after_effort"],
        ),
    ],
)
def test_pain_effort_and_tiredness_make_a_practice_short_and_easy(
    history: History, limit: Limit, reasons: list[str]
) -> None:
    suggestion = suggest(history, ALL, TODAY, limit)
    assert suggestion.reasons == tuple(reasons)
    assert suggestion.easier
    assert suggestion.exercises == ("warm_up", "alphabet")


@pytest.mark.parametrize(
    "history", [pains(3), pains(8, 3), efforts((3, 7)), efforts((4, 9), (3, 2))]
)
def test_what_is_over_or_slight_makes_nothing_easier(history: History) -> None:
    suggestion = suggest(history, ALL, TODAY)
    assert not suggestion.easier
    assert len(suggestion.exercises) == 4


def test_an_easy_day_leaves_strength_work_out_unless_there_is_nothing_else() -> None:
    assert suggest(pains(5), [BAND, TOWEL, ALPHABET], TODAY).exercises == ("towel", "alphabet")
    assert suggest(pains(5), [BAND, TOWEL], TODAY).exercises == ("towel", "band")


@pytest.mark.parametrize(
    ("limit", "exercises", "reasons"),
    [
        ("seated", ("warm_up", "band", "alphabet", "bridge"), ("seated_only",)),
        ("gentle", ("warm_up", "alphabet"), ("short_for_fatigue",)),
        (
            "helper",
            ("warm_up", "band", "heel_raise", "alphabet"),
            ("hold_something_firm", "helper_beside"),
        ),
    ],
)
def test_the_readiness_check_limits_what_is_suggested(
    limit: Limit, exercises: tuple[str, ...], reasons: tuple[str, ...]
) -> None:
    suggestion = suggest(NEW, ALL, TODAY, limit)
    assert (suggestion.exercises, suggestion.reasons) == (exercises, reasons)


def test_not_today_is_a_rest_whatever_was_done() -> None:
    for history in (NEW, efforts((1, 7), (2, 7))):
        suggestion = suggest(history, ALL, TODAY, "not_today")
        assert (suggestion.exercises, suggestion.rest) == ((), True)
        assert suggestion.reasons == ("not_today",)


def test_a_helper_is_asked_for_only_where_one_is_of_use() -> None:
    assert suggest(NEW, [ALPHABET], TODAY, "helper").reasons == ()
    standing = item("march", "standing")
    assert suggest(NEW, [standing], TODAY, "helper").reasons == ("helper_beside",)


@pytest.mark.parametrize("limit", ["none", "seated", "helper", "gentle"])
def test_a_position_that_nobody_has_thought_of_is_never_suggested(limit: Limit) -> None:
    suggestion = suggest(NEW, [item("climb", "ladder")], TODAY, limit)
    assert suggestion.exercises == ()
    assert "nothing_suitable" in suggestion.reasons


def test_what_was_done_least_lately_comes_first() -> None:
    history = diary(visit(5, "alphabet"), visit(4, "towel"), visit(9, "bridge"), visit(1, "bridge"))
    exercises = (ALPHABET, BRIDGE, TOWEL, WARM_UP, item("never"))
    assert suggest(history, exercises, TODAY).exercises == ("warm_up", "never", "alphabet", "towel")


def test_what_was_skipped_was_not_done() -> None:
    history = diary(visit(1, Done("alphabet", skipped=True)), visit(2, "towel"))
    assert suggest(history, [TOWEL, ALPHABET], TODAY).exercises == ("alphabet", "towel")


def test_within_a_week_of_practice_every_exercise_has_its_turn() -> None:
    history = NEW
    seen: set[str] = set()
    for days in range(4, -1, -1):
        exercises = suggest(history, ALL, TODAY).exercises
        seen.update(exercises)
        history = History((*history.visits, visit(days, *exercises)))
    assert seen == {one.id for one in ALL}


@pytest.mark.parametrize(
    ("minutes", "exercises", "reason"),
    [
        (2, (), "too_little_time"),
        (3, ("warm_up",), "short_for_time"),
        (7, ("warm_up", "towel"), "short_for_time"),
        (8, ("warm_up", "alphabet"), "short_for_time"),
        (12, ("warm_up", "alphabet", "towel"), "short_for_time"),
        (17, ("warm_up", "alphabet", "bridge", "towel"), None),
        (90, ("warm_up", "alphabet", "bridge", "towel"), None),
    ],
)
def test_a_practice_fits_the_time_there_is(
    minutes: int, exercises: tuple[str, ...], reason: str | None
) -> None:
    items: Sequence[Item] = (ALPHABET, BRIDGE, TOWEL, WARM_UP)
    suggestion = suggest(NEW, items, TODAY, "none", minutes)
    assert suggestion.exercises == exercises
    assert suggestion.reasons == ((reason,) if reason else ())
    assert not suggestion.rest


def test_days_of_hard_work_are_counted_where_the_patient_is() -> None:
    history = diary(visit(1.3, Done("band", effort=9)))  # 04:48 UTC on the day before
    assert suggest(history, [HEEL_RAISE, BAND], TODAY).rest
    west = TODAY.astimezone(timezone(timedelta(hours=-8)))
    assert not suggest(history, [HEEL_RAISE, BAND], west).rest
