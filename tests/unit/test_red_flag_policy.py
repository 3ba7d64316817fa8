"""Red flags inside Rasa, for messages that no gateway has screened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.red_flags import PRIORITY, RedFlagPolicy, Speech, close_loop, new_flags
from content.names import SCREENED, Action, Response, Slot
from triage import Flag, Level

EMERGENCY, URGENT, HARMLESS = "I cant breathe", "my calf is swollen and sore", "what is foot drop"
LOOP = Action.SAFETY_CHECK.value
DOMAIN = Domain.from_dict(
    {
        "forms": {LOOP: {"required_slots": []}},
        "responses": {Response.ESCALATION.value: [{"text": ""}]},
        "slots": {Slot.SAFETY_CHECK.value: {"type": "any", "mappings": [{"type": "custom"}]}},
    }
)


def after(*events: Any) -> DialogueStateTracker:
    """A conversation in which these things have happened."""
    return DialogueStateTracker.from_events("patient", list(events), slots=DOMAIN.slots)


def typed(text: str, **metadata: Any) -> list[Any]:
    """The patient's turn: Rasa listened, and a message came."""
    return [ActionExecuted(ACTION_LISTEN_NAME), UserUttered(text, metadata=metadata)]


def told(flags: Sequence[Flag], level: Level | None = None) -> BotUttered:
    """That Dorsi has said what to do about some flags."""
    return BotUttered(
        "advice", metadata={"flags": {one.id: (level or one.level).value for one in flags}}
    )


@pytest.fixture
def policy(tmp_path: Any) -> RedFlagPolicy:
    config = RedFlagPolicy.get_default_config()
    storage = LocalModelStorage.create(tmp_path)
    context = ExecutionContext(GraphSchema({}))
    return RedFlagPolicy.load(config, storage, Resource("red_flags"), context)


def chosen(prediction: PolicyPrediction) -> str | None:
    """The action that the policy is sure of; None if it leaves the choice to others."""
    best = prediction.max_confidence_index
    return DOMAIN.action_names_or_texts[best] if prediction.max_confidence else None


def predict(policy: RedFlagPolicy, events: Sequence[Any]) -> PolicyPrediction:
    return policy.predict_action_probabilities(after(*events), DOMAIN)


@pytest.mark.parametrize("text", [EMERGENCY, URGENT, f"/{EMERGENCY}"])
def test_it_escalates_above_every_rule(policy: RedFlagPolicy, text: str) -> None:
    prediction = predict(policy, typed(text))
    assert chosen(prediction) == Response.ESCALATION
    assert prediction.policy_priority == PRIORITY > 4
    assert prediction.is_no_user_prediction, "no rule may be learnt from it"


def test_after_the_escalation_it_listens(policy: RedFlagPolicy) -> None:
    said = [*typed(EMERGENCY), ActionExecuted(Response.ESCALATION.value)]
    assert chosen(predict(policy, said)) == ACTION_LISTEN_NAME


@pytest.mark.parametrize("events", [typed(HARMLESS), typed(EMERGENCY, **{SCREENED: True}), []])
def test_it_leaves_everything_else_to_the_rules(policy: RedFlagPolicy, events: list[Any]) -> None:
    assert chosen(predict(policy, events)) is None


def test_it_ends_the_safety_check_and_clears_what_that_gathered(policy: RedFlagPolicy) -> None:
    asking = [ActiveLoop(LOOP), SlotSet(Slot.SAFETY_CHECK.value, {"asked": "one"})]
    events = predict(policy, [*asking, *typed(EMERGENCY)]).optional_events
    expected = [ActiveLoop(None), SlotSet(Slot.SAFETY_CHECK.value)]
    assert events == expected
    assert predict(policy, typed(EMERGENCY)).optional_events == []


def test_a_flag_is_told_once_unless_it_grows_more_urgent() -> None:
    flags = new_flags(after(*typed(EMERGENCY)))
    assert flags[0].level is Level.EMERGENCY
    assert new_flags(after(*typed(EMERGENCY), told(flags), *typed(EMERGENCY))) == []
    milder = told(flags, Level.URGENT)
    assert new_flags(after(*typed(EMERGENCY), milder, *typed(EMERGENCY))) == flags


@pytest.mark.parametrize(("region", "number"), [("GB", "999"), ("US", "911"), ("Mars", "112")])
async def test_the_words_name_the_number_of_the_region(region: str, number: str) -> None:
    tracker = after(*typed(EMERGENCY, region=region))
    said = await Speech().generate(Response.ESCALATION.value, tracker, "cmdline")
    assert said is not None
    assert number in said["text"].split("\n")[0]
    assert said["level"] == Level.EMERGENCY.value


async def test_no_other_response_has_words_of_its_own() -> None:
    assert await Speech().generate("utter_hello", after(*typed(EMERGENCY)), "cmdline") is None
    assert await Speech().generate(Response.ESCALATION, after(*typed(HARMLESS)), "cmdline") is None


async def test_an_emergency_that_the_gateway_answered_ends_what_was_under_way() -> None:
    store = InMemoryTrackerStore(DOMAIN)
    agent = Agent(domain=DOMAIN, tracker_store=store, lock_store=InMemoryLockStore())
    await store.save(after(ActiveLoop(LOOP), *typed("yes")))
    await close_loop(agent, "patient")
    await close_loop(agent, "nobody")
    kept = await store.retrieve("patient")
    assert kept is not None
    assert kept.active_loop_name is None
