"""What becomes of a switch follows from what the replicas tell."""

from datetime import UTC, datetime, timedelta

from records.words import SwitchState
from releases.deciding import PATIENCE, Seen, Verdict, decide

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
SOON, LATE = BEGUN + timedelta(seconds=5), BEGUN + PATIENCE
LIVE, PREPARING = Verdict(SwitchState.LIVE), Verdict(SwitchState.PREPARING)


def told(name: str, ready: int | None = None, trouble: str = "", at: datetime = SOON) -> Seen:
    return Seen(name, serving=1, ready=ready, trouble=trouble, seen_at=at)


def test_it_waits_for_the_last_replica() -> None:
    assert decide(2, BEGUN, [told("one", 2), told("two")], SOON) == PREPARING
    assert decide(2, BEGUN, [told("one", 2), told("two", 3)], SOON) == PREPARING
    assert decide(2, BEGUN, [told("one", 2), told("two", 2)], SOON) == LIVE


def test_where_nobody_is_there_it_does_not_become_live() -> None:
    assert decide(2, BEGUN, [], SOON) == PREPARING
    assert decide(2, BEGUN, [], LATE).message.endswith("nobody was there to serve it.")


def test_trouble_of_one_replica_ends_it_for_all() -> None:
    verdict = decide(2, BEGUN, [told("one", 2), told("two", trouble="Rasa ended")], SOON)
    assert verdict == Verdict(SwitchState.FAILED, "two: Rasa ended")


def test_what_a_replica_told_before_does_not_count() -> None:
    earlier = BEGUN - timedelta(seconds=1)
    assert decide(2, BEGUN, [told("one", 2, at=earlier)], SOON) == PREPARING
    assert decide(2, BEGUN, [told("one", trouble="old", at=earlier)], SOON) == PREPARING
    assert decide(2, BEGUN, [told("one", 2), told("two", 2, at=earlier)], SOON) == PREPARING


def test_it_is_given_up_in_the_end_and_says_who_was_waited_for() -> None:
    verdict = decide(2, BEGUN, [told("one", 2), told("two")], LATE)
    assert verdict.state is SwitchState.FAILED
    assert verdict.message == "After 180 seconds it was given up: two did not become ready."


def test_who_is_ready_in_the_last_moment_counts() -> None:
    assert decide(2, BEGUN, [told("one", 2)], LATE) == LIVE
