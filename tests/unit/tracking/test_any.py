"""Whatever happens in a conversation: the same rows and the same state as in Rasa's own store."""

from __future__ import annotations

import asyncio
import copy
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
)
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from assistant.tracking import window
from assistant.tracking.cache import Cache
from assistant.tracking.store import Conversations
from content.names import Action, Slot
from tests.unit.tracking.talking import ANN, BOB, DOMAIN, LISTEN, clock, state, user

COLUMNS = "sender_id, type_name, timestamp, intent_name, action_name, data"
NASTY = st.text(st.characters(exclude_categories=()) | st.sampled_from("\0\ud800\udfff"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | NASTY,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NASTY, inner, max_size=2),
    max_leaves=3,
)
ACTIONS = st.sampled_from(["action_answer", Action.SUMMARY.value, LISTEN])
LOOPS = st.sampled_from([Action.SUMMARY.value, Action.EXERCISE.value, None])
SLOTS = st.sampled_from([slot.value for slot in (Slot.TOPIC, Slot.EXERCISE, Slot.SAFETY_CHECK)])
SAID = st.builds(user, NASTY, st.none() | NASTY)
COMMON = st.one_of(
    SAID,
    st.builds(BotUttered, NASTY, metadata=st.dictionaries(st.just("flags"), st.just({"a": "b"}))),
    st.builds(SlotSet, SLOTS, JSON),
    st.builds(ActionExecuted, ACTIONS),
    st.builds(ActiveLoop, LOOPS),
)
RARE = st.one_of(
    st.builds(LoopInterrupted, st.booleans()),
    st.builds(ActionExecutionRejected, ACTIONS),
    st.builds(FollowupAction, ACTIONS),
    *(
        st.builds(kind)
        for kind in (
            *(AllSlotsReset, ConversationPaused, ConversationResumed, Restarted, SessionStarted),
        )
    ),
)
BACKWARDS = st.lists(st.builds(ActionReverted) | st.builds(UserUtteranceReverted), max_size=3)
TURNS = st.lists(
    st.builds(
        lambda said, more, back: [said, *more, *back, ActionExecuted(LISTEN)],
        SAID,
        st.lists(COMMON | COMMON | RARE, max_size=4),
        st.just([]) | st.just([]) | BACKWARDS,
    ),
    min_size=3,
    max_size=8,
)
MANY = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def short_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "LEAST_TURNS", 1)
    monkeypatch.setattr(window, "MOST_TURNS", 1)


@MANY
@given(turns=TURNS, data=st.data())
def test_rows_and_state_are_those_of_rasas_own_store(
    short_windows: None, turns: list[list[Event]], data: st.DataObject
) -> None:
    # Each turn is heard by one of three processes; one of them may have been started anew, and
    # one has every conversation packed between two turns.
    heard_by = [data.draw(st.sampled_from(["one", "other", "new", "packing"])) for _ in turns]
    asyncio.run(_compare(turns, heard_by))


async def _compare(turns: list[list[Event]], heard_by: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours.db", Path(folder) / "theirs.db"
        names = ("one", "other", "packing")
        made = {name: Conversations(DOMAIN, f"sqlite:///{ours}") for name in names}
        made["packing"]._kept = Cache(events=0, packed=2**20)
        rasa = SQLTrackerStore(DOMAIN, db=str(theirs))
        for events, name in zip(turns, heard_by, strict=False):
            for event in events:
                event.timestamp = float(next(clock))
            if name == "new":
                made["one"].close()
                made["one"] = Conversations(DOMAIN, f"sqlite:///{ours}")
            store = made.get(name, made["one"])
            mine = await store.get_or_create_tracker(ANN, append_action_listen=False)
            own = await rasa.get_or_create_tracker(ANN, append_action_listen=False)
            for tracker in (mine, own):
                for event in copy.deepcopy(events):
                    tracker.update(event)
            assert state(mine) == state(own)
            assert state(mine.copy()) == state(own.copy())
            await store.save(mine)
            await rasa.save(own)
            # Another conversation, so that this one is packed where there is room for one.
            made["packing"]._kept.put(BOB, store.init_tracker(BOB))
            assert _rows(ours) == _rows(theirs)
            again, kept = await store.retrieve(ANN), await rasa.retrieve(ANN)
            assert again is not None
            assert state(again) == state(kept)
        for store in made.values():
            store.close()
        rasa.engine.dispose()


def _rows(file: Path) -> list[Any]:
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool)
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT {COLUMNS} FROM events ORDER BY id")).all()
