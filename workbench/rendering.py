"""Drafts as patients would meet them: opened at a file, and talked with."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.coach import steps
from actions.coach.turn import Turn
from actions.exercises.state import Stage, State
from actions.replies import Speaker, the_catalogue
from actions.served import speaking_of
from assistant.nlu.understanding import Context, chosen
from content import payload
from content.names import ActId, Action, Intent, Kind, Slot, TextId
from triage.advice import Advice, Numbers
from triage.load import load as load_flags
from triage.model import Flag, Level
from workbench.conversation import Conversation, Message
from workbench.drafts import SHOWN, Changes, Drafts, reading
from workbench.models import Models
from workbench.serving import Cannot
from workbench.understanding import Screeners

EXERCISES, FLAGS, TEXTS = "exercises", "red_flags", "conversation/texts"
RAISED = "raised"
LEADS_TO = {
    "safety_check": ActId.SAFETY_CHECK,
    "coach": ActId.EXERCISE,
    "progress": ActId.PROGRESS,
    "recovery": ActId.RECOVERY,
    "summary": ActId.SUMMARY,
}
"""What opens the conversation whose words stand in a file or folder."""


class Rendering:
    """Says what drafts say, through the actions that speak to patients."""

    def __init__(self, drafts: Drafts, models: Models, screeners: Screeners) -> None:
        """Read drafts from ``drafts``; understand what is typed with the others."""
        self._drafts = drafts
        self._models = models
        self._screeners = screeners

    def __call__(
        self,
        region: str = "unknown",
        data: str | None = None,
        changes: Changes | None = None,
        path: str | None = None,
        part: str | None = None,
        state: Mapping[str, Any] | None = None,
        choice: str | None = None,
        text: str | None = None,
        model: str | None = None,
        model_data: str | None = None,
    ) -> dict[str, Any]:
        """One turn: a file is opened, a button pressed, or something typed.

        Args:
            region: where the patient would be.
            data: the folder of the content; that which is served if not given.
            changes: what differs from it.
            path: the file to open, such as "data/topics/brace/types.yml".
            part: the part of a file of many: a text's id, or a region's.
            state: what the turn before gave back.
            choice: the payload of the button.
            text: what was typed.
            model: what understands it; that which is served if not given.
            model_data: the content that the model was trained on.

        Returns:
            ``messages`` with the fields of Rasa's channel, and ``state``.

        Raises:
            Cannot: the draft cannot be read, or has no such file.
        """
        folder = self._drafts.folder(data, changes)
        conversation = Conversation(region, state)
        with speaking_of(folder), reading(folder):
            if choice is not None:
                said = _pressed(conversation, choice)
            elif text is not None:
                parsed = self._parsed(text, conversation, model, model_data)
                alarms = self._alarms(text, conversation, folder, region, data, changes)
                said = [*alarms, *_answered(conversation, parsed, alarms)]
            else:
                said = _opened(conversation, folder, region, path or "", part)
        return {"messages": said, "state": conversation.as_json()}

    def _parsed(
        self, text: str, conversation: Conversation, model: str | None, data: str | None
    ) -> dict[str, Any]:
        context = Context(
            conversation.slots.get(Slot.TOPIC.value),
            tuple(conversation.slots.get(Slot.OFFERED.value) or ()),
            conversation.loop == Action.EXERCISE.value,
        )
        known = self._models.of(model, data)
        return known.understander.understand(text, context).as_parse_data(text)

    def _alarms(
        self,
        text: str,
        conversation: Conversation,
        folder: Path,
        region: str,
        data: str | None,
        changes: Changes | None,
    ) -> list[Message]:
        """What comes before every other answer: the advice on what is most urgent."""
        told = conversation.slots.setdefault(RAISED, {})
        found = self._screeners.screen(text, data, changes).flags
        new = [
            flag
            for flag in found
            if flag.level.rank >= Level.URGENT.rank
            and flag.level.rank > Level(told.get(flag.id, Level.NONE.value)).rank
        ]
        told.update((flag.id, flag.level.value) for flag in new)
        return [_advice(Advice(folder), flag, _numbers(region)) for flag in new[:1]]


def _answered(
    conversation: Conversation, parsed: Mapping[str, Any], alarms: list[Message]
) -> list[Message]:
    if any(alarm["level"] == Level.EMERGENCY.value for alarm in alarms):
        conversation.loop = None
        return []
    conversation.hear(parsed, conversation.slots.get(RAISED))
    return conversation.reply()


def _pressed(conversation: Conversation, choice: str) -> list[Message]:
    conversation.hear(chosen(choice, the_catalogue().acts), conversation.slots.get(RAISED))
    return conversation.reply()


def _opened(
    conversation: Conversation, folder: Path, region: str, path: str, part: str | None
) -> list[Message]:
    """What a patient meets of a file."""
    name = path.removeprefix(f"{SHOWN}/").removesuffix(".yml")
    kind, _, id_ = name.partition("/")
    if kind == "topics":
        return _pressed(conversation, f"{payload.TOPIC}:{id_}")
    if kind == EXERCISES:
        return _exercise(conversation, id_)
    if kind == FLAGS:
        return list(_flag(folder, region, id_))
    if kind == "regions":
        return list(_flag(folder, part or region, ""))
    if kind in LEADS_TO:
        return _pressed(conversation, f"{payload.ACT}:{LEADS_TO[kind].value}")
    if kind == "conversation" and id_ in the_catalogue().acts:
        return _pressed(conversation, f"{payload.ACT}:{id_}")
    return _text(conversation, part if name == TEXTS and part else TextId.WELCOME.value)


def _speaking(
    conversation: Conversation, speak: Callable[[CollectingDispatcher], Any]
) -> list[Message]:
    dispatcher = CollectingDispatcher()
    conversation.hear({"text": "", "intent": {"name": Intent.CHOOSE.value}})
    conversation.remember(speak(dispatcher) or [])
    return conversation.said(dispatcher)


def _text(conversation: Conversation, id_: str) -> list[Message]:
    known = {text.value: text for text in the_catalogue().texts}
    if id_ not in known:
        raise Cannot(f"There is no text `{id_}`.")
    return _speaking(
        conversation,
        lambda dispatcher: Speaker(dispatcher, conversation.tracker()).say_text(known[id_]),
    )


def _exercise(conversation: Conversation, id_: str) -> list[Message]:
    """An exercise from its first step: whether today is a day for it was answered."""
    coach = the_catalogue().coach
    if coach is None or id_ not in coach.exercises:
        raise Cannot(f"There is no exercise `{id_}`.")

    def introduce(dispatcher: CollectingDispatcher) -> Any:
        tracker = conversation.tracker()
        turn = Turn(dispatcher, tracker, {}, Speaker(dispatcher, tracker), coach)
        return steps.introduce(turn, State(Stage.STEP, id_, checked_at=time.time()))

    return _speaking(conversation, introduce)


def _flag(folder: Path, region: str, id_: str) -> Iterator[Message]:
    """What is said at each level of a red flag, or of none, and the question before it."""
    advice, numbers = Advice(folder), _numbers(region)
    known = load_flags(folder).flags.get(id_)
    if id_ and known is None:
        raise Cannot(f"There is no red flag `{id_}`.")
    levels = list(known.say) if known else [Level.EMERGENCY, Level.URGENT]
    for level in sorted(levels, key=lambda level: -level.rank):
        yield _advice(advice, Flag(id_, level, "", ""), numbers)
    if known and known.ask:
        asked = advice.ask(Flag(id_, known.level, "", ""), numbers)
        yield _message(asked, Kind.QUESTION, Level.NONE)


def _advice(advice: Advice, flag: Flag, numbers: Numbers) -> Message:
    return _message(advice.say(flag, numbers), Kind.ESCALATION, flag.level)


def _message(text: str, kind: Kind, level: Level) -> Message:
    return {
        "text": text,
        "kind": kind.value,
        "level": level.value,
        "topic": None,
        "buttons": [],
        "sources": [],
    }


def _numbers(region: str) -> Numbers:
    return Numbers.of(vars(the_catalogue().region(region)))
