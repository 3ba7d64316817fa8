"""The safety check: five questions, one at a time, and what to do about the answers."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere, memory
from actions.exercises.state import barred as exercise_barred
from actions.replies import Speaker, the_catalogue, understanding
from actions.safety import buttons, course
from actions.safety.answers import Reader
from actions.safety.buttons import Pressed
from actions.safety.course import State
from actions.safety.result import PARTING, result
from actions.safety.signs import Finder
from actions.safety.values import ANSWERS, Said
from actions.served import once
from content.model import SafetyCheck
from content.names import ActId, Intent, Kind, Slot
from content.names import Action as ActionName
from triage.model import Level


class ActionSafetyCheck(Action):
    """Asks the five questions; while it is the active loop, every message comes here."""

    def name(self) -> str:
        """The action's name in the domain, and the loop's."""
        return ActionName.SAFETY_CHECK.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Begin, go on, or come to a result."""
        speaker = Speaker(dispatcher, tracker)
        check = speaker.catalogue.safety_check
        if check is None:
            return memory.no_check()
        state = course.read(tracker.get_slot(Slot.SAFETY_CHECK.value), check)
        turn = Turn(dispatcher, tracker, domain, speaker, check)
        return turn.begin() if state is None else turn.go_on(state)


class Turn:
    """One message of the check and its reply."""

    def __init__(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
        speaker: Speaker,
        check: SafetyCheck,
    ) -> None:
        """Reply to the latest message of ``tracker``."""
        self._rasa = (dispatcher, tracker, domain)
        self._tracker = tracker
        self._speaker = speaker
        self._check = check
        self._tools = _tools()
        self._reader, self._finder = self._tools.reader, self._tools.finder
        self._button = elsewhere.said_by_button(tracker)
        chosen = elsewhere.intent(tracker) == Intent.CHOOSE.value
        # The id on a topic's button, such as "causes/stroke", tells nothing of the patient.
        self._text = "" if chosen else str(tracker.latest_message.get("text") or "")

    def begin(self) -> memory.Events:
        """Ask the first question that was not answered before."""
        told = self._finder.before(elsewhere.typed(self._tracker))
        state = course.begin(self._check, told, elsewhere.raised(self._tracker))
        return self._say(state, [] if state.at is None else [self._check.texts["intro"]])

    def go_on(self, state: State) -> memory.Events:
        """Take the message as an answer, or as what else it may be."""
        if state.at is None and elsewhere.intent(self._tracker) == ActId.SAFETY_CHECK.value:
            return self.begin()
        asked = state.at
        state = course.warned(self._check, state, elsewhere.raised(self._tracker))
        if asked is not None and state.at is None:
            return self._say(state, [])
        pressed = buttons.read(self._check, self._button or "")
        if pressed is not None and (pressed.question or asked):
            return self._pressed(state, pressed)
        return self._typed(state)

    def _pressed(self, state: State, pressed: Pressed) -> memory.Events:
        """A button of the check; one of another question is never taken for this one's."""
        if (pressed.question, pressed.half) == (state.at, state.half):
            return self._answered(state, pressed.value)
        if pressed.value != course.YES:
            return self._say(state, [] if state.at is None else [self._check.texts["late"]])
        if pressed.question is None:
            return self._answered(state, pressed.value)
        told = {pressed.question: course.yes_to(self._check, pressed.question, half=pressed.half)}
        grown = course.add(self._check, state, told)
        return self._say(grown, [] if grown.at is None else [self._check.texts["noted"]])

    def _typed(self, state: State) -> memory.Events:
        told = self._finder.told(self._text, state.at, half=state.half)
        found = course.anew(state, told.found)
        sudden = course.takes_onset(self._check, state)
        reader = self._tools.sudden_reader if sudden else self._reader
        reading = reader.read(self._text, told.named)
        if reading.corrects and not found:
            changed = course.correct(self._check, state, reading.said.value)
            return self._say(changed, [self._check.texts["changed"]])
        if reading.said is Said.BACK:
            return self._back(state)
        if state.at is None:
            return self._leave()
        if found:
            return self._told(state, found, reading.said)
        if reading.onset and sudden:
            return self._answered(state, course.MILDER)
        # After "Was there an injury?" a time is likelier that of the injury than a second yes.
        vague = reading.onset and course.has_yes(state)
        return self._read(state, Said.UNCLEAR if vague else reading.said)

    def _told(self, state: State, found: Mapping[str, str], said: Said) -> memory.Events:
        """Signs were named: of this question, of others, or of both."""
        if state.at is not None and state.at in found:
            others = {one: name for one, name in found.items() if one != state.at}
            kept = replace(state, answers=course.merged(self._check, state.answers, others))
            return self._answered(kept, found[state.at])
        grown = course.add(self._check, state, found)
        if grown.at is None:
            return self._say(grown, [])
        if said in ANSWERS:
            return self._answered(grown, said.value)
        later = course.aside(grown)
        return self._stop() if later is None else self._say(later, [self._check.texts["noted"]])

    def _read(self, state: State, said: Said) -> memory.Events:
        """A reply that names no sign."""
        if said in ANSWERS:
            return self._answered(state, said.value)
        if said is Said.STOP:
            return self._stop()
        if said is Said.WHY or said is Said.MEANING:
            return self._explain(state, said)
        if elsewhere.sure_yes(self._tracker) and not self._reader.is_readiness(self._text):
            return self._answered(state, Said.YES.value)
        return self._unclear(state) if self._reader.is_pace(self._text) else self._other(state)

    def _other(self, state: State) -> memory.Events:
        """Something else: a side question is answered, and the rest asked again."""
        act = understanding(self._tracker).get("label")
        if act == ActId.GOODBYE.value:
            return self._stop()
        if act == ActId.START_OVER.value:
            return self._leave()
        asked = self._reader.is_question(self._text)
        if elsewhere.is_aside(self._tracker, self._speaker.catalogue, asked=asked):
            later = course.aside(state)
            if later is None:
                return self._stop()
            said = elsewhere.reply_aside(*self._rasa)
            return [*said, *self._say(later, [self._check.texts["again"]])]
        return self._unclear(state)

    def _unclear(self, state: State) -> memory.Events:
        """Asked again in other words; after two such replies it counts as not sure."""
        after = course.unclear(self._check, state)
        if after.at == state.at:
            return self._say(after, [self._check.texts["unclear"]], other_words=True)
        return self._say(after, [self._check.texts["as_unsure"]])

    def _explain(self, state: State, said: Said) -> memory.Events:
        later = course.aside(state)
        if later is None:
            return self._stop()
        if said is Said.MEANING and not state.half:
            return self._say(later, [], other_words=True)
        return self._say(later, [course.question(self._check, str(state.at)).why])

    def _back(self, state: State) -> memory.Events:
        earlier = course.back(self._check, state)
        if earlier is None:
            later = course.aside(state)
            return self._stop() if later is None else self._say(later, [self._check.texts["first"]])
        return self._say(earlier, [self._check.texts["back"]])

    def _answered(self, state: State, value: str) -> memory.Events:
        return self._say(course.answer(self._check, state, value), [])

    def _say(
        self, state: State, before: Sequence[str], *, other_words: bool = False
    ) -> memory.Events:
        """Ask the question at which the check stands, or say the result."""
        barred: memory.Events = []
        if state.at is None:
            end = result(self._check, state)
            self._speaker.say(end.text, end.kind, level=end.level)
            if end.level.rank >= Level.URGENT.rank:
                # Who was sent for help is not to go on with an exercise that was paused.
                barred = [SlotSet(Slot.EXERCISE.value, exercise_barred(time.time()))]
        else:
            question = course.question(self._check, state.at)
            asked = question.ask_again if other_words else question.ask
            # In other words the whole would be asked, and a yes to that is not the graver half's.
            asked = question.ask_rest if state.half else asked
            self._speaker.say(PARTING.join([*before, asked]), Kind.QUESTION)
            dispatcher, *_ = self._rasa
            dispatcher.messages[-1]["buttons"] = buttons.below(self._check, state)
        return [
            ActiveLoop(ActionName.SAFETY_CHECK.value),
            SlotSet(Slot.SAFETY_CHECK.value, state.as_json()),
            *barred,
            *memory.offering([]),
        ]

    def _stop(self) -> memory.Events:
        self._speaker.say(self._check.texts["stopped"], Kind.NOTICE)
        return [*memory.no_check(), *memory.offering([ActId.SAFETY_CHECK.value])]

    def _leave(self) -> memory.Events:
        """The check is over, and this message is about something else."""
        return [*memory.no_check(), *elsewhere.reply_elsewhere(*self._rasa)]


class Tools(NamedTuple):
    """What reads replies."""

    reader: Reader
    sudden_reader: Reader
    finder: Finder


@once
def _tools(_: Path) -> Tools:
    """The tools, made once."""
    check = the_catalogue().safety_check
    assert check is not None, "only a check that there is asks for them"
    reader = Reader(check.words)
    return Tools(reader, Reader(check.words, sudden=True), Finder(check, reader))
