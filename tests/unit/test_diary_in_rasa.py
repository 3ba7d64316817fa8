"""Rasa's side of a diary: erased with its conversation, and read out whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.erase import erase, export, the_diary
from diary.database import migrate
from diary.store import Diary, DiaryError

MINE, OTHER = "a" * 64, "b" * 64
AT = datetime(2026, 11, 21, 10, tzinfo=timezone.utc)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database that has no tables yet."""
    url = f"sqlite:///{tmp_path / 'diary.db'}"
    monkeypatch.setenv("DIARY_URL", url)
    the_diary.cache_clear()
    yield url
    the_diary.cache_clear()


@pytest.fixture
def diary(empty: str) -> Diary:
    migrate(empty)
    kept = the_diary()
    for id in (MINE, OTHER):
        kept.consent(id, AT)
    return kept


@pytest.fixture
async def agent() -> Agent:
    domain = Domain.empty()
    store = InMemoryTrackerStore(domain)
    heard = UserUttered("my left foot is numb", {"name": "greet"})
    await store.save(DialogueStateTracker.from_events("ann", [heard]))
    return Agent(domain=domain, tracker_store=store, lock_store=InMemoryLockStore())


async def test_a_diary_is_erased_with_its_conversation_and_no_other_is(
    diary: Diary, agent: Agent
) -> None:
    await erase(agent, "ann", MINE)
    assert not diary.consented(MINE)
    assert diary.consented(OTHER)
    assert await agent.tracker_store.retrieve("ann") is None


async def test_a_conversation_without_a_diary_erases_none(diary: Diary, agent: Agent) -> None:
    await erase(agent, "ann")
    assert diary.consented(MINE)


async def test_a_diary_that_cannot_be_erased_is_an_error_and_the_conversation_is_gone(
    empty: str, agent: Agent
) -> None:
    with pytest.raises(DiaryError):
        await erase(agent, "ann", MINE)
    assert await agent.tracker_store.retrieve("ann") is None


async def test_all_that_a_diary_holds_is_read(diary: Diary) -> None:
    kept = await export(MINE)
    assert kept == diary.export(MINE)
    assert kept["consented_at"]


async def test_there_is_nothing_to_read_where_nobody_said_yes(diary: Diary) -> None:
    assert await export("c" * 64) is None


async def test_a_diary_that_cannot_be_read_is_an_error_and_not_an_empty_one(empty: str) -> None:
    with pytest.raises(DiaryError):
        await export(MINE)
