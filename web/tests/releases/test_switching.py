"""A switch goes from preparing to live or failed, once, whoever looks after it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from records.base import now
from records.publishing import Release, Replica, Switch
from records.words import SwitchKind, SwitchState
from releases import folder, switching
from releases.deciding import PATIENCE, PRESENT
from releases.switching import Refused
from tests.releases.conftest import CODE, Make

SOON = timedelta(seconds=1)


@pytest.fixture
def two(make: Make, db: Connection) -> Iterator[int]:
    """Release 1 is served, and there is a second; its number."""
    switching.install(db, make(), "main")
    yield make()


def tell(db: Connection, name: str, ready: int | None = None, **more: object) -> None:
    """Have a replica tell of itself."""
    db.execute(delete(Replica).where(Replica.name == name))
    values = {"name": name, "serving": 1, "ready": ready, "seen_at": now(), **more}
    db.execute(insert(Replica).values(values))


def begin(db: Connection, number: int, kind: SwitchKind = SwitchKind.PUBLISH) -> int:
    return switching.begin(db, number, kind, "ann")


def state(db: Connection, id: int) -> SwitchState:
    found = switching.state(db, id)
    assert found is not None
    return found.state


def test_what_was_installed_is_served(two: int, db: Connection) -> None:
    assert switching.live(db) == 1
    found = switching.latest(db)
    assert found is not None
    assert found.kind == SwitchKind.INSTALL
    assert [row.number for row in switching.kept(db)] == [2, 1]


def test_where_nothing_was_released_nothing_is_live(db: Connection) -> None:
    assert switching.live(db) is None
    assert switching.preparing(db) is None
    assert switching.state(db, 1) is None


def test_it_becomes_live_once_every_replica_is_ready(two: int, db: Connection) -> None:
    tell(db, "main")
    tell(db, "other")
    id = begin(db, two)
    tell(db, "main", two)
    switching.settle(db)
    found = switching.state(db, id)
    assert found is not None
    assert (found.state, found.ready, found.waiting) == (
        SwitchState.PREPARING,
        ["main"],
        ["other"],
    )
    assert switching.live(db) == 1
    tell(db, "other", two)
    switching.settle(db)
    assert state(db, id) is SwitchState.LIVE
    assert switching.live(db) == two
    gone = switching.before(db)
    assert gone is not None
    assert gone.release == 1


def test_going_back_is_the_same(two: int, db: Connection) -> None:
    for number, kind in ((two, SwitchKind.PUBLISH), (1, SwitchKind.ROLL_BACK)):
        begin(db, number, kind)
        tell(db, "main", number)
        switching.settle(db)
        assert switching.live(db) == number


def test_a_replica_that_is_gone_is_not_waited_for(two: int, db: Connection) -> None:
    tell(db, "other", seen_at=now() - PRESENT)
    id = begin(db, two)
    tell(db, "main", two)
    switching.settle(db)
    assert state(db, id) is SwitchState.LIVE


def test_one_that_fell_silent_just_now_is_waited_for(two: int, db: Connection) -> None:
    tell(db, "other", seen_at=now() - PRESENT + SOON)
    id = begin(db, two)
    tell(db, "main", two)
    switching.settle(db)
    assert state(db, id) is SwitchState.PREPARING
    switching.settle(db, now() + SOON)
    assert state(db, id) is SwitchState.LIVE


def test_a_replica_in_trouble_ends_it_and_nothing_was_changed(two: int, db: Connection) -> None:
    id = begin(db, two)
    tell(db, "main", two)
    tell(db, "other", trouble="Rasa does not start")
    switching.settle(db)
    found = switching.state(db, id)
    assert found is not None
    assert (found.state, found.message) == (SwitchState.FAILED, "other: Rasa does not start")
    assert switching.live(db) == 1


def test_it_is_given_up_in_time_and_the_next_may_begin(two: int, db: Connection) -> None:
    id = begin(db, two)
    switching.settle(db, now() + PATIENCE)
    assert state(db, id) is SwitchState.FAILED
    assert state(db, begin(db, two)) is SwitchState.PREPARING


def test_an_overdue_one_that_nobody_looked_after_is_in_nobodys_way(
    two: int, db: Connection
) -> None:
    id = begin(db, two)
    db.execute(update(Switch).where(Switch.id == id).values(at=now() - PATIENCE))
    begin(db, two)
    assert state(db, id) is SwitchState.FAILED


def test_what_has_ended_stays_as_it_is(two: int, db: Connection) -> None:
    id = begin(db, two)
    tell(db, "main", two)
    switching.settle(db)
    switching.fail(db, id, "too late")
    switching.settle(db, now() + PATIENCE)
    assert state(db, id) is SwitchState.LIVE


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        (1, "Release 1 is served already."),
        (9, "There is no release 9. Look at the list of releases."),
    ],
)
def test_what_makes_no_sense_is_refused(two: int, db: Connection, number: int, wrong: str) -> None:
    with pytest.raises(Refused) as refused:
        begin(db, number)
    assert str(refused.value) == wrong


def test_what_was_cleared_away_is_refused(two: int, db: Connection) -> None:
    db.execute(update(Release).where(Release.number == two).values(kept=False))
    with pytest.raises(Refused, match="Release 2 was cleared away"):
        begin(db, two)
    assert [row.number for row in switching.kept(db)] == [1]


def test_one_at_a_time(two: int, make: Make, db: Connection) -> None:
    begin(db, two)
    with pytest.raises(Refused, match="Release 2 is being made ready"):
        begin(db, make())


def test_of_two_that_began_in_the_same_moment_the_first_goes_on(
    two: int, make: Make, db: Connection
) -> None:
    first = begin(db, two)
    values = {"release": make(), "kind": SwitchKind.PUBLISH, "state": SwitchState.PREPARING}
    db.execute(insert(Switch).values(values))
    tell(db, "main", two)
    switching.settle(db)
    assert state(db, first) is SwitchState.LIVE
    assert db.execute(select(Switch.state).order_by(Switch.id.desc())).scalars().first() == (
        SwitchState.FAILED
    )


def test_a_model_of_other_code_is_refused_with_what_to_do(
    two: int, db: Connection, releases: Path, model: Path
) -> None:
    def wish(code: str) -> int:
        return switching.begin(db, two, SwitchKind.ROLL_BACK, "ann", releases=releases, code=code)

    with pytest.raises(Refused, match="Train it anew first: make release-model RELEASE=2"):
        wish("newer")
    folder.link(model, folder.place(releases, two).model("newer", CODE))
    assert wish("newer")


def test_a_release_without_its_folder_is_refused(two: int, db: Connection, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Release 2 cannot be served"):
        switching.begin(
            db, two, SwitchKind.PUBLISH, "ann", releases=tmp_path / "nowhere", code=CODE
        )
