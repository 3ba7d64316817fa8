"""Training only when needed, starting or saying why not."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy import run, train
from deploy.stack import Stack, StackError, free_port, port_is_free

FIND_PYTHON = train.ROOT / "deploy" / "find-python"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("config.yml", "domain.yml", "uv.lock", "data/facts.yml", "assistant/a.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("one\n")
    return tmp_path


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize(
    "name",
    ["data/facts.yml", "data/topics/new.yml", "assistant/a.py", "config.yml", "uv.lock"],
)
def test_what_the_model_learns_from_changes_its_name(project: Path, name: str) -> None:
    before = train.fingerprint(project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("two\n")
    assert train.fingerprint(project) != before


def test_a_renamed_file_changes_it_too(project: Path) -> None:
    before = train.fingerprint(project)
    (project / "data/facts.yml").rename(project / "data/other.yml")
    assert train.fingerprint(project) != before


@pytest.mark.parametrize(
    "name",
    [
        "var/log/rasa.log",
        "data/notes.log",
        "data/triage/learning/new.yml",
        "data/widget/en.yml",
        "assistant/account.py",
        "content/lint/new.py",
        "assistant/__pycache__/a.pyc",
        "README.md",
    ],
)
def test_what_it_does_not_learn_from_leaves_its_name_as_it_is(project: Path, name: str) -> None:
    before = train.fingerprint(project)
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("two\n")
    assert train.fingerprint(project) == before


def test_a_copy_of_the_project_elsewhere_has_the_same_model(project: Path) -> None:
    copy = shutil.copytree(project, project.parent / f"{project.name}-copy")
    assert train.fingerprint(copy) == train.fingerprint(project)


def test_the_model_lies_in_the_home_under_its_fingerprint(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DORSI_MODEL", raising=False)
    monkeypatch.setenv("DORSI_HOME", str(project / "home"))
    name = f"dorsi-{train.fingerprint(project)}.tar.gz"
    assert train.model_path(project) == project / "home" / "models" / name
    monkeypatch.setenv("DORSI_MODEL", str(project / "other.tar.gz"))
    assert train.model_path(project) == project / "other.tar.gz"


def test_a_model_that_is_there_is_not_trained_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = project / "ready.tar.gz"
    model.touch()
    monkeypatch.setenv("DORSI_MODEL", str(model))
    assert train.train() == model
    assert capsys.readouterr().out == "The model is up to date: ready.tar.gz\n"


class Trainer:
    """Stands for Rasa's training: it notes the data, and somebody edits them meanwhile."""

    def __init__(self, project: Path, edits: list[str], status: int = 0) -> None:
        self.data = project / "data/facts.yml"
        self.edits, self.status = edits, status
        self.folders: list[Path] = []

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        folder = Path(command[command.index("--out") + 1])
        self.folders.append(folder)
        assert list(folder.iterdir()) == []
        name = command[command.index("--fixed-model-name") + 1]
        (folder / f"{name}.tar.gz").write_text(self.data.read_text())
        if self.edits:
            self.data.write_text(self.edits.pop(0))
        return subprocess.CompletedProcess(command, self.status)


@pytest.fixture
def trainer(project: Path, monkeypatch: pytest.MonkeyPatch) -> Trainer:
    made, fingerprint = Trainer(project, []), train.fingerprint
    monkeypatch.delenv("DORSI_MODEL", raising=False)
    monkeypatch.setenv("DORSI_HOME", str(project / "home"))
    monkeypatch.setattr(train, "fingerprint", lambda *_: fingerprint(project))
    monkeypatch.setattr(train.subprocess, "run", made.run)
    monkeypatch.setattr(train, "slim", shutil.copy)
    return made


def models(project: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in (project / "home/models").iterdir()}


def test_data_that_are_edited_during_training_are_learnt_under_their_own_name(
    project: Path, trainer: Trainer
) -> None:
    trainer.edits = ["two\n"]
    before = train.model_path()
    model = train.train()
    assert model != before
    assert models(project) == {train.model_path().name: "two\n"}


def test_data_that_are_edited_again_and_again_give_no_model_but_a_clear_message(
    project: Path, trainer: Trainer
) -> None:
    trainer.edits = [f"{n}\n" for n in range(9)]
    with pytest.raises(SystemExit, match="was changed during each of 3 trainings"):
        train.train()
    assert models(project) == {}


def test_two_trainings_at_once_share_no_file(
    project: Path, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trainer.run

    def with_another(command: list[str], **given: object) -> subprocess.CompletedProcess[str]:
        done = run(command, **given)
        if len(trainer.folders) == 1:
            train.train()
        return done

    monkeypatch.setattr(train.subprocess, "run", with_another)
    model = train.train()
    assert len(set(trainer.folders)) == 2
    assert models(project) == {model.name: "one\n"}


def test_a_training_that_fails_leaves_nothing_behind(project: Path, trainer: Trainer) -> None:
    trainer.status = 1
    with pytest.raises(SystemExit, match="Training failed"):
        train.train()
    assert models(project) == {}


def test_a_taken_port_is_one_clear_error(taken: int, tmp_path: Path) -> None:
    with pytest.raises(StackError) as caught:
        Stack(taken, tmp_path).start()
    assert str(caught.value) == f"Port {taken} is in use; choose another: PORT=8090 make run"
    assert list(tmp_path.iterdir()) == []


def test_starting_on_a_taken_port_ends_with_that_line_and_status_1(
    taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", str(taken))
    monkeypatch.setattr(sys, "argv", ["run"])
    assert run.main() == 1
    assert capsys.readouterr().err.splitlines() == [
        f"Port {taken} is in use; choose another: PORT=8090 make run"
    ]


def test_a_taken_port_of_the_desk_is_one_clear_error(taken: int, tmp_path: Path) -> None:
    with pytest.raises(StackError) as caught:
        Stack(0, tmp_path, desk_port=taken).start()
    wanted = f"Port {taken} is in use; choose another for the desk: DESK_PORT=8091 make run"
    assert str(caught.value) == wanted
    assert list(tmp_path.iterdir()) == []


def test_patients_and_staff_cannot_share_a_port(tmp_path: Path) -> None:
    port = free_port()
    with pytest.raises(StackError, match=f"Port {port} is in use; choose another for the desk"):
        Stack(port, tmp_path, desk_port=port).start()


@pytest.mark.parametrize("name", ["PORT", "DESK_PORT"])
@pytest.mark.parametrize("value", ["x", "-1", "65536", "8o80", "²"])
def test_what_is_no_port_ends_with_one_line_that_says_so(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["run"])
    with pytest.raises(SystemExit) as caught:
        run.main()
    assert caught.value.code == 2
    assert (
        capsys.readouterr()
        .err.splitlines()[-1]
        .startswith(f"make run: error: {name} is {value!r}; it must be at most 65535")
    )


def test_a_desk_that_does_not_answer_is_told_of_and_stops_nothing(tmp_path: Path) -> None:
    stack = Stack(0, tmp_path)
    assert not stack.is_up("desk")
    assert str(tmp_path / "log" / "desk.log") in run.told_of_desk(stack)


def test_the_desk_listens_on_this_machine_alone_unless_it_is_told_otherwise() -> None:
    assert Stack(8080, Path("x"), "0.0.0.0", desk_port=8081).desk_url == "http://127.0.0.1:8081"
    assert Stack(8080, Path("x"), "0.0.0.0").desk_host == "127.0.0.1"


def test_without_a_model_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DORSI_MODEL", str(tmp_path / "none.tar.gz"))
    with pytest.raises(StackError, match="run `make train`"):
        Stack(0, tmp_path).start()


def test_a_free_port_is_free_and_a_taken_one_is_not(taken: int) -> None:
    assert port_is_free("127.0.0.1", free_port())
    assert not port_is_free("127.0.0.1", taken)


def test_the_address_of_a_server_for_everybody_can_be_opened_here() -> None:
    assert Stack(8080, Path("x"), "0.0.0.0").url == "http://127.0.0.1:8080"


def test_a_stack_that_never_started_can_be_stopped(tmp_path: Path) -> None:
    stack = Stack(0, tmp_path)
    stack.stop()
    assert not stack.is_running()


def find_python(wanted: str, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [FIND_PYTHON, wanted], env={"PATH": path}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("wanted", ["3.10", "3.12+"])
def test_without_any_python_one_line_says_what_to_install(wanted: str) -> None:
    done = find_python(wanted, "")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Dorsi needs Python {wanted}: install it")


def test_a_python_that_fits_is_found_by_its_real_path() -> None:
    here = f"{Path(sys.executable).parent}{os.pathsep}/usr/bin{os.pathsep}/bin"
    done = find_python(f"3.{sys.version_info.minor}", here)
    assert done.returncode == 0
    assert Path(done.stdout.strip()).exists()


def test_a_python_too_old_is_not_taken() -> None:
    assert find_python("3.99", os.environ["PATH"]).returncode == 1
