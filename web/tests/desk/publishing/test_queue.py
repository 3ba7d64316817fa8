"""The queue of checks, on both databases."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, Engine, select, update

from desk.access.permissions import Role
from desk.errors import CannotBe
from desk.privacy.audit import Actor
from desk.publishing.checks import queue
from desk.publishing.checks.queue import DEAD_AFTER, Taken, Told
from records.base import now
from records.people import Deed
from records.publishing import Check
from records.words import ChangeStatus, CheckStatus
from tests.desk.publishing.conftest import request_of
from tests.desk.review.conftest import add

ONE, TWO = "1" * 40, "2" * 40


def status(db: Connection, check: int) -> str:
    return str(db.execute(select(Check.status).where(Check.id == check)).scalar_one())


def test_a_check_is_asked_for_taken_and_finished(db: Connection, ann: Actor) -> None:
    change = request_of(db, ann.id)
    check = queue.ask(db, ann, change, ONE)
    assert status(db, check) == CheckStatus.QUEUED
    assert queue.take(db) == Taken(check, change, ONE)
    assert queue.take(db) is None
    assert queue.beat(db, check, "train", 40, "Training") is Told.GO_ON
    assert queue.finish(db, check, CheckStatus.PASSED, "", {"passed": True})
    row = db.execute(select(Check.__table__).where(Check.id == check)).one()
    assert (row.status, row.percent, row.report) == (CheckStatus.PASSED, 100, {"passed": True})
    assert row.started_at and row.finished_at
    deeds = db.execute(select(Deed.actor, Deed.action, Deed.object)).all()
    assert deeds == [("ann", "checks_asked", f"check:{check}")]


def test_asking_twice_gives_the_same_check(db: Connection, ann: Actor) -> None:
    change = request_of(db, ann.id)
    check = queue.ask(db, ann, change, ONE)
    assert queue.ask(db, ann, change, ONE) == check
    queue.take(db)
    assert queue.ask(db, ann, change, ONE) == check


def test_a_check_that_has_ended_can_be_run_again(db: Connection, ann: Actor) -> None:
    change = request_of(db, ann.id)
    check = queue.ask(db, ann, change, ONE)
    queue.take(db)
    queue.finish(db, check, CheckStatus.BROKEN, "It broke.")
    assert queue.ask(db, ann, change, ONE) != check


def test_a_newer_edit_takes_the_place_of_what_waits(db: Connection, ann: Actor) -> None:
    change = request_of(db, ann.id)
    old = queue.ask(db, ann, change, ONE)
    new = queue.ask(db, ann, change, TWO)
    assert status(db, old) == CheckStatus.CANCELLED
    assert queue.take(db) == Taken(new, change, TWO)


def test_of_one_change_only_one_check_runs(db: Connection, ann: Actor) -> None:
    change, other = request_of(db, ann.id), request_of(db, ann.id, ChangeStatus.DRAFT)
    old = queue.ask(db, ann, change, ONE)
    queue.take(db)
    new = queue.ask(db, ann, change, TWO)
    later = queue.ask(db, ann, other, TWO)
    assert queue.beat(db, old, "lint", 1, "") is Told.CANCEL
    assert queue.take(db) == Taken(later, other, TWO)
    assert queue.take(db) is None
    queue.finish(db, old, CheckStatus.CANCELLED, "")
    assert queue.take(db) == Taken(new, change, TWO)


@pytest.mark.parametrize("ended", [ChangeStatus.PUBLISHED, ChangeStatus.WITHDRAWN, None])
def test_what_is_not_open_is_not_checked(
    ended: ChangeStatus | None, db: Connection, ann: Actor
) -> None:
    change = request_of(db, ann.id, ended) if ended else 99
    with pytest.raises(CannotBe, match="open"):
        queue.ask(db, ann, change, ONE)


def test_what_waits_is_cancelled_at_once_and_what_runs_is_told(db: Connection, ann: Actor) -> None:
    first = queue.ask(db, ann, request_of(db, ann.id), ONE)
    queue.take(db)
    second = queue.ask(db, ann, request_of(db, ann.id, ChangeStatus.DRAFT), ONE)
    assert queue.cancel(db, ann, second)
    assert status(db, second) == CheckStatus.CANCELLED
    assert queue.cancel(db, ann, first)
    assert not queue.cancel(db, ann, first)
    assert status(db, first) == CheckStatus.RUNNING
    assert queue.beat(db, first, "", 0, "") is Told.CANCEL
    queue.finish(db, first, CheckStatus.CANCELLED, "")
    assert not queue.cancel(db, ann, first)


def test_a_runner_that_is_told_to_stop_puts_its_check_back(db: Connection, ann: Actor) -> None:
    check = queue.ask(db, ann, request_of(db, ann.id), ONE)
    queue.take(db)
    assert queue.put_back(db, check)
    assert status(db, check) == CheckStatus.QUEUED
    taken = queue.take(db)
    assert taken and taken.id == check
    queue.cancel(db, ann, check)
    assert queue.put_back(db, check)
    assert status(db, check) == CheckStatus.CANCELLED


def test_a_dead_runners_check_is_broken_and_its_ghost_changes_nothing(
    db: Connection, ann: Actor
) -> None:
    check = queue.ask(db, ann, request_of(db, ann.id), ONE)
    queue.take(db)
    assert queue.give_up_dead(db, now()) == []
    late = now() - DEAD_AFTER - timedelta(seconds=1)
    db.execute(update(Check).values(beat_at=late))
    assert queue.give_up_dead(db, now()) == [check]
    assert status(db, check) == CheckStatus.BROKEN
    assert queue.beat(db, check, "train", 50, "") is Told.GONE
    assert not queue.finish(db, check, CheckStatus.PASSED, "", {})
    assert not queue.put_back(db, check)
    assert not queue.begin(db, check, TWO, None)
    assert status(db, check) == CheckStatus.BROKEN


def test_of_several_runners_one_takes_a_check(engine: Engine) -> None:
    writing = engine.execution_options(begin="IMMEDIATE")
    with writing.begin() as db:
        ann = add(db, "ann", Role.EDITOR)
        queue.ask(db, ann, request_of(db, ann.id), ONE)
    start, taken = Barrier(4), []

    def run() -> None:
        start.wait()
        with writing.begin() as db:
            taken.append(queue.take(db))

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([each for each in taken if each]) == 1


def test_of_several_who_ask_at_once_all_get_the_same_check(engine: Engine) -> None:
    writing = engine.execution_options(begin="IMMEDIATE")
    with writing.begin() as db:
        ann = add(db, "ann", Role.EDITOR)
        change = request_of(db, ann.id)
    start, asked = Barrier(4), []

    def run() -> None:
        start.wait()
        with writing.begin() as db:
            asked.append(queue.ask(db, ann, change, ONE))

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 4
    assert len(set(asked)) == 1
