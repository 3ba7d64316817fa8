"""A start serves what was published; what is installed only where nothing was, or as it is told."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from records.words import SwitchKind, SwitchState
from releases import engines, folder, making, replicas, starting, switching
from releases.replicas import Told
from releases.settings import Settings
from tests.releases.conftest import CODE


@pytest.fixture
def settings(tmp_path: Path, releases: Path, any_url: str, data: Path, model: Path) -> Settings:
    return Settings(
        dorsi_home=tmp_path,
        dorsi_releases=releases,
        database_url=any_url,
        dorsi_code=CODE,
        dorsi_data=data,
        dorsi_model=model,
    )


def publish(settings: Settings, engine: Engine, title: str = "Published") -> int:
    """Make a release of other content live, as the desk does."""
    content = settings.dorsi_home / "published"
    content.mkdir()
    (content / "regions.yml").write_text("US: {}\n")
    assert settings.dorsi_model
    prepared = making.prepare(
        settings.releases, data=content, model=settings.dorsi_model, code=CODE
    )
    with engine.begin() as db:
        number = making.enter(db, prepared, title=title)
        id = switching.begin(db, number, SwitchKind.PUBLISH, "ann")
        replicas.tell(db, "main", Told(serving=1, ready=number, ready_for=id))
        switching.settle(db)
        found = switching.state(db, id)
        assert found is not None and found.state is SwitchState.LIVE
    return number


def test_the_first_start_makes_a_release_of_what_is_installed(
    settings: Settings, engine: Engine
) -> None:
    start = starting.begin(settings, engine)
    assert (start.served, start.said, start.train) == (1, (), None)
    assert start.data == str(folder.place(settings.releases, 1).data)
    assert Path(start.model).name == "dorsi-0123456789abcdef.tar.gz"
    assert engines.read(settings.dorsi_home, 1) == engines.Engine(
        1, "dorsi-0123456789abcdef", settings.rasa_url, engines.FIRST
    )
    assert folder.read(settings.releases, 1).title == starting.INSTALLED


def test_the_next_start_makes_no_other(settings: Settings, engine: Engine) -> None:
    assert starting.begin(settings, engine) == starting.begin(settings, engine)


@pytest.mark.parametrize("what", ["content", "code"])
def test_what_was_installed_anew_is_served_until_something_is_published(
    settings: Settings, engine: Engine, data: Path, what: str
) -> None:
    starting.begin(settings, engine)
    if what == "content":
        (data / "regions.yml").write_text("IE: {}\n")
    else:
        settings.dorsi_code = "newer"
    start = starting.begin(settings, engine)
    assert start.served == 2
    assert folder.verify(settings.releases, 2) == []


def test_what_was_published_is_served_and_that_data_differs_is_told(
    settings: Settings, engine: Engine
) -> None:
    starting.begin(settings, engine)
    number = publish(settings, engine)
    start = starting.begin(settings, engine)
    assert start.served == number
    assert start.said == (
        f"Release {number} is served, which was published; data/ differs from it. "
        "To serve data/ as it is instead: DORSI_RELEASE=none make run",
    )
    settings.dorsi_data = folder.place(settings.releases, number).data
    assert starting.begin(settings, engine).said == ()


def test_what_is_installed_is_served_where_that_is_asked_for(
    settings: Settings, engine: Engine, data: Path, model: Path
) -> None:
    starting.begin(settings, engine)
    publish(settings, engine)
    settings.dorsi_release = "none"
    start = starting.begin(settings, engine)
    assert (start.served, start.data, start.model) == (None, str(data), str(model))


def test_a_published_release_is_trained_anew_where_newer_code_runs(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    starting.begin(settings, engine)
    number = publish(settings, engine)
    settings.dorsi_code = "newer"
    start = starting.begin(settings, engine)
    assert (start.train, start.model) == (number, "")
    trained = tmp_path / "dorsi-newer.tar.gz"
    trained.write_bytes(b"newer")
    folder.renew(settings.releases, number, trained, "newer")
    start = starting.begin(settings, engine)
    assert (start.train, Path(start.model).read_bytes()) == (None, b"newer")
    assert folder.verify(settings.releases, number, code="newer") == []


def test_where_another_replica_serves_patients_a_start_changes_nothing_for_it(
    settings: Settings, engine: Engine, data: Path
) -> None:
    starting.begin(settings, engine)
    (data / "regions.yml").write_text("IE: {}\n")
    with engine.begin() as db:
        replicas.tell(db, "other", Told(serving=1))
    start = starting.begin(settings, engine)
    assert start.served == 1
    assert start.said[0].startswith("Release 1 is served, as other does; data/ differs from it.")


def test_a_release_that_was_tampered_with_is_not_served(settings: Settings, engine: Engine) -> None:
    starting.begin(settings, engine)
    (folder.place(settings.releases, 1).data / "regions.yml").write_text("IE: {}\n")
    with pytest.raises(starting.CannotStart, match=r"Release 1 cannot be served: .*was changed"):
        starting.begin(settings, engine)


def test_a_model_learnt_anew_that_was_tampered_with_is_not_served(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    starting.begin(settings, engine)
    number = publish(settings, engine)
    settings.dorsi_code = "newer"
    trained = tmp_path / "dorsi-newer.tar.gz"
    trained.write_bytes(b"newer")
    folder.renew(settings.releases, number, trained, "newer")
    trained.write_bytes(b"other")
    with pytest.raises(starting.CannotStart, match="not the one that was learnt anew"):
        starting.begin(settings, engine)
