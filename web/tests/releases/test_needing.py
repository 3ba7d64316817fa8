"""Which engines a machine needs follows from what is live, wanted and still in use."""

from dataclasses import replace

from releases.engines import Engine
from releases.needing import GRACE_SECONDS, Needs, steps


def engine(release: int, *, leaving: bool = False) -> Engine:
    return Engine(release, f"dorsi-{release}", "http://127.0.0.1:1", ("actions", "rasa"), leaving)


ONE, TWO, THREE = engine(1), engine(2), engine(3)


def test_what_is_live_or_wanted_is_started() -> None:
    todo = steps(Needs(live=1, wanted=2, held={1}), [ONE], {}, 0)
    assert (todo.start, todo.leave, todo.stop) == ([2], [], [])
    assert steps(Needs(live=2, wanted=None, held={1}), [ONE], {}, 0).start == [2]


def test_what_the_gateway_serves_or_drains_stays() -> None:
    todo = steps(Needs(live=2, wanted=None, held={2, 1}), [ONE, TWO], {}, 0)
    assert (todo.start, todo.leave, todo.stop) == ([], [], [])


def test_what_nobody_needs_gets_notice_and_is_stopped_after_it() -> None:
    needs, idle = Needs(live=2, wanted=None, held={2}), replace(ONE, leaving=True)
    assert steps(needs, [ONE, TWO], {}, 0).leave == [ONE]
    assert steps(needs, [idle, TWO], {1: 0.0}, GRACE_SECONDS / 2).stop == []
    assert steps(needs, [idle, TWO], {1: 0.0}, GRACE_SECONDS).stop == [idle]


def test_what_is_needed_again_in_between_is_kept() -> None:
    idle = replace(ONE, leaving=True)
    todo = steps(Needs(live=2, wanted=1, held={2}), [idle, TWO], {1: 0.0}, GRACE_SECONDS)
    assert (todo.keep, todo.stop) == ([idle], [])


def test_while_the_gateway_is_silent_nothing_is_stopped() -> None:
    todo = steps(Needs(live=2, wanted=None, held=None), [ONE, TWO, THREE], {}, 0)
    assert (todo.leave, todo.stop) == ([], [])
