"""Everything people say that is not about a topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import memory
from actions.clarify import ask_which
from actions.replies import Speaker
from catalogue.names import ActId, TextId
from catalogue.names import Action as ActionName

SPOKEN = ("text", "buttons", "kind", "level", "topic", "sources")


class ActionSmallTalk(Action):
    """Replies to an act with its text, or in the act's own way."""

    def name(self) -> str:
        """The action's name in the domain."""
        return ActionName.SMALL_TALK.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Reply to the latest message's intent."""
        speaker = Speaker(dispatcher, tracker)
        act = tracker.latest_message["intent"]["name"]
        own_way = OWN_WAYS.get(act)
        if own_way is not None:
            return own_way(speaker, dispatcher, tracker)
        message = speaker.catalogue.acts[act].message
        speaker.say_message(message)
        return memory.offering(message.buttons)


def _yes(speaker: Speaker, _: CollectingDispatcher, tracker: Tracker) -> memory.Events:
    offered = memory.offered(tracker)
    if offered:
        return ask_which(speaker, offered)
    return _say(speaker, TextId.YES_NO)


def _no(speaker: Speaker, _: CollectingDispatcher, tracker: Tracker) -> memory.Events:
    return _say(speaker, TextId.MENU if memory.offered(tracker) else TextId.YES_NO)


def _repeat(speaker: Speaker, dispatcher: CollectingDispatcher, tracker: Tracker) -> memory.Events:
    spoken = last_replies(tracker)
    if not spoken:
        return _say(speaker, TextId.REPEAT_NOTHING)
    for message in spoken:
        dispatcher.utter_message(**message)
    return memory.offering(memory.offered(tracker))


def _start_over(speaker: Speaker, _: CollectingDispatcher, tracker: Tracker) -> memory.Events:
    speaker.say_text(TextId.START_OVER_DONE)
    return memory.forget()


def _safety_check(speaker: Speaker, _: CollectingDispatcher, tracker: Tracker) -> memory.Events:
    return _say(speaker, TextId.SAFETY_CHECK)


def _say(speaker: Speaker, text: TextId) -> memory.Events:
    speaker.say_text(text)
    return memory.offering(speaker.catalogue.texts[text].buttons)


OWN_WAYS: Mapping[str, Callable[[Speaker, CollectingDispatcher, Tracker], memory.Events]] = {
    ActId.AFFIRM.value: _yes,
    ActId.DENY.value: _no,
    ActId.REPEAT.value: _repeat,
    ActId.START_OVER.value: _start_over,
    ActId.SAFETY_CHECK.value: _safety_check,
}


def last_replies(tracker: Tracker) -> list[dict[str, Any]]:
    """What Dorsi said in the turn before this one, ready to be said again."""
    replies: list[dict[str, Any]] = []
    turns_back = 0
    for event in reversed(tracker.events):
        if event["event"] == "user":
            turns_back += 1
            if turns_back == 2:
                break
        elif event["event"] == "bot" and turns_back == 1:
            said = {**event.get("data", {}), **event.get("metadata", {}), "text": event["text"]}
            replies.insert(0, {key: said[key] for key in SPOKEN if said.get(key) is not None})
    return replies
