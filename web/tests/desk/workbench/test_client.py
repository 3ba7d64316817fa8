"""The desk and the workbench's process: asked, slow, dead, back again."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from desk.settings import Settings
from desk.workbench import client
from desk.workbench.client import Refused, Unavailable, Workbench

# A workbench of a few lines: it says what it is asked, and does what it is told.
PLAYED = """
import json, os, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    what, id = asked.pop("ask"), asked.pop("id")
    if what == "die":
        os._exit(11)
    if what == "hang":
        time.sleep(3600)
    if what == "never":
        continue
    if what == "babble":
        print("hello", flush=True)
        print(json.dumps({"id": 999, "answer": 1}), flush=True)
    if what == "refuse":
        print(json.dumps({"id": id, "error": "No."}), flush=True)
    else:
        answer = {"said": asked, "process": os.getpid(), "data": os.environ["DORSI_DATA"]}
        print(json.dumps({"id": id, "answer": answer}), flush=True)
"""

type Open = Callable[..., Awaitable[Workbench]]


@asynccontextmanager
async def opened(*command: str, python: str = sys.executable) -> AsyncIterator[Workbench]:
    workbench = Workbench(Path(python), Path("/content"), Path("/home"), command)
    try:
        yield workbench
    finally:
        await workbench.close()


@pytest.fixture
async def played() -> AsyncIterator[Workbench]:
    async with opened("-c", PLAYED) as workbench:
        yield workbench


async def test_what_is_asked_is_answered(played: Workbench) -> None:
    answer = await played.ask("echo", text="hé\nllo")
    assert answer["said"] == {"text": "hé\nllo"}
    assert answer["data"] == "/content"


async def test_many_questions_at_once_get_each_their_own_answer(played: Workbench) -> None:
    answers = await asyncio.gather(*(played.ask("echo", number=n) for n in range(30)))
    assert [answer["said"]["number"] for answer in answers] == list(range(30))
    assert len({answer["process"] for answer in answers}) == 1


async def test_no_process_is_started_before_it_is_asked() -> None:
    async with opened("-c", "raise SystemExit", python="/nowhere/python"):
        pass


async def test_a_refusal_says_why(played: Workbench) -> None:
    with pytest.raises(Refused, match=r"^No\.$"):
        await played.ask("refuse")


async def test_what_nobody_asked_for_is_passed_over(played: Workbench) -> None:
    assert (await played.ask("babble", number=1))["said"] == {"number": 1}


async def test_a_process_that_dies_fails_what_is_open_and_is_started_again(
    played: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "REST", 0.0)
    before = (await played.ask("echo"))["process"]
    waiting = asyncio.create_task(played.ask("never"))
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="not lost"):
        await played.ask("die")
    with pytest.raises(Unavailable):
        await waiting
    assert (await played.ask("echo"))["process"] != before


async def test_one_that_ends_at_once_is_left_alone_for_a_while() -> None:
    async with opened("-c", "raise SystemExit(1)") as workbench:
        with pytest.raises(Unavailable):
            await workbench.ask("echo")
        await asyncio.sleep(0.05)
        with pytest.raises(Unavailable):
            await asyncio.wait_for(workbench.ask("echo"), 0.05)


async def test_one_that_is_not_installed_is_not_there() -> None:
    async with opened(python="/nowhere/python") as workbench:
        for _ in range(2):
            with pytest.raises(Unavailable):
                await workbench.ask("echo")


async def test_nobody_waits_longer_than_they_will(played: Workbench) -> None:
    await played.ask("echo")
    with pytest.raises(Unavailable, match="longer than usual"):
        await played.ask("never", timeout=0.05)
    assert (await played.ask("echo", number=2))["said"] == {"number": 2}


async def test_one_that_hangs_is_ended_and_started_again(
    played: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "ENDING", 0.1)
    before = (await played.ask("echo"))["process"]
    with pytest.raises(Unavailable):
        await played.ask("hang", timeout=0.05)
    monkeypatch.setattr(client, "HUNG", 0.0)
    await asyncio.sleep(0.01)
    monkeypatch.setattr(client, "REST", 0.0)
    assert (await played.ask("echo"))["process"] != before


async def test_there_are_never_too_many_questions_open(
    played: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST", 3)
    await played.ask("echo")
    async with AsyncExitStack() as stack:
        for _ in range(3):
            task = asyncio.create_task(played.ask("never"))
            stack.callback(task.cancel)
        await asyncio.sleep(0.05)
        with pytest.raises(Unavailable, match="Many are asking"):
            await played.ask("echo")


async def test_it_ends_with_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ENDING", 0.1)
    async with opened("-c", PLAYED) as workbench:
        process = (await workbench.ask("echo"))["process"]
        with pytest.raises(Unavailable):
            await workbench.ask("hang", timeout=0.05)
    assert not Path(f"/proc/{process}").exists()
    with pytest.raises(Unavailable):
        await workbench.ask("echo")


async def test_the_real_one_is_asked_the_same_way() -> None:
    settings = Settings()
    if not settings.dorsi_assistant_python.exists():
        pytest.skip("the assistant's part is not installed")
    async with opened(*client.COMMAND, python=str(settings.dorsi_assistant_python)) as workbench:
        answer = await workbench.ask("measure", timeout=60, texts=["Lift your foot."])
    assert answer["whole"]["words"] == 3
