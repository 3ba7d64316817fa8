"""An engine's file and its part of the supervisor's configuration."""

from pathlib import Path

from supervisor.options import ServerOptions  # type: ignore[import-untyped]

from releases import engines
from releases.engines import Engine
from releases.programs import configuration

FOUND = Engine(2, "dorsi-2", "http://127.0.0.1:5", engines.programs(2))


def test_what_was_told_of_an_engine_is_read_again(tmp_path: Path) -> None:
    assert engines.known(tmp_path) == []
    assert engines.read(tmp_path, 2) is None
    engines.write(tmp_path, FOUND)
    assert engines.known(tmp_path) == [FOUND]
    engines.write(tmp_path, engines.with_notice(FOUND, True))
    found = engines.read(tmp_path, 2)
    assert found is not None
    assert found.leaving
    engines.forget(tmp_path, 2)
    engines.forget(tmp_path, 2)
    assert engines.known(tmp_path) == []


def test_a_file_that_cannot_be_read_tells_of_no_engine(tmp_path: Path) -> None:
    engines.write(tmp_path, FOUND)
    (tmp_path / "engines/2.json").write_text("{")
    (tmp_path / "engines/3.json").write_text('{"release": 3, "programs": []}')
    assert engines.known(tmp_path) == []


def test_the_supervisor_reads_an_engine_whatever_its_folder_is_called(tmp_path: Path) -> None:
    odd = tmp_path / "a b, 100% c"
    file = tmp_path / "engines.conf"
    (tmp_path / "log").mkdir()
    text = configuration(
        engines.programs(2), number=2, data=odd / "data", model=odd / "m.tar.gz", ports=(5, 6)
    )
    file.write_text(f"[supervisord]\n{text}")
    options = ServerOptions()
    options.environ_expansions = {"ENV_DORSI_ROOT": str(tmp_path), "ENV_DORSI_HOME": str(tmp_path)}
    options.configfile = str(file)
    options.process_config(do_usage=False)
    actions, rasa = sorted(
        (group.process_configs[0] for group in options.process_group_configs),
        key=lambda program: str(program.name),
    )
    assert (actions.name, rasa.name) == engines.programs(2)
    assert actions.environment["DORSI_DATA"] == rasa.environment["DORSI_DATA"]
    assert rasa.environment["DORSI_DATA"] == str(odd / "data")
    assert rasa.environment["DORSI_SERVED"] == "2"
    assert rasa.environment["ACTIONS_PORT"] == actions.environment["ACTIONS_PORT"] == "5"
    assert rasa.environment["RASA_PORT"] == "6"
