"""What the diary tells a patient."""

from __future__ import annotations

from typing import Any

import pytest

from diary.summary import Summary
from diary.trends import Finding, findings, summary
from diary.values import CheckIn, Done, History

from .making import TODAY, diary, pains, told, visit


def ids(history: History) -> list[str]:
    return [finding.id for finding in findings(history, TODAY)]


def only(history: History) -> Finding:
    (finding,) = findings(history, TODAY)
    return finding


def test_an_empty_diary_tells_nothing() -> None:
    assert findings(History(), TODAY) == ()


def test_pain_that_rises_three_times_sends_to_the_physio() -> None:
    expected = Finding("pain_rising", "physio", {"first": 2, "second": 3, "pain": 5})
    assert only(pains(4, 2, 3, 5)) == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([1, 2, 3], ["pain_rising"]),
        ([1, None, 2, None, 3], ["pain_rising"]),
        ([1, 2], []),
        ([1, 2, 2], []),
        ([3, 2, 3], []),
        ([1, 2, 3, 3], []),
        ([None, None, None], []),
        ([7], ["pain_high"]),
        ([9, 6], []),
        ([2, 8, None], ["pain_high"]),
        ([5, 6, 7], ["pain_high", "pain_rising"]),
    ],
)
def test_only_pain_that_is_high_or_keeps_rising_is_told(
    levels: list[int | None], expected: list[str]
) -> None:
    found = [one for one in ids(pains(*levels)) if one != "steady_practice"]
    assert found == expected


def test_the_highest_pain_of_a_visit_counts() -> None:
    history = diary(visit(0, Done("a", pain=1), Done("b", pain=7), Done("c", pain=2)))
    assert only(history) == Finding("pain_high", "doctor", {"pain": 7})


@pytest.mark.parametrize(
    ("falls", "expected"),
    [
        ([(3, 1)], {"more_falls": {"falls": 1, "before": 0}}),
        ([(3, 0)], {}),
        ([(3, None)], {}),
        ([(13, 1)], {"more_falls": {"falls": 1, "before": 0}}),
        ([(14, 1)], {}),
        ([(3, 1), (20, 1)], {"falls_twice": {"falls": 2}}),
        ([(20, 1), (30, 1)], {"falls_twice": {"falls": 2}}),
        ([(20, 1), (31, 1)], {}),
        ([(3, 1), (20, 3)], {"falls_twice": {"falls": 4}}),
        (
            [(3, 2), (20, 1)],
            {"more_falls": {"falls": 2, "before": 1}, "falls_twice": {"falls": 3}},
        ),
        ([(40, 5)], {}),
        ([(3, 1), (40, 5)], {"more_falls": {"falls": 1, "before": 0}}),
    ],
)
def test_falls_that_grow_or_repeat_send_to_the_doctor(
    falls: list[tuple[int, int | None]], expected: dict[str, dict[str, int]]
) -> None:
    found = findings(diary(*(told(days, falls=number) for days, number in falls)), TODAY)
    assert {one.id: one.numbers for one in found} == expected
    assert all(one.level == "doctor" for one in found)


@pytest.mark.parametrize(
    ("check_ins", "numbers"),
    [
        ([told(0, function="less")], {}),
        ([told(7, function="less"), told(0)], {}),
        ([told(7, function="less"), told(0, function="same")], None),
        ([told(0, function="more")], None),
        ([(20, 12), (7, 8), (0, 8)], {"seconds": 8, "best": 12}),
        ([(20, 12), (7, 8), (0, 0)], {"seconds": 0, "best": 12}),
        ([(20, 12), (0, 5)], None),
        ([(20, 12), (7, 8), (0, 9)], None),
        ([(20, 12), (7, 9), (0, 8)], None),
        ([(60, 12), (7, 8), (0, 8)], None),
        ([(38, 12), (7, 8), (0, 8)], None),
        ([(30, 12), (7, 8), (0, 8)], {"seconds": 8, "best": 12}),
        ([(20, 0), (7, 0), (0, 0)], None),
    ],
)
def test_less_that_the_patient_can_do_sends_to_the_doctor(
    check_ins: list[Any], numbers: dict[str, int] | None
) -> None:
    events = [
        one if isinstance(one, CheckIn) else told(one[0], single_leg_seconds=one[1])
        for one in check_ins
    ]
    found = findings(diary(*events), TODAY)
    expected = () if numbers is None else (Finding("less_function", "doctor", numbers),)
    assert found == expected


def test_signs_of_healing_are_told_by_name() -> None:
    history = diary(
        told(40, healing=frozenset({"stiffness"})),
        told(20, healing=frozenset({"balance"})),
        told(1, healing=frozenset({"feeling", "balance"})),
    )
    assert only(history) == Finding(
        "healing_signs", "good", {"signs": 2, "balance": 1, "feeling": 1}
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([0, 3, 6], [Finding("steady_practice", "good", {"visits": 3})]),
        ([0, 3, 7], []),
        ([0, 3], []),
        ([-1, 0, 3], []),
        ([13], []),
        ([14], [Finding("long_pause", "note", {"days": 14})]),
        ([60, 30], [Finding("long_pause", "note", {"days": 30})]),
    ],
)
def test_steady_practice_and_a_long_pause_are_noticed(
    days: list[int], expected: list[Finding]
) -> None:
    assert list(findings(diary(*map(visit, days)), TODAY)) == expected


def test_a_visit_in_which_all_was_skipped_is_no_practice() -> None:
    skipped = [visit(days, Done("a", skipped=True)) for days in range(3)]
    assert ids(diary(*skipped)) == []
    assert ids(diary(visit(20), *skipped)) == ["long_pause"]


@pytest.mark.parametrize("worry", [told(0, falls=1), told(0, function="less"), visit(0, pain=8)])
def test_nobody_with_a_worrying_finding_is_told_to_go_on_practising(worry: Any) -> None:
    steady = [visit(days) for days in (1, 2, 3)]
    (finding,) = findings(diary(*steady, worry), TODAY)
    assert finding.level == "doctor"
    assert [one.level for one in findings(diary(visit(30), worry), TODAY)] == ["doctor"]


def test_worrying_findings_come_first_and_the_doctors_before_the_physios() -> None:
    history = diary(
        *(visit(2 - at, pain=pain) for at, pain in enumerate((1, 2, 3))),
        told(0, falls=2, function="less", healing=frozenset({"balance"})),
    )
    assert [one.level for one in findings(history, TODAY)] == [
        "doctor",
        "doctor",
        "doctor",
        "physio",
        "good",
    ]


def test_a_summary_counts_the_last_four_weeks() -> None:
    history = diary(
        visit(28, Done("a", repetitions=99, pain=9)),
        visit(27, Done("a", repetitions=10, pain=4), Done("b", repetitions=8, skipped=True)),
        visit(6, Done("a", repetitions=12, pain=2), "b"),
        visit(0, Done("c", seconds=30), Done("d", pain=1, skipped=True)),
        told(30, trips=50, falls=50, single_leg_seconds=50),
        told(20, trips=4, single_leg_seconds=9),
        told(2, trips=1, falls=0, single_leg_seconds=6),
    )
    assert summary(history, TODAY) == Summary(
        visits_week=2,
        visits=3,
        exercises=4,
        repetitions=22,
        last_pain=1,
        trips=5,
        falls=0,
        best_single_leg_seconds=9,
    )


def test_what_was_never_told_is_not_counted_as_none() -> None:
    assert summary(diary(visit(0), told(0)), TODAY) == Summary(
        visits_week=1, visits=1, exercises=1, repetitions=0
    )
