"""The account of a turn: who decided, who acted, and what it changed, without a patient's words."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from rasa.core.agent import Agent
from rasa.shared.core.constants import DEFAULT_ACTION_NAMES
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered

from assistant.nlu.gate import Decision
from assistant.tracking.store import Conversations, innermost
from assistant.tracking.window import Window
from content import Catalogue
from content.names import UNDERSTANDING, Kind, Slot

PACKED = ".tar.gz"
PLAIN = (Slot.TOPIC.value, Slot.OFFERED.value, Slot.FALLBACKS.value)
"""Slots that hold ids and counts alone."""
PLACE = ("at", "stage", "check", "exercise", "variant", "step")
"""Where a conversation stands; what else its slot holds may be what the patient told."""
SET = "set"
BELOW, CLOSE, WORDLESS = "below_threshold", "too_close", "no_words"
GATE = ("answer", "act")

Account = dict[str, Any]

logger = logging.getLogger(__name__)


def release(agent: Agent) -> str | None:
    """The model that answers, by the name of its file, such as ``dorsi-0123456789abcdef``."""
    if agent.processor is None:
        return None
    return str(agent.processor.model_filename).removesuffix(PACKED)


async def account(
    agent: Agent, sender: str, message_id: object, catalogue: Catalogue
) -> Account | None:
    """What there is to tell of a turn that was stored.

    Args:
        agent: Rasa's agent. What its store has at hand is enough for the turn that was stored last.
        sender: the conversation's id.
        message_id: the message's; only the newest of a conversation is told of.
        catalogue: the acts there are.

    Returns:
        ``intent``, ``policy`` and ``action``, the ``loop`` that is active from now on, the
        ``slots`` that changed, ``why`` the understanding gave no answer and the ``threshold`` it
        had to reach. None where the message is not the newest.
    """
    store = innermost(agent)
    if not isinstance(store, Conversations) or not isinstance(message_id, str):
        return None
    try:
        window = store.at_hand(sender) or await store.retrieve(sender)
        return window and _told(window, message_id, _thresholds(agent), catalogue)
    except Exception as error:  # the turn is stored and answered: it must not fail for this
        logger.error("A turn is not accounted for: %s", type(error).__name__)
        return None


def _told(
    window: Window, message_id: str, gate: Mapping[str, float], catalogue: Catalogue
) -> Account | None:
    before, events = _parted(window)
    if not events or events[0].message_id != message_id:
        return None
    return {
        **_acted(events),
        "loop": window.active_loop_name,
        "slots": _changed(before, events),
        **_gated(events[0], gate, catalogue),
    }


def _parted(window: Window) -> tuple[dict[str, Any], list[Any]]:
    """The slots before the latest message, and the events from that message on."""
    slots = window.past.slots if window.past else ()
    kept = {slot.name: slot.value for slot in slots}
    before = {name: kept.get(name, slot.initial_value) for name, slot in window.slots.items()}
    events = list(window.events)
    last = max((at for at, one in enumerate(events) if isinstance(one, UserUttered)), default=None)
    if last is None:
        return before, []
    before.update({one.key: one.value for one in events[:last] if isinstance(one, SlotSet)})
    return before, events[last:]


def _acted(events: Iterable[Event]) -> Account:
    """The first action that was not one of Rasa's own, and the policy that chose it."""
    for event in events:
        if isinstance(event, ActionExecuted) and event.action_name not in DEFAULT_ACTION_NAMES:
            policy = str(event.policy or "").rsplit("_", 1)[-1] or None
            return {"action": event.action_name, "policy": policy}
    return {"action": None, "policy": None}


def _changed(before: Mapping[str, Any], events: Iterable[Event]) -> Account:
    now = {one.key: one.value for one in events if isinstance(one, SlotSet)}
    return {name: _short(name, value) for name, value in now.items() if value != before.get(name)}


def _short(name: str, value: Any) -> Any:
    if value is None or name in PLAIN:
        return value
    if isinstance(value, dict):
        return {part: value[part] for part in PLACE if value.get(part) is not None} or SET
    return SET


def _gated(message: UserUttered, gate: Mapping[str, float], catalogue: Catalogue) -> Account:
    understood = (message.parse_data or {}).get(UNDERSTANDING) or {}
    label = str(understood.get("label") or "")
    threshold = gate.get("answer" if label in catalogue.topics else "act") if label else None
    why = _why(understood, label, threshold, catalogue)
    return {"intent": message.intent_name, "why": why, "threshold": threshold}


def _why(
    understood: Mapping[str, Any], label: str, threshold: float | None, catalogue: Catalogue
) -> str | None:
    """Why a message was not understood as something that has an answer; None if it was."""
    if understood.get("decision") == Decision.ANSWER.value:
        act = catalogue.acts.get(label)
        return label if act is not None and act.message.kind is Kind.FALLBACK else None
    if not label:
        return str(understood.get("text") or WORDLESS)
    is_below = threshold is not None and understood.get("confidence", 0.0) < threshold
    return BELOW if is_below else CLOSE


def _thresholds(agent: Agent) -> Mapping[str, float]:
    """What the model's gate was set to when it was trained."""
    nodes = agent.processor.model_metadata.predict_schema.nodes if agent.processor else {}
    for node in nodes.values():
        if all(name in node.config for name in GATE):
            return dict(node.config)
    return {}
