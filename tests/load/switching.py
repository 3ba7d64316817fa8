"""Publishing and going back while patients chat on two replicas: what fails, mixes, and how long.

Two stacks share a database and the folder of releases. The texts of the second release carry a
mark, so each reply can be told to be of one release or the other.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from deploy.stack import GATEWAY, Stack
from deploy.train import ROOT, content, model_path
from tests.load.second import MARK, write
from tests.load.talking import options, percentile
from tests.visits import Visit, client

PORT = 4160
SAID = (
    "what is foot drop?",
    "which exercises help?",
    "what is a brace for?",
    "what is an afo",
    "which shoes are good for me?",
    "how do I walk up the stairs?",
)
EMERGENCY = "my face is drooping on one side and I cannot speak"
FORM = ("do the toe raises with me", "None of these", "Next", "Next", "Next")
FORM_EVERY = 3
OLD, NEW = 1, 2
SECOND_MODEL = f"dorsi-{'2' * 16}"
SORRY = "I have a technical problem"


@dataclass
class Turn:
    """One turn: when it ended, and of which release each of its replies is."""

    at: float
    of: frozenset[int]
    in_form: bool
    milliseconds: float


@dataclass
class Figures:
    """What came of it.

    Attributes:
        turns: by session, in order.
        failed: what went wrong.
        seconds: how long each switch took.
    """

    turns: list[list[Turn]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def mixed(self) -> list[Turn]:
        """The turns that are of more than one release, or of none."""
        return [turn for turns in self.turns for turn in turns if len(turn.of) != 1]

    @property
    def count(self) -> int:
        """How many turns there were."""
        return sum(map(len, self.turns))

    def went_back(self, until: float) -> int:
        """How many turns before then were of the old release after one of the new one."""
        found = 0
        for turns in self.turns:
            seen: set[int] = set()
            for turn in turns:
                if turn.at < until and NEW in seen and OLD in turn.of:
                    found += 1
                seen |= turn.of
        return found

    def split_forms(self) -> int:
        """How many exercises were not of one release from their beginning to their end."""
        found = 0
        for turns in self.turns:
            forms: list[set[int]] = []
            before = False
            for turn in turns:
                if turn.in_form and not before:
                    forms.append(set())
                if turn.in_form:
                    forms[-1] |= turn.of
                before = turn.in_form
            found += sum(len(form) > 1 for form in forms)
        return found

    def report(self) -> str:
        """The figures as lines of text."""
        taken = [turn.milliseconds for turns in self.turns for turn in turns]
        shares = "  ".join(f"p{share} {percentile(taken, share):.0f}" for share in (50, 95, 100))
        lines = [f"{name}: {seconds:.1f} s" for name, seconds in self.seconds.items()]
        lines += [
            f"turns: {self.count} in {len(self.turns)} sessions, in ms: {shares}",
            f"failed: {len(self.failed)}  mixed: {len(self.mixed)}",
            f"exercises that changed release on their way: {self.split_forms()}",
        ]
        return "\n".join([*lines, *(f"  {fault}" for fault in sorted(set(self.failed)))])


class Crowd:
    """Patients who chat until they are told to stop, each on one of the replicas.

    Args:
        urls: the replicas' addresses.
        size: how many patients.
        pause: seconds of reading and typing, on average.
    """

    def __init__(self, urls: list[str], size: int, pause: float) -> None:
        self.figures = Figures()
        self._pause = pause
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._chat, args=(urls[n % len(urls)], n)) for n in range(size)
        ]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _chat(self, url: str, number: int) -> None:
        chance = random.Random(number)
        with client(url) as http:
            while not self._over.is_set():
                turns: list[Turn] = []
                try:
                    self._visit(Visit(http), chance, turns, with_form=number % FORM_EVERY == 0)
                except (AssertionError, httpx.HTTPError) as error:
                    with self._lock:
                        self.figures.failed.append(f"{type(error).__name__}: {error}"[:300])
                    self._over.wait(1)
                with self._lock:
                    self.figures.turns.append(turns)

    def _visit(
        self, visit: Visit, chance: random.Random, turns: list[Turn], *, with_form: bool
    ) -> None:
        """A session: some questions, and then an exercise, or an emergency among the questions."""
        said = SAID if with_form else (*SAID, EMERGENCY)
        for _ in range(chance.randint(3, 8)):
            self._say(visit, turns, lambda: visit.says(chance.choice(said)))
            if self._over.wait(chance.uniform(0, 2 * self._pause)):
                return
        for n, said in enumerate(FORM if with_form else ()):
            say: Callable[[], object] = (
                (lambda: visit.says(FORM[0])) if n == 0 else (lambda said=said: visit.presses(said))
            )
            self._say(visit, turns, say, in_form=True)
            if self._over.wait(chance.uniform(0, 2 * self._pause)):
                return

    def _say(
        self, visit: Visit, turns: list[Turn], say: Callable[[], object], in_form: bool = False
    ) -> None:
        began = time.monotonic()
        say()
        taken = (time.monotonic() - began) * 1000
        of = frozenset(map(release_of, visit.reply))
        turns.append(Turn(time.monotonic(), of, in_form, taken))
        if any(SORRY in message["text"] for message in visit.reply):
            with self._lock:
                self.figures.failed.append(f"no answer: {visit.text}"[:300])


def release_of(message: Mapping[str, Any]) -> int:
    """Of which release a reply is, with its calls and the topics that it offers; 0 if of both."""
    offered = [button["title"] for button in message["buttons"] if button.get("topic")]
    called = [call["title"] for call in message.get("calls") or ()]
    marks = {MARK in text for text in (message["text"], *offered, *called)}
    return 0 if len(marks) > 1 else NEW if marks == {True} else OLD


class Switchboard:
    """Makes releases and switches to them, as staff do.

    Args:
        stack: one of the replicas.
    """

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def make(self, data: Path, model: Path) -> int:
        """Make a release; its number."""
        return int(self._run("make", str(data), str(model), "--title", "The second"))

    def switch(self, number: int, *, wait: bool = True) -> str:
        """Switch to a release; what came of it."""
        return self._run("switch", str(number), *([] if wait else ["--no-wait"]))

    def _run(self, *words: str) -> str:
        done = subprocess.run(
            [GATEWAY, "-m", "releases", *words],
            cwd=ROOT / "web",
            env=self._stack.variables(),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr.strip() or done.stdout)
        return done.stdout.strip()


def shared(folder: Path, database: str) -> dict[str, str]:
    """What two replicas have in common."""
    url = database or f"sqlite:///{folder / 'shared.db'}"
    return {
        "DATABASE_URL": url,
        "EVENTS_URL": database or f"sqlite:///{folder / 'events.db'}",
        "DIARY_URL": database or f"sqlite:///{folder / 'diary.db'}",
        "DORSI_RELEASES": str(folder / "releases"),
    }


@contextmanager
def replicas(
    folder: Path, *, count: int = 2, database: str = "", more: Mapping[str, str] | None = None
) -> Iterator[list[Stack]]:
    """Stacks that share a database and their releases, one after the other ready."""
    common = shared(folder, database) | dict(more or {})
    with ExitStack() as opened:
        yield [
            opened.enter_context(
                Stack(0, folder / name, variables={**common, "DORSI_REPLICA": name})
            )
            for name in ("one", "two")[:count]
        ]


def second_model(folder: Path) -> Path:
    """The model in a file of its own, which goes by another name."""
    copy = folder / f"{SECOND_MODEL}.tar.gz"
    copy.write_bytes(model_path().read_bytes() + b"\0" * 512)
    return copy


def trained(data: Path, home: Path) -> Path:
    """A model that is really trained, from the second content."""
    print("Training a model of the second content …", flush=True)
    env = {**os.environ, "DORSI_DATA": str(data), "DORSI_HOME": str(home), "DORSI_MODEL": ""}
    command = [sys.executable, "-m", "deploy.train"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    (model,) = (home / "models").glob("dorsi-*.tar.gz")
    return model


def main() -> None:
    """Publish and go back while patients chat, and print the figures; 1 if anything was wrong."""
    parser = options(__doc__, port=PORT)
    parser.add_argument("--clients", type=int, default=20, help="patients at the same time")
    parser.add_argument("--pause", type=float, default=2, help="seconds of reading and typing")
    parser.add_argument("--database", default="", help="postgresql://…, else files of SQLite")
    parser.add_argument("--train", action="store_true", help="train the second release's model")
    parser.add_argument("--cold", action="store_true", help="go back once the engine is gone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        figures = measure(Path(name), **{key: getattr(given, key) for key in KEYS})
    print(figures.report())
    raise SystemExit(bool(figures.failed or figures.mixed or figures.split_forms()))


KEYS = ("clients", "pause", "database", "train", "cold")


def measure(
    folder: Path,
    *,
    clients: int,
    pause: float,
    database: str = "",
    train: bool = False,
    cold: bool = False,
    settle: float = 8.0,
) -> Figures:
    """Two replicas, a crowd, a publishing and a roll-back.

    Args:
        folder: of all that is kept meanwhile.
        clients: how many patients chat.
        pause: how long they read and type.
        database: what is shared; files of SQLite if not given.
        train: whether the second model is really trained.
        cold: whether the engine is gone before the roll-back, and has to be started again.
        settle: seconds of chatting before, between and after.
    """
    data = folder / "second"
    write(content(), data)
    model = trained(data, folder / "trained") if train else second_model(folder)
    more = {"DORSI_DRAIN_MINUTES": "0.3"} if cold else {}
    with replicas(folder, database=database, more=more) as stacks:
        board = Switchboard(stacks[0])
        number = board.make(data, model)
        with Crowd([stack.url for stack in stacks], clients, pause) as crowd:
            time.sleep(settle)
            _timed(crowd.figures, "publish", lambda: board.switch(number))
            time.sleep(settle)
            if cold:
                _until_gone(stacks, OLD)
            crowd.figures.seconds["until"] = time.monotonic()
            _timed(crowd.figures, "roll-back", lambda: board.switch(OLD))
            time.sleep(settle)
    until = crowd.figures.seconds.pop("until")
    if back := crowd.figures.went_back(until):
        crowd.figures.failed.append(f"{back} turns were of the old release after the new one")
    return crowd.figures


def _timed(figures: Figures, name: str, switch: Callable[[], object]) -> None:
    began = time.monotonic()
    switch()
    figures.seconds[name] = time.monotonic() - began


def _until_gone(stacks: list[Stack], release: int) -> None:
    """Wait until no replica has an engine of a release."""
    end = time.monotonic() + 120
    while any((stack.state / "engines" / f"{release}.json").exists() for stack in stacks):
        assert time.monotonic() < end, "an engine that nobody needs was not stopped"
        time.sleep(0.5)


def noted(file: Path) -> list[tuple[dict[str, Any], str]]:
    """The notes of an SQLite transcript, each with the text of the reply that it stands beside."""
    asked = "SELECT understanding, text FROM messages WHERE understanding IS NOT NULL"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as db:
        return [(json.loads(note), text) for note, text in db.execute(asked)]


if __name__ == "__main__":
    main()
