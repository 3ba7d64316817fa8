"""What the channel tells the gateway of a turn beside its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot, FloatSlot, ListSlot, TextSlot

from assistant.account import account, release
from assistant.tracking.errors import TrackingError
from assistant.tracking.store import Conversations
from content import load
from content.names import UNDERSTANDING

WORDS = "my left leg is heavy"
GATE = {"temperature": 0.8, "answer": 0.75, "act": 0.4}
DOMAIN = Domain.empty()
DOMAIN.slots = [
    TextSlot("topic", []),
    ListSlot("offered", []),
    FloatSlot("fallbacks", [], initial_value=0),
    AnySlot("exercise", []),
    AnySlot("summary", []),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Conversations]:
    store = Conversations(DOMAIN, f"sqlite:///{tmp_path / 'rasa.db'}")
    yield store
    store.close()


class Talk:
    """A conversation as Rasa stores it, and what is told of its turns."""

    def __init__(self, store: Conversations) -> None:
        nodes = {"listen": SimpleNamespace(config={}), "gate": SimpleNamespace(config=GATE)}
        schema = SimpleNamespace(nodes=nodes)
        processor = SimpleNamespace(
            model_filename="dorsi-0123456789abcdef.tar.gz",
            model_metadata=SimpleNamespace(predict_schema=schema),
        )
        self.store = store
        self.agent: Any = SimpleNamespace(tracker_store=store, processor=processor)

    async def turn(self, message_id: str, *events: Event, **understood: Any) -> Any:
        """Store a turn, and tell of it."""
        parsed = {"intent": {"name": "any"}, UNDERSTANDING: understood}
        said = UserUttered(WORDS, parsed["intent"], parse_data=parsed, message_id=message_id)
        tracker = await self.store.get_or_create_tracker("ann")
        tracker.update_with_events([ActionExecuted("action_listen"), said, *events], DOMAIN)
        await self.store.save(tracker)
        return await self.told(message_id)

    async def told(self, message_id: Any) -> Any:
        return await account(self.agent, "ann", message_id, load())


@pytest.fixture
def talk(store: Conversations) -> Talk:
    return Talk(store)


async def test_it_names_the_policy_and_the_first_action_that_is_not_rasas_own(talk: Talk) -> None:
    told = await talk.turn(
        "m1",
        ActionExecuted("action_extract_slots"),
        ActionExecuted("action_answer", policy="policy_1_RulePolicy"),
        BotUttered("A nerve."),
        ActionExecuted("action_listen", policy="policy_1_RulePolicy"),
    )
    assert (told["policy"], told["action"], told["intent"]) == (
        "RulePolicy", "action_answer", "any",
    )  # fmt: skip


async def test_it_tells_the_loop_that_is_active_afterwards(talk: Talk) -> None:
    assert (await talk.turn("m1", ActiveLoop("action_exercise")))["loop"] == "action_exercise"
    assert (await talk.turn("m2"))["loop"] == "action_exercise"
    assert (await talk.turn("m3", ActiveLoop(None)))["loop"] is None


async def test_only_slots_that_changed_are_told(talk: Talk) -> None:
    first = await talk.turn(
        "m1", SlotSet("topic", "causes/nerve"), SlotSet("offered", ["privacy"]),
        SlotSet("fallbacks", 0),
    )  # fmt: skip
    assert first["slots"] == {"topic": "causes/nerve", "offered": ["privacy"]}
    second = await talk.turn("m2", SlotSet("topic", "causes/nerve"), SlotSet("offered", []))
    assert second["slots"] == {"offered": []}


async def test_what_changed_is_known_in_a_long_conversation_too(talk: Talk) -> None:
    await talk.turn("m0", SlotSet("topic", "causes/nerve"))
    for number in range(20):
        await talk.turn(f"n{number}")
    assert (await talk.turn("m1", SlotSet("topic", "causes/nerve")))["slots"] == {}
    assert (await talk.turn("m2", SlotSet("topic", None)))["slots"] == {"topic": None}


async def test_of_a_conversation_with_a_place_only_the_place_is_told(talk: Talk) -> None:
    state = {"stage": "step", "exercise": "toe_raise", "step": 2, "wanted": WORDS, "check": None}
    told = await talk.turn(
        "m1", SlotSet("exercise", state), SlotSet("summary", {"items": [{"text": WORDS}]})
    )
    place = {"stage": "step", "exercise": "toe_raise", "step": 2}
    assert told["slots"] == {"exercise": place, "summary": "set"}
    assert WORDS not in str(told)


@pytest.mark.parametrize(
    ("understood", "why", "threshold"),
    [
        ({"decision": "answer", "label": "causes/stroke", "confidence": 0.9}, None, 0.75),
        ({"decision": "answer", "label": "greet", "confidence": 0.9}, None, 0.4),
        ({"decision": "answer", "label": "out_of_scope", "confidence": 0.9}, "out_of_scope", 0.4),
        (
            {"decision": "clarify", "label": "causes/stroke", "confidence": 0.5},
            "below_threshold",
            0.75,
        ),
        ({"decision": "clarify", "label": "causes/stroke", "confidence": 0.8}, "too_close", 0.75),
        ({"decision": "fallback", "label": "greet", "confidence": 0.3}, "below_threshold", 0.4),
        ({"decision": "fallback", "label": "", "text": "empty"}, "empty", None),
        ({"decision": "fallback", "label": "", "text": None}, "no_words", None),
    ],
)
async def test_it_tells_why_a_message_got_no_answer(
    talk: Talk, understood: dict[str, Any], why: str | None, threshold: float | None
) -> None:
    told = await talk.turn("m1", **understood)
    assert (told["why"], told["threshold"]) == (why, threshold)


async def test_a_message_that_is_not_the_newest_is_not_told_of(talk: Talk) -> None:
    await talk.turn("m1")
    await talk.turn("m2")
    assert await talk.told("m1") is None
    assert await talk.told(None) is None


async def test_another_process_tells_of_a_stored_turn_too(talk: Talk, tmp_path: Path) -> None:
    await talk.turn("m1", ActionExecuted("action_answer"))
    other = Conversations(DOMAIN, f"sqlite:///{tmp_path / 'rasa.db'}")
    assert (await Talk(other).told("m1"))["action"] == "action_answer"
    other.close()


async def test_a_turn_that_cannot_be_told_of_fails_nobody(
    talk: Talk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise TrackingError(WORDS)

    monkeypatch.setattr(talk.store, "retrieve", fail)
    assert await talk.told("m1") is None
    assert "TrackingError" in caplog.text
    assert WORDS not in caplog.text


def test_a_release_is_the_name_of_the_models_file(talk: Talk) -> None:
    assert release(talk.agent) == "dorsi-0123456789abcdef"
    talk.agent.processor = None
    assert release(talk.agent) is None
