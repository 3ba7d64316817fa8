"""Forgetting one conversation in Rasa's own SQL store."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.erase import erase

SECRETS = {"ann": "my left foot is numb", "bob": "both feet are cold"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rasa.db"


@pytest.fixture
def store(file: Path) -> SQLTrackerStore:
    return SQLTrackerStore(Domain.empty(), dialect="sqlite", db=str(file))


@pytest.fixture
def agent(store: SQLTrackerStore) -> Agent:
    domain = Domain.empty()
    return Agent(domain=domain, tracker_store=store, lock_store=InMemoryLockStore())


async def tell(agent: Agent) -> None:
    for sender, secret in SECRETS.items():
        heard = UserUttered(secret, {"name": "greet"})
        await agent.tracker_store.save(DialogueStateTracker.from_events(sender, [heard]))


async def test_one_conversation_is_forgotten_and_the_other_kept(agent: Agent) -> None:
    await tell(agent)
    await erase(agent, "ann")
    assert list(await agent.tracker_store.keys()) == ["bob"]
    assert await agent.tracker_store.retrieve("ann") is None


async def test_no_word_of_it_is_left_in_the_file(
    agent: Agent, store: SQLTrackerStore, file: Path
) -> None:
    await tell(agent)
    assert SECRETS["ann"].encode() in file.read_bytes()
    await erase(agent, "ann")
    store.engine.dispose()
    assert SECRETS["ann"].encode() not in file.read_bytes()
    assert SECRETS["bob"].encode() in file.read_bytes()


async def test_a_conversation_nobody_had_can_be_forgotten(agent: Agent) -> None:
    await tell(agent)
    await erase(agent, "nobody")
    assert sorted(await agent.tracker_store.keys()) == ["ann", "bob"]


async def test_a_turn_under_way_ends_before_it_is_forgotten(agent: Agent) -> None:
    async with agent.lock_store.lock("ann"):
        erasing = asyncio.create_task(erase(agent, "ann"))
        await asyncio.sleep(0.1)
        await tell(agent)
        assert not erasing.done()
    await erasing
    assert list(await agent.tracker_store.keys()) == ["bob"]


async def test_a_store_that_is_not_known_is_an_error_and_not_silence() -> None:
    class Elsewhere(TrackerStore):
        async def save(self, tracker: DialogueStateTracker) -> None: ...

        async def retrieve(self, sender_id: str) -> None: ...

        async def keys(self) -> list[str]:
            return []

    domain = Domain.empty()
    agent = Agent(
        domain=domain, tracker_store=Elsewhere(domain, None), lock_store=InMemoryLockStore()
    )
    with pytest.raises(TypeError, match="cannot erase from a Elsewhere"):
        await erase(agent, "ann")
