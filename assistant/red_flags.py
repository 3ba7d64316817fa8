"""Red flags inside Rasa: noticed above all rules and loops, and answered without another process.

The gateway screens every message before Rasa sees it and says so in the message's metadata; this
is for whoever reaches Rasa another way, ``rasa shell`` above all.
"""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.core.constants import POLICY_PRIORITY
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.tracking.landmarks import FLAGS, looked_back_on
from content import load
from content.names import SCREENED, Kind, Response, Slot
from triage import Flag, Level, Numbers, advice, screen
from triage.model import highest

PRIORITY = 10  # above the rules' 4
UNDER_WAY = (Slot.SAFETY_CHECK, Slot.EXERCISE, Slot.PROGRESS, Slot.RECOVERY, Slot.SUMMARY)
LEVEL = "level"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class RedFlagPolicy(Policy):
    """Says the advice for a new red flag, whatever else was under way, and then listens."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The priority, which lifts it above every other policy."""
        return {POLICY_PRIORITY: PRIORITY}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RedFlagPolicy:
        """Nothing was learnt, so nothing is read."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, *args: Any, **kwargs: Any) -> Resource:
        """There is nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The escalation for a message that deserves one; after it, listening; else nothing."""
        if tracker.latest_action_name == Response.ESCALATION:
            return self._certain(ACTION_LISTEN_NAME, domain)
        if tracker.latest_action_name == ACTION_LISTEN_NAME and new_flags(tracker):
            return self._certain(Response.ESCALATION.value, domain, closing(tracker))
        return self._prediction(self._default_predictions(domain))

    def _certain(
        self, action: str, domain: Domain, events: list[Event] | None = None
    ) -> PolicyPrediction:
        chances = self._default_predictions(domain)
        chances[domain.index_for_action(action)] = 1.0
        return self._prediction(chances, optional_events=events, is_no_user_prediction=True)


class Speech(NaturalLanguageGenerator):
    """Gives the response of an escalation: its words depend on the flag and on the region."""

    def __init__(self, endpoint_config: Any = None, domain: Domain | None = None) -> None:
        """Rasa's constructor; neither argument is needed."""

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any] | None:
        """The message for the latest user message; None if there is no new red flag in it."""
        flags = new_flags(tracker) if utter_action == Response.ESCALATION else []
        if not flags:
            return None
        region = load().region(_metadata(tracker).get("region"))
        return {
            "text": advice().say(flags[0], Numbers.of(vars(region))),
            "kind": Kind.ESCALATION.value,
            LEVEL: flags[0].level.value,
            FLAGS: {flag.id: flag.level.value for flag in flags},
        }


def new_flags(tracker: DialogueStateTracker) -> list[Flag]:
    """The urgent flags of the latest message that the patient was not told of before, worst first.

    A flag that has grown more urgent since is new.
    """
    message = tracker.latest_message
    if message is None or not message.text or _metadata(tracker).get(SCREENED):
        return []
    told: dict[str, Level] = {}
    for event in looked_back_on(tracker):
        if isinstance(event, BotUttered):
            for flag_id, level in (event.metadata.get(FLAGS) or {}).items():
                told[flag_id] = highest([told.get(flag_id, Level.NONE), Level(level)])
    return [
        flag
        for flag in screen(message.text).flags
        if flag.level.rank >= Level.URGENT.rank
        and flag.level.rank > told.get(flag.id, Level.NONE).rank
    ]


async def close_loop(agent: Agent, sender: str) -> None:
    """End what was under way in a conversation, because an emergency came between.

    Args:
        agent: Rasa's agent, for its tracker store and its locks.
        sender: the conversation's id.
    """
    async with agent.lock_store.lock(sender):
        tracker = await agent.tracker_store.retrieve(sender)
        events = closing(tracker) if tracker is not None else []
        if events:
            tracker.update_with_events(events, agent.domain)
            await agent.tracker_store.save(tracker)


def closing(tracker: DialogueStateTracker) -> list[Event]:
    """The events that end what was under way and clear what it had gathered."""
    gathered = [slot.value for slot in UNDER_WAY if tracker.get_slot(slot.value) is not None]
    ended = [ActiveLoop(None)] if tracker.active_loop_name else []
    return [*ended, *(SlotSet(slot, None) for slot in gathered)]


def _metadata(tracker: DialogueStateTracker) -> dict[str, Any]:
    message = tracker.latest_message
    found = message.metadata if message is not None else None
    return found if isinstance(found, dict) else {}
