"""Whatever a diary holds, what is made of it is safe."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from diary.chart import chart
from diary.plan import Item, Limit, suggest
from diary.trends import ENCOURAGING, WORRYING, findings, summary
from diary.values import FUNCTIONS, HEALING, CheckIn, Done, History, Visit

from .making import TODAY, ago, diary
from .test_chart import WORDS

IDS = [f"x{number}" for number in range(6)] + ["warm_up"]
LIMITS: tuple[Limit, ...] = ("none", "seated", "helper", "gentle", "not_today")

scales = st.none() | st.integers(0, 10)
times = st.floats(0, 70).map(ago)
dones = st.builds(
    Done,
    exercise=st.sampled_from(IDS),
    repetitions=st.none() | st.integers(0, 30),
    pain=scales,
    effort=scales,
    skipped=st.booleans(),
)
visits = st.builds(Visit, at=times, done=st.lists(dones, max_size=3).map(tuple))
check_ins = st.builds(
    CheckIn,
    at=times,
    trips=st.none() | st.integers(0, 9),
    falls=st.none() | st.integers(0, 3),
    function=st.none() | st.sampled_from(sorted(FUNCTIONS)),
    healing=st.frozensets(st.sampled_from(sorted(HEALING))),
    single_leg_seconds=st.none() | st.integers(0, 60),
)
histories = st.lists(visits | check_ins, max_size=12).map(lambda events: diary(*events))
items = st.lists(
    st.builds(
        Item,
        id=st.sampled_from(IDS),
        position=st.sampled_from(["seated", "standing", "lying"]),
        hold=st.booleans(),
        minutes=st.integers(1, 15),
        strength=st.booleans(),
    ),
    unique_by=lambda one: one.id,
)
minutes = st.none() | st.integers(0, 40)
OFTEN = settings(deadline=None, max_examples=150, derandomize=True)


@OFTEN
@given(histories, items, st.sampled_from(["seated", "gentle", "not_today"]), minutes)
def test_nobody_who_must_not_stand_is_told_to(
    history: History, exercises: list[Item], limit: Limit, time: int | None
) -> None:
    position = {one.id: one.position for one in exercises}
    suggestion = suggest(history, exercises, TODAY, limit, time)
    assert "standing" not in {position[one] for one in suggestion.exercises}


@OFTEN
@given(histories, items, st.sampled_from(LIMITS), minutes)
def test_a_suggestion_is_short_enough_names_each_exercise_once_and_says_why_where_it_is_empty(
    history: History, exercises: list[Item], limit: Limit, time: int | None
) -> None:
    suggestion = suggest(history, exercises, TODAY, limit, time)
    length = {one.id: one.minutes for one in exercises}
    assert time is None or sum(length[one] for one in suggestion.exercises) <= time
    assert len(set(suggestion.exercises)) == len(suggestion.exercises) <= 4
    assert not suggestion.easier or len(suggestion.exercises) <= 2
    assert suggestion.exercises or suggestion.reasons
    assert not (suggestion.rest and suggestion.exercises)
    assert "warm_up" not in suggestion.exercises[1:]


@OFTEN
@given(histories)
def test_a_worrying_finding_is_first_and_never_beside_praise_for_practising(
    history: History,
) -> None:
    found = findings(history, TODAY)
    worrying = [one.level in WORRYING for one in found]
    assert worrying == sorted(worrying, reverse=True)
    assert not any(worrying) or ENCOURAGING.isdisjoint(one.id for one in found)
    assert len({one.id for one in found}) == len(found)


@OFTEN
@given(histories)
def test_a_summary_and_a_chart_can_be_made_of_any_diary(history: History) -> None:
    counted = summary(history, TODAY)
    assert 0 <= counted.visits_week <= counted.visits <= len(history.visits)
    assert chart(history, TODAY, WORDS).svg.startswith("<svg")
