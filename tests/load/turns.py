"""What a turn costs as a conversation grows, with our tracker store and with Rasa's own.

The real model and the real action server; the same text to both in turn, so that the ratios hold
on a busy machine. A turn is what the channel does: has it come before, and Rasa's handling of it.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog

from assistant.repeat import said_before
from assistant.tracking.store import Conversations
from content.names import CHANNEL, SCREENED
from deploy.stack import ACTIONS, LIVENESS, LOOPBACK, answers, free_port
from deploy.train import ROOT, environment, model_path
from tests.load.talking import TEXTS, percentile

AROUND = 20
NAMES = {"ours": "assistant.tracking", "rasa": "SQLTrackerStore"}
Times = dict[str, list[float]]


def main() -> None:
    """Measure in a folder of its own, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=500, help="length of the conversation")
    given = parser.parse_args()
    configure_structlog(logging.ERROR)  # as `rasa run` does; else all that is found is printed
    with tempfile.TemporaryDirectory() as state, actions() as port:
        times = asyncio.run(measure(Path(state), port, given.turns))
    for name, taken in times.items():
        print(line(name, taken))


def line(name: str, taken: list[float]) -> str:
    """The medians around some turns, and how many times the first the last is."""
    shown = {turn: around(taken, turn) for turn in (10, 100, len(taken)) if turn <= len(taken)}
    figures = "  ".join(f"turn {turn}: {ms:6.1f} ms" for turn, ms in shown.items())
    return f"{NAMES[name]:20} {figures}  last/first {shown[len(taken)] / shown[10]:.2f}"


def around(taken: list[float], turn: int) -> float:
    """The median of the turns around one; its whole neighbourhood lies inside the conversation."""
    first = max(1, min(turn, len(taken) - AROUND // 2) - AROUND // 2)
    return percentile(taken[first : first + AROUND], 50)


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


async def measure(state: Path, port: int, turns: int) -> Times:
    """The milliseconds of each turn, by each store."""
    os.environ["ACTIONS_PORT"] = str(port)
    os.environ["EVENTS_URL"] = f"sqlite:///{state / 'ours.db'}"
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    agents: dict[str, Agent] = {}
    stores: dict[str, TrackerStore] = {
        "ours": Conversations(),
        "rasa": SQLTrackerStore(dialect="sqlite", db=str(state / "rasa.db")),
    }
    for name, store in stores.items():
        agents[name] = await _agent(endpoints, store)
    sender = uuid.uuid4().hex
    times: Times = {name: [] for name in stores}
    for turn in range(turns):
        text = TEXTS[turn % len(TEXTS)]
        # Neither is always asked what the other has just made warm.
        for name in sorted(agents, reverse=bool(turn % 2)):
            times[name].append(await _turn(agents[name], sender, text))
    return times


async def _agent(endpoints: AvailableEndpoints, store: TrackerStore) -> Agent:
    agent = await load_agent(str(model_path()), endpoints=_without_store(endpoints))
    store.domain = agent.domain
    agent.tracker_store = agent.processor.tracker_store = store
    return agent


def _without_store(endpoints: AvailableEndpoints) -> AvailableEndpoints:
    return AvailableEndpoints(nlg=endpoints.nlg, action=EndpointConfig(url=endpoints.action.url))


async def _turn(agent: Agent, sender: str, text: str) -> float:
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
