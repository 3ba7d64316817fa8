"""The talk about recovery: what caused it, since when, and what is usual then. No promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere, memory
from actions.recovery import buttons, course
from actions.recovery.course import State, Step
from actions.recovery.reading import Does, Listener, Reply
from actions.recovery.telling import Teller, over
from actions.replies import Speaker, the_catalogue
from actions.served import once, the_recovery
from actions.small_talk import LOOPS
from content.names import ActId, Slot
from content.names import Action as ActionName

ELSEWHERE = {ActId.START_OVER.value, ActId.GOODBYE.value, ActId.SAFETY_CHECK.value, *LOOPS}
ELSEWHERE -= {ActId.RECOVERY.value}


class ActionRecovery(Action):
    """Asks for cause and time; while it is the active loop, every message comes here."""

    def name(self) -> str:
        """The action's name in the domain, and the loop's."""
        return ActionName.RECOVERY.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Begin, go on, or come to an end."""
        state = course.read(tracker.get_slot(Slot.RECOVERY.value), the_recovery())
        turn = Turn(dispatcher, tracker, domain, state)
        return turn.begin() if state is None else turn.go_on(state)


class Turn:
    """One message of the talk and its reply."""

    def __init__(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
        state: State | None,
    ) -> None:
        """Reply to the latest message of ``tracker``; ``state`` is where the talk stood."""
        self._rasa = (dispatcher, tracker, domain)
        self._tracker = tracker
        self._speaker = Speaker(dispatcher, tracker)
        self._recovery = the_recovery()
        self._teller = Teller(self._speaker, self._recovery)
        self._texts = self._recovery.texts
        self._before = state
        self._intent = elsewhere.intent(tracker)
        self._button = elsewhere.said_by_button(tracker)
        self._pressed = buttons.read(self._recovery, self._button or "")
        # The id on another button, such as "causes/stroke", tells nothing of the patient.
        told = self._button is None
        self._text = str(tracker.latest_message.get("text") or "") if told else ""

    def begin(self) -> memory.Events:
        """Ask the first question that was not answered with the message itself."""
        if self._pressed is not None:
            taken = buttons.take(self._recovery, None, self._pressed)
            return self._say(taken or State())
        told = _listener().opening(self._text, date.today())
        state = course.tell(self._recovery, State(), told.causes, told.since)
        return self._say(state, [] if state.at is None else [self._texts["intro"]])

    def go_on(self, state: State) -> memory.Events:
        """Take the message as an answer, or as what else it may be."""
        if self._pressed is not None:
            taken = buttons.take(self._recovery, state, self._pressed)
            return self._say(state, [self._texts["late"]]) if taken is None else self._say(taken)
        if self._button is not None:
            return self._other_button(state)
        reply = _listener().read(self._text, date.today())
        if reply.does is Does.STOP:
            return self._stop()
        if reply.does is Does.BACK:
            return self._back(state)
        if reply.does is Does.TELLS:
            return self._told(state, reply)
        if reply.does is Does.UNSURE:
            dated = course.tell(self._recovery, state, since=reply.since)
            open_still = dated.at is state.at
            return self._say(course.unsure(self._recovery, dated) if open_still else dated)
        if reply.does in (Does.WHY, Does.MEANING):
            return self._explain(state, reply.does)
        return self._new(state, reply)

    def _other_button(self, state: State) -> memory.Events:
        """A button of no question of the talk; one of another conversation's answers none."""
        if buttons.BETWEEN in (self._button or "") and self._intent not in ELSEWHERE:
            return self._say(state, [self._texts["late"]])
        return self._new(state, Reply(Does.UNCLEAR))

    def _told(self, state: State, reply: Reply) -> memory.Events:
        """A cause, a time, or both; what is told of the earlier question corrects it."""
        after = course.tell(self._recovery, state, reply.causes, reply.since)
        if after == course.onwards(self._recovery, state):
            return self._unclear(state)
        corrected = bool(state.cause) and after.cause != state.cause
        return self._say(after, [self._texts["changed"]] if corrected else [])

    def _new(self, state: State, reply: Reply) -> memory.Events:
        """Whether to go through the warning signs first, or something else."""
        if state.at is not Step.NEW:
            return self._other(state)
        if reply.does is Does.YES or elsewhere.sure_yes(self._tracker):
            # Rasa goes on with the check's action in this very turn.
            check = ActiveLoop(ActionName.SAFETY_CHECK.value)
            return [*over(), check, *memory.offering([])]
        if reply.does is Does.NO or self._intent == ActId.DENY.value:
            return self._say(course.go_on(self._recovery, state))
        return self._other(state)

    def _other(self, state: State) -> memory.Events:
        """Something else: a side question is answered, and the rest asked again."""
        if self._intent in ELSEWHERE:
            return self._leave()
        if self._intent == ActId.RECOVERY.value:
            return self._say(state)
        if self._intent == ActId.NOT_SURE.value:
            return self._say(course.unsure(self._recovery, state))
        asked = _listener().asks(self._text)
        if not elsewhere.is_aside(self._tracker, self._speaker.catalogue, asked=asked):
            return self._unclear(state)
        later = course.aside(state)
        if later is None:
            return self._stop()
        said = elsewhere.reply_aside(*self._rasa)
        return [*said, *self._say(later, [self._texts["again"]])]

    def _unclear(self, state: State) -> memory.Events:
        """Asked again in other words; after two such replies it counts as not known."""
        after = course.unclear(self._recovery, state)
        if after.at is state.at:
            return self._say(after, [self._texts["unclear"]], other_words=True)
        return self._say(after, [self._texts["as_unknown"]])

    def _explain(self, state: State, does: Does) -> memory.Events:
        later = course.aside(state)
        if later is None or state.at is None:
            return self._stop()
        why = self._recovery.questions[state.at.value].why
        return self._say(later, [why] if does is Does.WHY else [], other_words=does is not Does.WHY)

    def _back(self, state: State) -> memory.Events:
        earlier = course.back(state)
        note = self._texts["first" if earlier is None else "back"]
        later = earlier or course.aside(state)
        return self._stop() if later is None else self._say(later, [note])

    def _say(
        self, state: State, before: Sequence[str] = (), *, other_words: bool = False
    ) -> memory.Events:
        """Ask the question at which the talk now stands, or end it."""
        if state.at is None:
            return self._teller.end(state, before)
        warned = self._before is not None and self._before.at is Step.NEW
        return self._teller.ask(state, before, warned=warned, other_words=other_words)

    def _stop(self) -> memory.Events:
        return self._teller.stop()

    def _leave(self) -> memory.Events:
        """The talk is over, and this message is about something else."""
        return [*over(), *elsewhere.reply_elsewhere(*self._rasa)]


@once
def _listener(_: Path) -> Listener:
    """What reads replies, made once."""
    check = the_catalogue().safety_check
    assert check is not None, "the project has a safety check"
    return Listener(the_recovery(), check.words)
