"""Admitting that nothing was understood."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import memory
from actions.replies import Speaker, understanding
from content.names import Action as ActionName
from content.names import TextId


class ActionFallback(Action):
    """Asks for other words once; the second time in a row offers the menu and a human."""

    def name(self) -> str:
        """The action's name in the domain."""
        return ActionName.FALLBACK.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Say so, and count it. An empty message or one of emoji alone has words of its own."""
        speaker = Speaker(dispatcher, tracker)
        times = memory.fallbacks(tracker) + 1
        named = understanding(tracker).get("text")
        text = TextId(named) if named else TextId.FALLBACK_FIRST
        if times > 1:
            text = TextId.FALLBACK_SECOND
        speaker.say_text(text)
        return memory.not_understood(times, speaker.catalogue.texts[text].buttons)
