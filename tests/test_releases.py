"""Releases are switched under chatting patients, on two replicas of real processes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.files import DATA
from deploy.stack import Stack
from deploy.train import model_path
from tests.load import second
from tests.load.switching import (
    NEW,
    OLD,
    SECOND_MODEL,
    Crowd,
    Switchboard,
    noted,
    release_of,
    replicas,
    second_model,
)
from tests.visits import Visit, client

pytestmark = pytest.mark.publishing

CLIENTS, PAUSE = 20, 6.0
CHATTING = 5.0
ROLL_BACK_SECONDS = 30.0
SOON = 90.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("releases")


@pytest.fixture(scope="module")
def stacks(folder: Path) -> Iterator[list[Stack]]:
    # Other tests may use the processors meanwhile; how long a patient waits is not the question.
    with replicas(folder, more={"RASA_TIMEOUT": "30"}) as found:
        yield found


@pytest.fixture(scope="module")
def board(stacks: list[Stack], folder: Path) -> Switchboard:
    """The second release is made; every test begins with the first one live."""
    made = Switchboard(stacks[0])
    second.write(DATA, folder / "second")
    assert made.make(folder / "second", second_model(folder)) == NEW
    return made


def says(stack: Stack, text: str = "what is an afo") -> list[int]:
    """Of which release the replies to a new patient are."""
    with client(stack.url) as http:
        return sorted({release_of(message) for message in Visit(http).says(text).reply})


def test_publishing_and_going_back_fail_no_turn_and_mix_none(
    stacks: list[Stack], board: Switchboard, folder: Path
) -> None:
    with Crowd([stack.url for stack in stacks], CLIENTS, PAUSE) as crowd:
        time.sleep(CHATTING)
        board.switch(NEW)
        time.sleep(CHATTING)
        began = time.monotonic()
        board.switch(OLD)
        took = time.monotonic() - began
        time.sleep(CHATTING)
    figures = crowd.figures
    assert figures.failed == []
    assert figures.mixed == []
    assert figures.split_forms() == 0
    assert figures.went_back(until=began) == 0
    assert took <= ROLL_BACK_SECONDS
    assert {number for turns in figures.turns for turn in turns for number in turn.of} == {OLD, NEW}
    for note, text in noted(folder / "shared.db"):
        assert note["served"] == (NEW if second.MARK in text else OLD)


def test_an_engine_that_does_not_start_fails_the_switch_and_harms_nobody(
    stacks: list[Stack], board: Switchboard, folder: Path
) -> None:
    broken = folder / "broken"
    shutil.copytree(DATA, broken)
    (broken / "topics/brace/types.yml").write_text("id: [")
    number = board.make(broken, model_path())
    with pytest.raises(RuntimeError, match=f"of release {number} does not start"):
        board.switch(number)
    assert [says(stack) for stack in stacks] == [[OLD], [OLD]]


def test_a_keeper_killed_in_the_middle_goes_on(stacks: list[Stack], board: Switchboard) -> None:
    board.switch(NEW, wait=False)
    for stack in stacks:
        kill(stack, "-m releases keep")
    until_served(stacks, NEW)
    board.switch(OLD)


def test_a_gateway_killed_in_the_middle_comes_back_with_what_is_live(
    stacks: list[Stack], board: Switchboard
) -> None:
    board.switch(NEW, wait=False)
    kill(stacks[0], "-m gateway")
    until_served(stacks, NEW)
    board.switch(OLD)


def test_a_rasa_killed_right_after_a_switch_comes_back_with_its_release(
    stacks: list[Stack], board: Switchboard
) -> None:
    board.switch(NEW)
    until_served(stacks, NEW)  # each looks at the switches a few times a second
    kill(stacks[1], "-m assistant run", SECOND_MODEL)
    assert says(stacks[0]) == [NEW]
    assert says(stacks[1]) == [NEW]  # an apology, of the release that is live
    until_served(stacks, NEW)
    board.switch(OLD)


def kill(stack: Stack, *words: str) -> None:
    """Kill the process of a stack whose command has these words."""
    listed = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(stack.pid)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (pid,) = (
        line.split()[0] for line in listed.splitlines() if all(word in line for word in words)
    )
    os.kill(int(pid), signal.SIGKILL)


def until_served(stacks: list[Stack], release: int) -> None:
    """Wait until every replica answers, and with this release."""
    end = time.monotonic() + SOON
    for stack in stacks:
        while not (stack.is_up("gateway") and stack.is_healthy() and says(stack) == [release]):
            assert time.monotonic() < end, f"release {release} is not served everywhere"
            time.sleep(0.3)
