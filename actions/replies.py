"""How an action speaks: messages with kind, level, topic, buttons and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.served import once
from content import Catalogue, Message, load
from content.model import Region
from content.names import UNDERSTANDING, Field, Kind, TextId
from content.payload import button
from triage.model import Level


@once
def the_catalogue(folder: Path) -> Catalogue:
    """The catalogue of the content that is served."""
    return load(folder)


def understanding(tracker: Tracker) -> dict[str, Any]:
    """What was understood of the latest message; empty for a message nobody parsed."""
    return tracker.latest_message.get(UNDERSTANDING) or {}


class Speaker:
    """Says things in one turn, in the words of the catalogue and the numbers of the region."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Speak through ``dispatcher`` to the patient of ``tracker``."""
        self.catalogue = the_catalogue()
        self._dispatcher = dispatcher
        self._understanding = understanding(tracker)
        self._region = _region(self.catalogue, tracker)

    def say(
        self,
        text: str,
        kind: Kind,
        *,
        topic: str | None = None,
        level: Level = Level.NONE,
        buttons: Sequence[str] = (),
        sources: Sequence[dict[str, Any]] = (),
        titles: Mapping[str, str] | None = None,
        choices: Sequence[Mapping[str, str]] = (),
        extra: Mapping[Field, Any] | None = None,
    ) -> None:
        """Send one message.

        Args:
            text: the words, with placeholders for the region's numbers.
            kind: what the message is.
            topic: the id of the topic it answers.
            level: how urgent it is.
            buttons: ids of topics and acts to offer below it.
            sources: where the words come from.
            titles: other words on the buttons of these ids.
            choices: buttons of the action's own (``title``, ``payload``), below the others.
            extra: what else the message carries.
        """
        offers = [button(self.catalogue, identifier) for identifier in buttons]
        for offer, identifier in zip(offers, buttons, strict=True):
            offer["title"] = (titles or {}).get(identifier, offer["title"])
        self._dispatcher.utter_message(
            text=self._region.fill(text),
            buttons=[*offers, *map(dict, choices)],
            kind=kind.value,
            level=level.value,
            topic=topic,
            sources=list(sources),
            **{UNDERSTANDING: self._understanding},
            **{field.value: value for field, value in (extra or {}).items()},
        )

    def say_message(self, message: Message, buttons: Sequence[str] = ()) -> None:
        """Send every part of a catalogue message; buttons stand below the last."""
        *first, last = message.reply
        for part in first:
            self.say(part, message.kind)
        self.say(last, message.kind, buttons=[*buttons, *message.buttons])

    def say_again(self, message: dict[str, Any]) -> None:
        """Send a message that was sent before, as it was."""
        self._dispatcher.utter_message(**message)

    def say_text(self, text: TextId, buttons: Sequence[str] = ()) -> None:
        """Send a text of ``data/conversation/texts.yml``."""
        self.say_message(self.catalogue.texts[text], buttons)

    def one_of(self, text: TextId, turn: int) -> str:
        """One variant of a text, so that it does not sound the same every time."""
        variants: list[str] = list(self.catalogue.texts[text].reply)
        return variants[turn % len(variants)]


def _region(catalogue: Catalogue, tracker: Tracker) -> Region:
    metadata = tracker.latest_message.get("metadata") or {}
    code = metadata.get("region") if isinstance(metadata, dict) else None
    return catalogue.region(code if isinstance(code, str) else None)
