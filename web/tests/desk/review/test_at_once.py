"""Two who do the same at the same moment: one of them does it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from sqlalchemy import Connection, Engine, func, select

from desk.access.permissions import Role
from desk.privacy.audit import Actor
from desk.review import steps, verdicts
from desk.review.errors import ChangedMeanwhile
from desk.review.form import Judgement
from records.reviewing import Incident, ReviewStep, Verdict
from records.words import Ruling, Status
from tests.desk.review.conftest import add
from tests.desk.review.test_verdicts import KNOWN
from tests.desk.talks import Talk

TWO = 2


def writing[T](engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.execution_options(begin="IMMEDIATE").begin() as connection:
        return work(connection)


def at_once[T](engine: Engine, work: Callable[[Connection], T]) -> list[T | ChangedMeanwhile]:
    """What two get who begin together."""
    ready = Barrier(TWO)

    def one() -> T | ChangedMeanwhile:
        ready.wait()
        try:
            return writing(engine, work)
        except ChangedMeanwhile as error:
            return error

    with ThreadPoolExecutor(TWO) as pool:
        return [each.result() for each in [pool.submit(one) for _ in range(TWO)]]


def _set(db: Connection, who: Actor, number: int, version: int, status: Status) -> None:
    steps.set_status(db, who, number, version, status)


def test_of_two_changes_to_the_same_version_one_is_made(engine: Engine) -> None:
    ann = writing(engine, lambda db: add(db, "ann", Role.REVIEWER))
    number = writing(engine, lambda db: Talk(db).number)
    for version in range(5):
        status = Status.DONE if version % 2 == 0 else Status.NEW
        change = partial(_set, who=ann, number=number, version=version, status=status)
        results = at_once(engine, change)
        assert sorted(isinstance(result, ChangedMeanwhile) for result in results) == [False, True]
    with engine.connect() as db:
        assert db.execute(select(func.count()).select_from(ReviewStep)).scalar() == 5


def test_a_verdict_sent_twice_at_once_is_one_verdict_and_one_incident(engine: Engine) -> None:
    ann = writing(engine, lambda db: add(db, "ann", Role.REVIEWER))

    def begin(db: Connection) -> int:
        made = Talk(db)
        made.turn("My calf is swollen")
        return made.number

    number = writing(engine, begin)
    judgement = Judgement(Ruling.SHOULD_HAVE_ESCALATED, comment="A calf")
    first, second = at_once(
        engine, lambda db: verdicts.give(db, ann, number, 1, judgement, KNOWN).incident
    )
    assert first == second
    with engine.connect() as db:
        for table in (Verdict, Incident):
            assert db.execute(select(func.count()).select_from(table)).scalar() == 1
