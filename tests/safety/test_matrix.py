"""Every state of a conversation times every kind of message about danger: ``matrix.yml``.

Played over the chat API, with the real processes. Where a state says so, one of them is killed,
and killed again as often as the supervisor starts it, until the message was answered.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.stack import Stack
from deploy.train import ROOT
from gate.dialogues.playing import Talk
from gate.dialogues.written import ConversationError, check

PROCESSES = {"actions": "-m rasa_sdk", "rasa": "-m assistant run"}
UNSURE = {"kind": "question", "first_level": "soon", "first_says": "{emergency}"}
LONG = 4_000
KILL_EVERY = 0.1
RECOVERY = 300.0

MATRIX = yaml.safe_load((Path(__file__).parent / "matrix.yml").read_text(encoding="utf-8"))
REGIONS = yaml.safe_load((ROOT / "data/regions.yml").read_text(encoding="utf-8"))

Turns = list[dict[str, Any]]

pytestmark = pytest.mark.stack


@dataclass(frozen=True, eq=False)
class Cell:
    """One kind of message in one state; the first of `ways` that goes as written leads there."""

    name: str
    region: str
    ways: list[Turns]
    message: dict[str, Any]
    after: Turns
    down: str | None

    def __str__(self) -> str:
        return self.name


def cells() -> Iterator[Cell]:
    """Every kind of message in every state; wordings and regions take turns."""
    for row, (state, how) in enumerate(MATRIX["states"].items()):
        for column, (kind, message) in enumerate(MATRIX["messages"].items()):
            region = MATRIX["regions"][(row + column) % len(MATRIX["regions"])]
            wording = message["wordings"][(row + column) % len(message["wordings"])]
            expected = {**message["expect"], **how.get("expect", {}).get(kind, {})}
            turn = {"patient": wording, "dorsi": {k: v for k, v in expected.items() if v}}
            after = how.get("after", {}).get(kind, message["after"])
            ways, turn, after = (_filled(one, region) for one in (_ways(how), turn, after))
            cell = Cell(f"{state}: {kind}", region, ways, turn, after, how.get("down"))
            for way in ways:
                check([*way, turn, *after], f"matrix.yml: {cell}")
            yield cell


def _ways(how: dict[str, Any]) -> list[Turns]:
    if "turns" in how:
        return [how["turns"]]
    return [[{"patient": text, "dorsi": UNSURE}] for text in how["unsure_about"]]


def _filled(value: Any, region: str) -> Any:
    if isinstance(value, dict):
        return {name: _filled(one, region) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, region) for one in value]
    if not isinstance(value, str):
        return value
    letter = MATRIX["letter"]
    value = value.replace("{letter}", " ".join([letter] * (LONG // len(letter) + 1)))
    return value.replace("{emergency}", str(REGIONS[region]["emergency"]))


CELLS = list(cells())


class Player:
    """Plays cells; those for which one process is killed are all played together."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._played: dict[Cell, Exception | None] = {}

    def play(self, cell: Cell) -> None:
        """Play a cell.

        Raises:
            ConversationError: the transcript with what was expected beside what was said.
        """
        if cell.down is None:
            talk = self._begun(cell)
            talk.play([cell.message])
            _ended(talk, cell)
            return
        if cell not in self._played:
            self._play_down(cell.down)
        error = self._played[cell]
        if error is not None:
            raise error

    def _begun(self, cell: Cell) -> Talk:
        for way in cell.ways:
            talk = Talk(self._stack, cell.region)
            try:
                talk.play(way)
            except ConversationError:
                if way is cell.ways[-1]:
                    raise
            else:
                break
        return talk

    def _play_down(self, process: str) -> None:
        among = [cell for cell in CELLS if cell.down == process]
        try:
            talks = {cell: self._begun(cell) for cell in among}
            with killed(process, self._stack):
                played = {cell: _error(talk.play, [cell.message]) for cell, talk in talks.items()}
            wait_for_an_answer(self._stack)
        except Exception as error:  # none of them could be played
            self._played |= dict.fromkeys(among, error)
            return
        for cell, talk in talks.items():
            self._played[cell] = played[cell] or _error(_ended, talk, cell)


def _ended(talk: Talk, cell: Cell) -> None:
    talk.play(cell.after)
    assert talk.is_whole(), "the history is not what was said"


def _error(step: Any, *arguments: Any) -> Exception | None:
    try:
        step(*arguments)
    except Exception as error:
        return error
    return None


@contextmanager
def killed(process: str, stack: Stack) -> Iterator[None]:
    """Keep a process of this stack down: kill it whenever the supervisor has started it."""
    over = threading.Event()
    assert kill(process, stack), f"{process} was not running"

    def keep_down() -> None:
        while not over.wait(KILL_EVERY):
            kill(process, stack)

    killer = threading.Thread(target=keep_down, daemon=True)
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()


def kill(process: str, stack: Stack) -> int:
    """Kill the supervisor's child that runs ``process``; how many there were."""
    supervisor = (stack.state / "supervisord.pid").read_text().strip()
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    found = [
        int(pid)
        for pid, parent, command in (row for row in rows if len(row) == 3)
        if parent == supervisor and PROCESSES[process] in command
    ]
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return len(found)


def wait_for_an_answer(stack: Stack) -> None:
    """Wait until an ordinary question is answered again."""
    deadline = time.monotonic() + RECOVERY
    while True:
        try:
            Talk(stack).play([MATRIX["ordinary"]])
        except ConversationError:
            assert time.monotonic() < deadline, "it did not come back"
            time.sleep(1)
        else:
            return


@pytest.fixture(scope="module")
def player(stack: Stack) -> Player:
    return Player(stack)


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_no_state_keeps_a_message_about_danger_from_its_reply(cell: Cell, player: Player) -> None:
    player.play(cell)
