"""Asking which of a few things was meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import memory
from actions.replies import Speaker, understanding
from content.names import ActId, TextId
from content.names import Action as ActionName


class ActionClarify(Action):
    """Offers the topics that compete, one a button."""

    def name(self) -> str:
        """The action's name in the domain."""
        return ActionName.CLARIFY.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Ask; with no candidate at all, show the menu."""
        return ask_which(
            Speaker(dispatcher, tracker), understanding(tracker).get("candidates") or []
        )


def ask_which(speaker: Speaker, candidates: Sequence[str]) -> memory.Events:
    """Ask which of ``candidates`` (ids of topics and acts) was meant."""
    known = [identifier for identifier in candidates if speaker.catalogue.find(identifier)]
    if not known:
        speaker.say_text(TextId.MENU)
        return memory.offering(speaker.catalogue.texts[TextId.MENU].buttons)
    text = TextId.CLARIFY_SINGLE if len(known) == 1 else TextId.CLARIFY
    speaker.say_text(text, [*known, ActId.DENY.value])
    return memory.offering(known)
