"""What is kept of one patient: forgetting a conversation, and the diary that goes with it."""

from __future__ import annotations

import asyncio
import os
from functools import lru_cache
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore

from assistant.tracking.store import Conversations, innermost
from diary.store import Diary, at_home


@lru_cache(maxsize=1)
def the_diary() -> Diary:
    """The diaries, connected once a process."""
    return Diary(at_home(os.environ))


async def erase(agent: Agent, sender: str, diary: str | None = None) -> None:
    """Delete every event of a conversation, while no turn of it can run, and then the diary.

    Args:
        agent: Rasa's agent, for its tracker store and its locks.
        sender: the conversation's id.
        diary: the id of a diary, if there is one to erase.

    Raises:
        TypeError: the tracker store in use is one this project does not configure.
        TrackingError: the events could not be deleted, and the diary was not touched.
        DiaryError: the diary could not be erased; the events are deleted all the same.
    """
    # Without the lock a turn under way would write the conversation back.
    async with agent.lock_store.lock(sender):
        store = innermost(agent)
        if isinstance(store, Conversations):
            await store.erase(sender)
        elif isinstance(store, SQLTrackerStore):
            with store.session_scope() as session:
                if store.engine.dialect.name == "sqlite":
                    # Not every build of SQLite overwrites by itself what it deletes.
                    session.connection().exec_driver_sql("PRAGMA secure_delete = ON")
                session.query(store.SQLEvent).filter_by(sender_id=sender).delete()
                session.commit()
        elif isinstance(store, InMemoryTrackerStore):
            store.store.pop(sender, None)
        else:
            raise TypeError(f"cannot erase from a {type(store).__name__}")
        if diary:
            await asyncio.to_thread(lambda: the_diary().erase(diary))


async def export(diary: str) -> dict[str, Any] | None:
    """Everything a diary holds, as plain JSON; None where the patient keeps no diary.

    Args:
        diary: the diary's id.

    Raises:
        DiaryError: the diary could not be read.
    """
    kept = await asyncio.to_thread(lambda: the_diary().export(diary))
    return kept if kept["consented_at"] else None
