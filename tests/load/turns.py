"""What a turn costs as a conversation grows, with our tracker store and with Rasa's own.

The real model and the real action server. A turn is what the channel does: has the message come
before, and Rasa's handling of it. The machine is never equally busy, so what is compared is done
in turn: at each length a turn of the long conversation with either store, and a turn of a young
one, about ten turns long, with either store.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sqlite3
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog

from assistant.repeat import said_before
from assistant.tracking.store import Conversations
from content.names import CHANNEL, SCREENED
from deploy.stack import ACTIONS, LIVENESS, LOOPBACK, answers, free_port
from deploy.train import ROOT, environment, model_path
from tests.load.talking import TEXTS, percentile

LENGTHS = (10, 100, 500)
ROUNDS = 20
OURS, RASA = "assistant.tracking", "SQLTrackerStore"
LONG, YOUNG = "long", "young"
Times = dict[tuple[str, str], list[float]]


def main() -> None:
    """Measure in a folder of its own, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lengths", type=int, nargs="+", default=LENGTHS, help="10 100 500")
    given = parser.parse_args()
    configure_structlog(logging.ERROR)  # as `rasa run` does; else all that is found is printed
    with tempfile.TemporaryDirectory() as state, actions() as port:
        asyncio.run(measure(Path(state), port, sorted(given.lengths)))


def line(length: int, store: str, times: Times) -> str:
    """The medians of the long conversation and of the young, and what share the one is."""
    long, young = (percentile(times[store, which], 50) for which in (LONG, YOUNG))
    beside = f"beside it turn 10: {young:7.1f} ms   ratio {long / young:5.2f}"
    return f"{store:20} turn {length:4}: {long:7.1f} ms   {beside}"


@contextmanager
def actions() -> Iterator[int]:
    """A real action server of its own; its port."""
    port = free_port()
    server = subprocess.Popen(
        [ACTIONS, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)],
        cwd=ROOT,
        env={**environment(), "SANIC_HOST": LOOPBACK},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(f"http://{LOOPBACK}:{port}{LIVENESS['actions']}"):
            if server.poll() is not None:
                raise SystemExit("The action server ended")
            time.sleep(0.3)
        yield port
    finally:
        server.terminate()
        server.wait()


async def measure(state: Path, port: int, lengths: Sequence[int]) -> None:
    """Print the milliseconds of a turn at each length, by each store."""
    os.environ["ACTIONS_PORT"] = str(port)
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    file = state / "ours.db"
    ours = await _agent(endpoints, Conversations(host=f"sqlite:///{file}"))
    sender, turns = uuid.uuid4().hex, 0
    for length in lengths:
        while turns < length - ROUNDS // 2:
            await _turn(ours, sender, turns)
            turns += 1
        # Rasa's own store goes on with the same events, in a file of its own.
        copied = state / f"{length}.db"
        _copy(file, copied)
        rasa = await _agent(endpoints, SQLTrackerStore(dialect="sqlite", db=str(copied)))
        times = await _in_turn({OURS: ours, RASA: rasa}, sender, turns)
        turns += ROUNDS
        for store in (OURS, RASA):
            print(line(length, store, times), flush=True)


async def _in_turn(agents: dict[str, Agent], sender: str, turns: int) -> Times:
    senders = {LONG: (sender, turns), YOUNG: (uuid.uuid4().hex, 0)}
    times: Times = {(store, which): [] for store in agents for which in senders}
    for number in range(ROUNDS):
        # Nobody is always asked what another has just made warm.
        for store, which in sorted(times, reverse=bool(number % 2)):
            who, first = senders[which]
            times[store, which].append(await _turn(agents[store], who, first + number))
    slots = {await _slots(agent, sender) for agent in agents.values()}
    assert len(slots) == 1, f"the stores led to different states: {slots}"
    # A conversation's first turn begins a session, too.
    return {key: taken[1:] for key, taken in times.items()}


async def _slots(agent: Agent, sender: str) -> str:
    tracker = await agent.tracker_store.retrieve(sender)
    return json.dumps(tracker.current_slot_values(), sort_keys=True)


def _copy(file: Path, copied: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copied)) as target:
        source.backup(target)
        # Rasa's own file has no log beside it and no index of ours.
        target.execute("PRAGMA journal_mode = DELETE")
        for index in ("sender_id_id", "sender_id_message_id", "sessions"):
            target.execute(f"DROP INDEX ix_events_{index}")
        target.execute("ALTER TABLE events DROP COLUMN message_id")


async def _agent(endpoints: AvailableEndpoints, store: TrackerStore) -> Agent:
    reached = AvailableEndpoints(nlg=endpoints.nlg, action=endpoints.action)
    agent = await load_agent(str(model_path()), endpoints=reached)
    store.domain = agent.domain
    agent.tracker_store = agent.processor.tracker_store = store
    return agent


async def _turn(agent: Agent, sender: str, number: int) -> float:
    text = TEXTS[number % len(TEXTS)]
    channel, message_id = CollectingOutputChannel(), uuid.uuid4().hex
    metadata: dict[str, Any] = {"region": "GB", SCREENED: True}
    message = UserMessage(text, channel, sender, None, CHANNEL, message_id, metadata)
    began = time.perf_counter()
    assert await said_before(agent, sender, message_id) is None
    await agent.handle_message(message)
    taken = (time.perf_counter() - began) * 1000
    assert channel.messages, f"nothing was said to {text!r}"
    return taken


if __name__ == "__main__":
    main()
