"""The runner, with checks that behave well, badly, and very badly."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from desk.access.permissions import Role
from desk.privacy.audit import Actor
from desk.publishing.checks import child, folders, leftovers, log, queue, runner, words
from desk.publishing.checks.child import Child
from desk.publishing.checks.queue import Taken
from desk.publishing.checks.runner import CannotCheck, Laid, Runner
from desk.services import Services, open_services
from desk.settings import Settings
from records.base import now
from records.publishing import Check
from records.words import CheckStatus
from tests.desk.publishing.conftest import program, request_of
from tests.desk.review.conftest import add

ASKED, LAID = "1" * 40, "2" * 40
PATIENCE = 20.0


async def lay_out(_: Services, taken: Taken, folder: Path) -> Laid:
    (folder / folders.DATA).mkdir()
    options = ["--data", str(folder / folders.DATA), "--out", str(folder)]
    return Laid(LAID, None, options)


@dataclass
class Played:
    """A runner of checks that a program plays."""

    services: Services
    ann: Actor
    folder: Path

    async def ask(self, body: str, **settings: Any) -> tuple[Runner, int]:
        """A runner, and a check that waits for it."""
        python = program(self.folder, body)
        more = {"dorsi_assistant_python": python, **settings}
        parts = Services(
            **{
                **vars(self.services),
                "settings": self.services.settings.model_copy(update=more),
            }
        )
        check = await self.services.database.write(
            lambda db: queue.ask(db, self.ann, request_of(db, self.ann.id), ASKED)
        )
        return Runner(parts, lay_out), check

    async def row(self, check: int) -> Any:
        """What the database has of a check."""
        asked = select(Check.__table__).where(Check.id == check)
        return await self.services.database.read(lambda db: db.execute(asked).one())

    async def ran(self, body: str, **settings: Any) -> Any:
        """What the database has of a check that was run."""
        run, check = await self.ask(body, **settings)
        assert await run.one()
        return await self.row(check)

    def place(self, check: int) -> Path:
        """The check's folder."""
        return folders.of(self.services.settings, check)


@pytest.fixture
async def played(desk_settings: Settings, tmp_path: Path) -> AsyncIterator[Played]:
    async with open_services(desk_settings) as services:
        ann = await services.database.write(lambda db: add(db, "ann", Role.EDITOR))
        yield Played(services, ann, tmp_path)


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(child, "GRACE_SECONDS", 0.3)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.02)


def is_alive(pid: int) -> bool:
    with suppress(FileNotFoundError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


async def test_without_anything_to_do_nothing_is_done(played: Played) -> None:
    assert not await Runner(played.services, lay_out).one()


@pytest.mark.parametrize("passed", [True, False])
async def test_the_report_of_checks_that_end_is_kept(passed: bool, played: Played) -> None:
    row = await played.ran(f"say(step='lint', percent=50, message='x'); report({passed})")
    assert row.status == (CheckStatus.PASSED if passed else CheckStatus.FAILED)
    assert row.report["passed"] is passed
    assert row.commit == LAID
    assert row.percent == 100
    left = {file.name for file in played.place(row.id).iterdir()}
    assert left == {"log.txt", "report.json", "group"}


async def test_how_far_it_is_can_be_followed(played: Played, tmp_path: Path) -> None:
    run, check = await played.ask(
        """
        say(step="train", title="Training", percent=30, message="Epoch 3")
        while not Path(out / "go").exists():
            time.sleep(0.02)
        report(True)
        """
    )
    running = asyncio.create_task(run.one())
    async with asyncio.timeout(PATIENCE):
        while (row := await played.row(check)).step != "Training":
            await asyncio.sleep(0.02)
    assert (row.status, row.percent, row.message) == (CheckStatus.RUNNING, 30, "Epoch 3")
    (played.place(check) / "go").touch()
    await running
    assert "Epoch 3" in log.end_of(played.place(check))


BROKEN = {
    "it crashes": ("raise RuntimeError", words.NO_REPORT),
    "it says that a tool failed": ("sys.exit(2)", words.TOOL_FAILED),
    "it is killed": ("os.kill(os.getpid(), signal.SIGKILL)", words.KILLED),
    "it ends without a word": ("", words.NO_REPORT),
    "it says nothing but rubbish": (
        r"""
        sys.stdout.buffer.write(os.urandom(300_000))
        sys.stdout.buffer.write(b'\n{"report": 5, "passed": "yes"}\n[]\nnull\n')
        """,
        words.NO_REPORT,
    ),
    "it names a report and writes none": (
        "say(report=str(out / 'report.json'), passed=True)",
        words.UNREADABLE,
    ),
    "its report is cut off": (
        """
        (out / "report.json").write_text('{"version": 1, "passed": tr')
        say(report="x", passed=True)
        """,
        words.UNREADABLE,
    ),
    "its report is of another kind": ("report(True, version=2)", words.UNREADABLE),
    "its report has no steps": ("report(True, steps=[])", words.UNREADABLE),
    "a step of what passed has not": (
        'report(True, steps=[{"id": "lint", "passed": False}])',
        words.UNREADABLE,
    ),
    "it left a step out": (
        "report(True, steps=[{'id': name, 'passed': True} for name in ('lint', 'train')])",
        words.UNREADABLE,
    ),
    "what passed has no model": ("report(True, model=None)", words.UNREADABLE),
    "its report has what is no number": (
        'report(True, figures={"x": float("nan")})',
        words.UNREADABLE,
    ),
    "it says one thing and its report another": (
        """
        sys.exit = lambda code: None
        report(False)
        say(report="x", passed=True)
        os._exit(0)
        """,
        words.UNREADABLE,
    ),
    "it says that it passed and ends as stopped": (
        """
        sys.exit = lambda code: None
        report(True)
        os._exit(1)
        """,
        words.UNREADABLE,
    ),
}


@pytest.mark.parametrize("how", BROKEN)
async def test_checks_that_behave_badly_are_broken_and_never_pass(how: str, played: Played) -> None:
    body, said = BROKEN[how]
    row = await played.ran(body)
    assert row.status == CheckStatus.BROKEN
    assert row.message.startswith(said)
    assert row.report is None


async def test_a_program_that_is_not_there_is_told_of(played: Played) -> None:
    run, check = await played.ask("")
    run._services.settings.dorsi_assistant_python.unlink()
    assert await run.one()
    row = await played.row(check)
    assert (row.status, row.message[: len(words.NOT_STARTED)]) == (
        CheckStatus.BROKEN,
        words.NOT_STARTED,
    )


async def test_what_cannot_be_laid_out_is_told_of(played: Played) -> None:
    async def none(*_: object) -> Laid:
        raise CannotCheck(words.CONFLICTS)

    run, check = await played.ask("report(True)")
    assert await Runner(run._services, none).one()
    row = await played.row(check)
    assert (row.status, row.message) == (CheckStatus.BROKEN, words.CONFLICTS)


# It has a child of its own, and neither listens to being asked to end.
STUBBORN = """
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sleeper = subprocess.Popen(["sleep", "600"])
    (out / "pids").write_text(f"{os.getpid()} {sleeper.pid}")
    time.sleep(600)
"""


async def pids(folder: Path) -> list[int]:
    file = folder / "pids"
    await until(lambda: file.exists() and " " in file.read_text())
    return [int(pid) for pid in file.read_text().split()]


async def test_checks_that_hang_are_ended_with_all_that_they_started(played: Played) -> None:
    row = await played.ran(STUBBORN, desk_check_minutes=1 / 60)
    assert row.status == CheckStatus.BROKEN
    assert "longer than" in row.message
    assert not any(is_alive(pid) for pid in await pids(played.place(row.id)))


async def test_cancelled_checks_end_with_all_that_they_started(played: Played) -> None:
    run, check = await played.ask(STUBBORN)
    running = asyncio.create_task(run.one())
    started = await pids(played.place(check))
    await played.services.database.write(lambda db: queue.cancel(db, played.ann, check))
    assert await running
    assert (await played.row(check)).status == CheckStatus.CANCELLED
    assert not any(is_alive(pid) for pid in started)


async def test_who_asks_kindly_is_heard_first(played: Played) -> None:
    run, check = await played.ask(
        """
        signal.signal(signal.SIGTERM, lambda *_: ((out / "tidied").touch(), sys.exit(143)))
        (out / "pids").write_text(f"{os.getpid()} ")
        time.sleep(600)
        """
    )
    running = asyncio.create_task(run.one())
    await pids(played.place(check))
    await played.services.database.write(lambda db: queue.cancel(db, played.ann, check))
    await running
    assert (played.place(check) / "tidied").exists()


async def test_who_leaves_the_group_and_keeps_the_line_open_is_not_waited_for(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "LAST_WORDS_SECONDS", 0.2)
    began = time.monotonic()
    row = await played.ran(
        """
        away = subprocess.Popen(["sleep", "8"], start_new_session=True)
        report(True)
        """
    )
    assert row.status == CheckStatus.PASSED
    assert time.monotonic() - began < 6


async def test_a_flood_of_words_is_cut_off(played: Played) -> None:
    row = await played.ran(
        """
        for _ in range(60):
            sys.stdout.write("x" * 100_000)
        print()
        report(True)
        """
    )
    assert row.status == CheckStatus.PASSED
    size = (played.place(row.id) / log.NAME).stat().st_size
    assert size == log.LONGEST + len(log.CUT)


async def test_a_runner_that_is_stopped_puts_its_check_back(played: Played) -> None:
    run, check = await played.ask(STUBBORN)
    running = asyncio.create_task(run.keep_running())
    started = await pids(played.place(check))
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert (await played.row(check)).status == CheckStatus.QUEUED
    assert not any(is_alive(pid) for pid in started)


async def test_a_runner_held_for_dead_gives_up_when_it_wakes(played: Played) -> None:
    run, check = await played.ask(STUBBORN)
    running = asyncio.create_task(run.one())
    started = await pids(played.place(check))
    broken = update(Check).values(status=str(CheckStatus.BROKEN), message=words.DIED)
    await played.services.database.write(lambda db: db.execute(broken))
    await running
    row = await played.row(check)
    assert (row.status, row.message) == (CheckStatus.BROKEN, words.DIED)
    assert not any(is_alive(pid) for pid in started)


async def test_what_a_killed_runner_leaves_behind_is_ended_by_the_next(played: Played) -> None:
    run, check = await played.ask("report(True)")
    folder = played.place(check)
    folder.mkdir(parents=True)
    left = Child(["sleep", "600"], folder, at=folder, variables=dict(os.environ))
    orphan = asyncio.create_task(left.run(600))
    await until(lambda: (folder / leftovers.NAME).exists())
    await until(lambda: (folder / leftovers.NAME).read_text().isdigit())
    long_ago = now() - queue.DEAD_AFTER * 2
    dead = {"status": str(CheckStatus.RUNNING), "beat_at": long_ago}
    await played.services.database.write(lambda db: db.execute(update(Check).values(dead)))
    assert not await run.one()
    assert (await orphan).code == -signal.SIGKILL
    assert (await played.row(check)).message == words.DIED
    assert not leftovers.end(folder)


async def test_the_checks_know_nothing_of_the_patients_content_and_database(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in runner.NOT_FOR_THEM:
        monkeypatch.setenv(name, "/of/the/patients")
    row = await played.ran(
        """
        (out / "environment").write_text(json.dumps(dict(os.environ)))
        report(True)
        """
    )
    seen = (played.place(row.id) / "environment").read_text()
    assert "/of/the/patients" not in seen
    assert f'"DORSI_HOME": "{played.services.settings.dorsi_home}"' in seen
