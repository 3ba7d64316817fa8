"""Forgetting one conversation: its events are deleted while no turn of it can run."""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore


async def erase(agent: Agent, sender: str) -> None:
    """Delete every event of a conversation.

    Args:
        agent: Rasa's agent, for its tracker store and its locks.
        sender: the conversation's id.

    Raises:
        TypeError: the tracker store in use is one this project does not configure.
    """
    # Without the lock a turn under way would write the conversation back.
    async with agent.lock_store.lock(sender):
        store = agent.tracker_store
        while hasattr(store, "_tracker_store"):
            store = store._tracker_store
        if isinstance(store, SQLTrackerStore):
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
