"""What else a message may be while the safety check waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import memory
from actions.answer import ActionAnswer, answer
from actions.clarify import ActionClarify
from actions.fallback import ActionFallback
from actions.replies import Speaker, understanding
from actions.small_talk import LOOPS, ActionSmallTalk
from content import Catalogue
from content.names import RAISED, ActId, Action, Intent, Kind
from triage.model import Level

BETWEEN = ":"
SURE = 0.8
REMEMBERED = 30
ANSWERS = frozenset({ActId.AFFIRM.value, ActId.DENY.value, ActId.NOT_SURE.value})
ASK_AGAIN = frozenset({ActId.REPEAT.value, ActId.SAFETY_CHECK.value})


def intent(tracker: Tracker) -> str:
    """The latest message's intent."""
    found = tracker.latest_message.get("intent") or {}
    return str(found.get("name") or Intent.FALLBACK.value)


def said_by_button(tracker: Tracker) -> str | None:
    """What the pressed button stands for; the text of an act's button is the act's id."""
    name, text = intent(tracker), str(tracker.latest_message.get("text") or "")
    return text if _is_payload(name, text) else None


def raised(tracker: Tracker) -> dict[str, Level]:
    """The red flags that the patient was told of, as the message's metadata name them."""
    metadata = tracker.latest_message.get("metadata")
    flags = metadata.get(RAISED) if isinstance(metadata, dict) else None
    levels = {level.value: level for level in Level}
    named = flags.items() if isinstance(flags, dict) else ()
    return {str(flag): levels[str(name)] for flag, name in named if str(name) in levels}


def just_begun(tracker: Tracker, loop: Action) -> bool:
    """Whether a loop was opened by the latest message, and was not open before."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "active_loop" and event.get("name") == loop.value:
            return True
    return False


def opens_a_conversation(tracker: Tracker) -> bool:
    """Whether the message asks for something that has a loop of its own."""
    return intent(tracker) in (*LOOPS, ActId.SAFETY_CHECK.value)


def sure_yes(tracker: Tracker) -> bool:
    """Whether the message was surely understood as a yes."""
    confidence = understanding(tracker).get("confidence") or 0
    return intent(tracker) == ActId.AFFIRM.value and confidence >= SURE


def is_aside(tracker: Tracker, catalogue: Catalogue, *, asked: bool) -> bool:
    """Whether the message is about something that has a reply of its own.

    Args:
        tracker: the conversation.
        catalogue: the acts.
        asked: whether the message asks something.
    """
    name = intent(tracker)
    if name in ANSWERS or name == Intent.FALLBACK.value:
        return False
    if name == Intent.CHOOSE.value:
        return True
    act = catalogue.acts.get(name)
    # What is told is likelier an answer in other words than a question about a topic.
    return asked if act is None else asked or act.message.kind is not Kind.FALLBACK


def reply_elsewhere(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
) -> memory.Events:
    """Reply as if no check were under way."""
    name = intent(tracker)
    if name in (Intent.CLARIFY.value, Intent.ASPECT.value):
        events = ActionClarify().run(dispatcher, tracker, domain)
    elif name == Intent.FALLBACK.value:
        events = ActionFallback().run(dispatcher, tracker, domain)
    elif name in Speaker(dispatcher, tracker).catalogue.acts:
        events = ActionSmallTalk().run(dispatcher, tracker, domain)
    else:
        events = ActionAnswer().run(dispatcher, tracker, domain)
    return events


def reply_aside(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
) -> memory.Events:
    """Reply to something else in between; the check goes on, so nothing new is offered."""
    if intent(tracker) in ASK_AGAIN:
        return []
    speaker = Speaker(dispatcher, tracker)
    topic = speaker.catalogue.topics.get(understanding(tracker).get("topic") or "")
    if topic is None:
        return reply_elsewhere(dispatcher, tracker, domain)
    return answer(speaker, topic, stated=False, also=(), turn=0, offering=False)


def typed(tracker: Tracker) -> list[str]:
    """What the patient typed of late, the newest last."""
    texts = [
        str(event.get("text") or "")
        for event in tracker.events
        if event.get("event") == "user" and not _is_choice(event)
    ]
    return texts[-REMEMBERED:]


def _is_choice(event: Mapping[str, Any]) -> bool:
    """Whether a button was pressed: its id, such as "causes/stroke", is no word of a patient's."""
    found = (event.get("parse_data") or {}).get("intent") or {}
    return _is_payload(str(found.get("name") or ""), str(event.get("text") or ""))


def _is_payload(name: str, text: str) -> bool:
    """Whether ``text`` stands on a button: an id, or an act's id with more behind a colon."""
    return name == Intent.CHOOSE.value or text == name or text.startswith(f"{name}{BETWEEN}")
