"""What the talk about recovery says in one turn, and the events that remember it."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import ActiveLoop, SlotSet

from actions import memory
from actions.recovery import buttons, course, outlook
from actions.recovery.course import State, Step
from actions.recovery.outlook import PARTING
from actions.replies import Speaker
from content.names import ActId, Action, Kind, Slot
from content.recovery import Recovery
from triage.model import Level


def over() -> memory.Events:
    """The talk is over."""
    return [ActiveLoop(None), SlotSet(Slot.RECOVERY.value, None)]


class Teller:
    """Asks and answers through a speaker, in the words of ``recovery``."""

    def __init__(self, speaker: Speaker, recovery: Recovery) -> None:
        """Speak through ``speaker``."""
        self._speaker = speaker
        self._recovery = recovery

    def ask(
        self, state: State, before: Sequence[str], *, warned: bool, other_words: bool
    ) -> memory.Events:
        """Ask the question at which the talk stands.

        Args:
            state: where it stands.
            before: what is said before the question.
            warned: whether the patient was told already that it should be looked at today.
            other_words: whether to ask in other words.
        """
        is_new = state.at is Step.NEW
        if is_new and not warned:
            warning = PARTING.join([*before, outlook.warning(self._recovery, state)])
            self._speaker.say(warning, Kind.ESCALATION, level=Level.URGENT)
            before = ()
        asked = outlook.question(self._recovery, state, other_words=other_words)
        offered = [ActId.SAFETY_CHECK.value] if is_new else []
        choices = buttons.below(self._recovery, state)
        text = PARTING.join([*before, asked])
        self._speaker.say(text, Kind.QUESTION, buttons=offered, choices=choices)
        return [
            ActiveLoop(Action.RECOVERY.value),
            SlotSet(Slot.RECOVERY.value, state.as_json()),
            *memory.offering(offered),
        ]

    def end(self, state: State, before: Sequence[str]) -> memory.Events:
        """Say what is usual, and offer what may come next."""
        cause = course.cause(self._recovery, state)
        usual, signs, slow = outlook.outlook(self._recovery, state)
        offers = outlook.offers(self._recovery, state)
        for text in (PARTING.join([*before, usual]), signs):
            self._speaker.say(text, Kind.ANSWER, topic=cause.topic)
        self._speaker.say(
            slow,
            Kind.ANSWER,
            topic=cause.topic,
            level=Level.SOON if cause.unknown else Level.NONE,
            buttons=offers,
            sources=outlook.cited(self._recovery, cause, self._speaker.catalogue.sources),
        )
        return [*over(), *memory.talked_about(cause.topic, offers)]

    def stop(self) -> memory.Events:
        """Leave it, and say how to come back."""
        self._speaker.say(self._recovery.texts["stopped"], Kind.NOTICE)
        return [*over(), *memory.offering([ActId.RECOVERY.value])]
