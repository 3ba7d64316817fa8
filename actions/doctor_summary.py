"""The summary for the doctor: a draft that the patient reviews, line by line, before it is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere, memory
from actions.remembered import remembered
from actions.replies import Speaker, the_catalogue, understanding
from actions.served import once, the_summary
from actions.summary import draft as drafts
from actions.summary import session
from actions.summary.course import Course, Reply
from actions.summary.draft import Draft
from actions.summary.gather import Gatherer
from actions.summary.practice import noted
from actions.summary.reading import Reader
from actions.summary.to_document import listing, to_document
from actions.summary.values import Diary
from content.names import ActId, Field, Intent, Kind, Slot
from content.names import Action as ActionName
from content.payload import ACT
from content.summary import Press
from triage.load import load

PARTING = "\n\n"
LEAVING = frozenset({ActId.START_OVER.value, ActId.SAFETY_CHECK.value})
"""What is more than a side question."""


def the_diary(tracker: Tracker) -> Diary:
    """What was practised in this conversation, and what the browser's diary keeps."""
    coach = the_catalogue().coach
    names = {one.id: one.name for one in coach.exercises.values()} if coach else {}
    history = remembered(tracker).history()
    return noted(history, tracker.events, names, _now())


class ActionSummary(Action):
    """Shows the draft; while it is the active loop, every message comes here.

    Args:
        diary: gives the exercises done and the falls noted of a conversation.
    """

    def __init__(self, diary: Callable[[Tracker], Diary] = the_diary) -> None:
        self._diary = diary

    def name(self) -> str:
        """The action's name in the domain, and the loop's."""
        return ActionName.SUMMARY.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Begin, or go on with the draft that is under way."""
        turn = Turn(dispatcher, tracker, domain, self._diary)
        draft = drafts.read(tracker.get_slot(Slot.SUMMARY.value))
        if draft is None:
            return turn.begin()
        return turn.go_on(draft)


class Turn:
    """One message about the draft and its reply."""

    def __init__(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
        diary: Callable[[Tracker], Diary],
    ) -> None:
        """Reply to the latest message of ``tracker``."""
        self._rasa = (dispatcher, tracker, domain)
        self._tracker = tracker
        self._diary = diary
        self._speaker = Speaker(dispatcher, tracker)
        self._summary = the_summary()
        self._texts = self._summary.texts
        self._course = _the_course()
        self._intent = elsewhere.intent(tracker)
        self._text = str(tracker.latest_message.get("text") or "").strip()

    def begin(self) -> memory.Events:
        """Show what was told so far; ask for something where nothing was."""
        typed = session.typed(self._tracker.events)
        check = self._speaker.catalogue.safety_check
        checked = session.checked(self._tracker.events, check, self._summary)
        draft = self._course.begin(typed, checked, self._diary(self._tracker))
        return self._show(draft, "intro")

    def go_on(self, draft: Draft) -> memory.Events:
        """Take the message as a change of the draft, or as what else it may be."""
        pressed = self._pressed()
        if pressed is not None:
            return self._say(self._course.pressed(draft, pressed))
        commands = self._course.is_command(draft, self._text)
        if self._intent == ActId.SUMMARY.value and not commands:
            return self.begin() if draft.made else self._show(draft, "again")
        if session.is_choice(self._text, self._intent):
            return self._elsewhere(draft)
        reply = self._course.typed(
            draft,
            self._text,
            sure_yes=elsewhere.sure_yes(self._tracker),
            denies=self._intent == ActId.DENY.value,
            aside=self._is_aside(),
        )
        return self._elsewhere(draft) if reply is None else self._say(reply)

    def _pressed(self) -> Press | None:
        """The button of the draft's own that was pressed."""
        act, _, name = self._text.partition(":")
        own = act == ActId.SUMMARY.value and self._intent in (act, Intent.CHOOSE.value)
        return next((press for press in Press if own and press.value == name), None)

    def _is_aside(self) -> bool:
        asked = self._course.is_question(self._text)
        return elsewhere.is_aside(self._tracker, self._speaker.catalogue, asked=asked)

    def _elsewhere(self, draft: Draft) -> memory.Events:
        """Something else: it is answered, and the draft shown again; a made one is left."""
        act = understanding(self._tracker).get("label")
        if draft.made or act in LEAVING:
            return [*_over(), *elsewhere.reply_elsewhere(*self._rasa)]
        later = drafts.aside(draft)
        if later is None or act == ActId.GOODBYE.value:
            return self._stop()
        said = elsewhere.reply_aside(*self._rasa)
        # Whatever the answer began, such as an exercise, has the next word.
        if any(event.get("event") == "active_loop" for event in said):
            return [SlotSet(Slot.SUMMARY.value, None), *said]
        return [*said, *self._show(later, "again")]

    def _say(self, reply: Reply) -> memory.Events:
        if reply.stop:
            return self._stop()
        if reply.make:
            return self._make(reply.draft)
        if reply.ask is None:
            return self._show(reply.draft, reply.said)
        asked = self._texts[reply.ask].replace("{number}", str(reply.draft.line))
        self._speaker.say(asked, Kind.QUESTION, choices=self._buttons(Press.STOP))
        return self._going_on(reply.draft)

    def _show(self, draft: Draft, said: str) -> memory.Events:
        """The draft in one message; or what to tell, where there is none."""
        if draft.is_empty:
            waits = drafts.waiting(draft, drafts.Waits.ADD)
            lead = [] if said == "intro" else [self._texts[said]]
            text = PARTING.join([*lead, self._texts["empty"]])
            self._speaker.say(text, Kind.QUESTION, choices=self._buttons(Press.STOP))
            return self._going_on(waits)
        parts = [self._texts[said], listing(draft, self._summary), self._texts["ask"]]
        self._speaker.say(PARTING.join(parts), Kind.QUESTION, choices=self._buttons(*Press))
        return self._going_on(draft)

    def _make(self, draft: Draft) -> memory.Events:
        document = to_document(draft, self._summary, _now().date())
        self._speaker.say(self._texts["made"], Kind.NOTICE, extra={Field.DOCUMENT: document})
        return self._going_on(draft)

    def _stop(self) -> memory.Events:
        self._speaker.say(self._texts["stopped"], Kind.NOTICE)
        return [*_over(), *memory.offering([ActId.SUMMARY.value])]

    def _going_on(self, draft: Draft) -> memory.Events:
        return [
            ActiveLoop(ActionName.SUMMARY.value),
            SlotSet(Slot.SUMMARY.value, draft.as_json()),
            *memory.offering([]),
        ]

    def _buttons(self, *presses: Press) -> list[dict[str, str]]:
        start, titles = f"{ACT}:{ActId.SUMMARY.value}:", self._summary.buttons
        return [{"title": titles[one], "payload": f"{start}{one.value}"} for one in presses]


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _over() -> memory.Events:
    return [ActiveLoop(None), SlotSet(Slot.SUMMARY.value, None)]


@once
def _the_course(_: Path) -> Course:
    """What reads and gathers, made once."""
    summary = the_summary()
    return Course(summary, Gatherer(summary, load()), Reader(summary.words))
