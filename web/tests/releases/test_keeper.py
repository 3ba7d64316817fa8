"""A keeper has the engines run that the switches need; one that is killed goes on where it was."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from records.words import SwitchKind, SwitchState
from releases import engines, folder, making, needing, replicas, starting, switching
from releases.keeper import Keeper
from releases.replicas import Told
from releases.settings import Settings
from releases.supervisor import Process
from tests.releases.conftest import CODE


class Played:
    """A supervisor that is played: what it was told to start runs until it is told to stop."""

    def __init__(self) -> None:
        self.running: dict[str, int] = dict.fromkeys(engines.FIRST, 1)
        self.pid = 100
        self.crashing = ""

    def process(self, program: str) -> Process | None:
        if program not in self.running:
            return None
        if program == self.crashing:
            self.pid += 1
            self.running[program] = self.pid
        pid = self.running[program]
        return Process(pid, "RUNNING" if pid else "STOPPED")

    def add(self, programs: tuple[str, ...]) -> None:
        for program in programs:
            self.pid += 1
            self.running[program] = self.pid

    def stop(self, programs: tuple[str, ...]) -> bool:
        found = [self.running[one] for one in programs if one in self.running]
        self.running.update({one: 0 for one in programs if one in self.running})
        return not any(found)

    def remove(self, programs: tuple[str, ...]) -> None:
        for program in programs:
            self.running.pop(program, None)


@pytest.fixture
def settings(tmp_path: Path, releases: Path, any_url: str) -> Settings:
    return Settings(
        dorsi_home=tmp_path, dorsi_releases=releases, database_url=any_url, dorsi_code=CODE
    )


@pytest.fixture
def two(settings: Settings, engine: Engine, data: Path, model: Path) -> int:
    """Release 1 is served by the first engine, and there is a second; its number."""
    for _ in (1, 2):
        prepared = making.prepare(settings.releases, data=data, model=model, code=CODE)
        with engine.begin() as db:
            number = making.enter(db, prepared)
    with engine.begin() as db:
        switching.install(db, 1, "main")
    starting.first(settings, 1)
    tell(engine, serving=1)
    return number


@pytest.fixture
def supervisor(monkeypatch: pytest.MonkeyPatch) -> Played:
    monkeypatch.setattr(needing, "GRACE_SECONDS", 0)
    return Played()


def kept(settings: Settings, engine: Engine, supervisor: Any) -> Keeper:
    return Keeper(settings, engine, supervisor)


def tell(engine: Engine, name: str = "main", **told: Any) -> None:
    with engine.begin() as db:
        replicas.tell(db, name, Told(**{"serving": 1, **told}))


def begin(engine: Engine, number: int) -> int:
    with engine.begin() as db:
        return switching.begin(db, number, SwitchKind.PUBLISH, "ann")


def progress(engine: Engine, id: int) -> switching.Progress:
    with engine.connect() as db:
        found = switching.state(db, id)
    assert found is not None
    return found


def numbers(settings: Settings) -> list[int]:
    return [engine.release for engine in engines.known(settings.dorsi_home)]


def test_a_switch_gets_its_engine_and_goes_live_once_the_gateway_is_ready(
    settings: Settings, engine: Engine, two: int, supervisor: Played
) -> None:
    keeping = kept(settings, engine, supervisor)
    keeping.look()
    assert numbers(settings) == [1]
    id = begin(engine, two)
    keeping.look()
    assert numbers(settings) == [1, two]
    assert supervisor.running.keys() >= set(engines.programs(two))
    found = engines.read(settings.dorsi_home, two)
    assert found is not None
    assert engines.model(settings.dorsi_home, found.model).exists()
    assert "[program:rasa-2]" in engines.configuration_file(settings.dorsi_home, two).read_text()
    assert progress(engine, id).state is SwitchState.PREPARING
    tell(engine, ready=two, ready_for=id)
    keeping.look()
    assert progress(engine, id).state is SwitchState.LIVE


def test_the_engine_before_is_stopped_once_nothing_goes_on_with_it(
    settings: Settings, engine: Engine, two: int, supervisor: Played
) -> None:
    keeping = kept(settings, engine, supervisor)
    id = begin(engine, two)
    keeping.look()
    tell(engine, ready=two, ready_for=id)
    for _ in range(3):
        keeping.look()
        assert numbers(settings) == [1, two]  # the gateway has not gone over yet
    tell(engine, serving=two, draining=[1])
    keeping.look()
    assert numbers(settings) == [1, two]
    tell(engine, serving=two)
    for _ in range(4):
        keeping.look()
    assert numbers(settings) == [two]
    assert [supervisor.running[one] for one in engines.FIRST] == [0, 0]


def test_a_second_keeper_goes_on_where_the_first_was_killed(
    settings: Settings, engine: Engine, two: int, supervisor: Played
) -> None:
    id = begin(engine, two)
    kept(settings, engine, supervisor).look()
    running = dict(supervisor.running)
    again = kept(settings, engine, supervisor)
    again.look()
    assert supervisor.running == running  # nothing is started twice
    tell(engine, ready=two, ready_for=id)
    again.look()
    assert progress(engine, id).state is SwitchState.LIVE


def test_one_killed_before_it_told_of_an_engine_starts_it_anew(
    settings: Settings, engine: Engine, two: int, supervisor: Played
) -> None:
    begin(engine, two)
    keeping = kept(settings, engine, supervisor)
    supervisor.add(engines.programs(two))
    for _ in range(3):
        keeping.look()
    assert numbers(settings) == [1, two]
    assert all(supervisor.running[one] for one in engines.programs(two))


def test_two_keepers_of_two_machines_wait_for_each_other(
    settings: Settings, engine: Engine, two: int, supervisor: Played, tmp_path: Path
) -> None:
    there = settings.model_copy(update={"dorsi_home": tmp_path / "there", "dorsi_replica": "two"})
    starting.first(there, 1)
    other = Played()
    tell(engine, "two")
    id = begin(engine, two)
    keepers = kept(settings, engine, supervisor), kept(there, engine, other)
    for one in keepers:
        one.look()
    tell(engine, ready=two, ready_for=id)
    for one in keepers:
        one.look()
    assert progress(engine, id).waiting == ["two"]
    tell(engine, "two", ready=two, ready_for=id)
    keepers[1].look()
    assert progress(engine, id).state is SwitchState.LIVE
    keepers[0].look()
    assert set(other.running) >= set(engines.programs(two)) <= set(supervisor.running)


def test_an_engine_that_ends_again_and_again_fails_the_switch_with_its_last_words(
    settings: Settings, engine: Engine, two: int, supervisor: Played
) -> None:
    log = settings.dorsi_home / "log" / f"rasa-{two}.log"
    log.parent.mkdir()
    log.write_text("starting\nValueError: no such model\n\n")
    id = begin(engine, two)
    supervisor.crashing = f"rasa-{two}"
    keeping = kept(settings, engine, supervisor)
    for _ in range(4):
        keeping.look()
    found = progress(engine, id)
    assert found.state is SwitchState.FAILED
    wanted = f"main: rasa of release {two} does not start: ValueError: no such model"
    assert found.message.startswith(wanted)
    for _ in range(4):
        keeping.look()
    assert numbers(settings) == [1]
    assert f"rasa-{two}" not in supervisor.running


@pytest.mark.parametrize("wrong", ["content", "code"])
def test_what_is_not_as_it_was_checked_is_never_started(
    settings: Settings, engine: Engine, two: int, supervisor: Played, wrong: str
) -> None:
    if wrong == "content":
        (folder.place(settings.releases, two).data / "regions.yml").write_text("IE: {}\n")
        said = "a content file was changed"
    else:
        settings.dorsi_code = "newer"
        said = f"make release-model RELEASE={two}"
    id = begin(engine, two)
    kept(settings, engine, supervisor).look()
    assert said in progress(engine, id).message
    assert progress(engine, id).state is SwitchState.FAILED
    assert numbers(settings) == [1]


def test_a_database_that_is_away_stops_nothing_and_is_waited_for(
    settings: Settings, supervisor: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = create_engine(f"sqlite:///{tmp_path / 'no' / 'where.db'}")
    keeping, looks = kept(settings, away, supervisor), iter(range(3))
    with pytest.raises(OperationalError):
        keeping.look()

    def sleep(_: float) -> None:
        if next(looks, None) is None:
            raise KeyboardInterrupt

    monkeypatch.setattr("releases.keeper.time.sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        keeping.keep()
    assert supervisor.running == dict.fromkeys(engines.FIRST, 1)
