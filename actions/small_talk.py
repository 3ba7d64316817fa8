"""Everything people say that is not about a topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop
from rasa_sdk.executor import CollectingDispatcher

from actions import memory
from actions.answer import answer
from actions.clarify import ask_which
from actions.replies import Speaker
from content import Act, Topic
from content.names import ActId, Kind, TextId
from content.names import Action as ActionName

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
        act = speaker.catalogue.acts[tracker.latest_message["intent"]["name"]]
        return _act(speaker, act, tracker)


def _act(speaker: Speaker, act: Act, tracker: Tracker) -> memory.Events:
    own_way = OWN_WAYS.get(act.id, _reply)
    return own_way(speaker, act, tracker)


def _reply(speaker: Speaker, act: Act, tracker: Tracker) -> memory.Events:
    speaker.say_message(act.message)
    if act.message.kind is not Kind.FALLBACK:
        return memory.offering(act.message.buttons)
    times = memory.fallbacks(tracker) + 1
    last = act.message
    if times > 1:
        speaker.say_text(TextId.FALLBACK_SECOND)
        last = speaker.catalogue.texts[TextId.FALLBACK_SECOND]
    return memory.not_understood(times, last.buttons)


def _yes(speaker: Speaker, act: Act, tracker: Tracker) -> memory.Events:
    """Take the only offer, or the safety check that a symptom's answer ends with; else ask."""
    offered = memory.offered(tracker)
    if not offered:
        return _reply(speaker, act, tracker)
    first = speaker.catalogue.find(offered[0])
    if isinstance(first, Topic) and len(offered) == 1:
        return answer(speaker, first, stated=False, also=(), turn=len(tracker.events))
    if isinstance(first, Act) and (len(offered) == 1 or first.id == ActId.SAFETY_CHECK.value):
        return _act(speaker, first, tracker)
    return ask_which(speaker, offered)


def _repeat(speaker: Speaker, act: Act, tracker: Tracker) -> memory.Events:
    # What was said again is not led in twice.
    spoken = [said for said in last_replies(tracker) if said["text"] not in act.message.reply]
    if not spoken:
        speaker.say_text(TextId.REPEAT_NOTHING)
        return memory.offering(speaker.catalogue.texts[TextId.REPEAT_NOTHING].buttons)
    speaker.say_message(act.message)
    for message in spoken:
        speaker.say_again(message)
    return memory.offering(memory.offered(tracker))


def _start_over(speaker: Speaker, act: Act, tracker: Tracker) -> memory.Events:
    speaker.say_message(act.message)
    return memory.forget(act.message.buttons)


def _safety_check(speaker: Speaker, act: Act, tracker: Tracker) -> memory.Events:
    """Hand over to the check's own action; without questions to ask, list the signs."""
    if speaker.catalogue.safety_check is not None:
        # Rasa goes on with the loop's action in this very turn.
        return [ActiveLoop(ActionName.SAFETY_CHECK.value), *memory.offering([])]
    speaker.say(act.message.reply[0], act.message.kind)
    speaker.say_text(TextId.SAFETY_CHECK)
    return memory.offering(speaker.catalogue.texts[TextId.SAFETY_CHECK].buttons)


def _hand_over(speaker: Speaker, act: Act, tracker: Tracker) -> memory.Events:
    """Rasa goes on with the loop's action in this very turn."""
    return [ActiveLoop(LOOPS[act.id].value), *memory.offering([])]


LOOPS: Mapping[str, ActionName] = {
    ActId.EXERCISE.value: ActionName.EXERCISE,
    ActId.EXERCISE_RESUME.value: ActionName.EXERCISE,
    ActId.PROGRESS.value: ActionName.PROGRESS,
    ActId.FORGET_DIARY.value: ActionName.PROGRESS,
    ActId.RECOVERY.value: ActionName.RECOVERY,
    ActId.SUMMARY.value: ActionName.SUMMARY,
}
"""What acts hand over to."""

OWN_WAYS: Mapping[str, Callable[[Speaker, Act, Tracker], memory.Events]] = {
    ActId.AFFIRM.value: _yes,
    ActId.REPEAT.value: _repeat,
    ActId.START_OVER.value: _start_over,
    ActId.SAFETY_CHECK.value: _safety_check,
    **dict.fromkeys(LOOPS, _hand_over),
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
