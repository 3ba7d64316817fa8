"""The course of the review: a draft and a message give the next draft and what to say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.summary import draft as drafts
from actions.summary.draft import Draft, Waits
from actions.summary.gather import AS_NAMED, Gatherer
from actions.summary.reading import Reader
from actions.summary.values import Command, Diary, Item, Kind
from content.summary import Heading, Press, SummaryTexts

QUESTION_MARK = "?"


@dataclass(frozen=True)
class Reply:
    """What follows a message.

    Attributes:
        draft: the draft after it.
        said: the text that leads in the draft.
        ask: a text that asks for something instead; the draft is not shown.
        make: the page is to be made.
        stop: the review is over.
    """

    draft: Draft
    said: str = "again"
    ask: str | None = None
    make: bool = False
    stop: bool = False


class Course:
    """Leads the review.

    Args:
        summary: patterns and questions.
        gatherer: finds what a message tells.
        reader: reads commands.
    """

    def __init__(self, summary: SummaryTexts, gatherer: Gatherer, reader: Reader) -> None:
        self._summary = summary
        self._gatherer = gatherer
        self._reader = reader

    def begin(self, typed: Sequence[str], checked: Sequence[Item], diary: Diary) -> Draft:
        """The draft of what was told, checked and done before."""
        questions = self._gatherer.questions(self._gatherer.causes(typed))
        told = self._gatherer.told(typed)
        return drafts.begin([*told, *checked, *self._gatherer.diary(diary), *questions])

    def is_question(self, text: str) -> bool:
        """Whether something is asked."""
        return text.rstrip().endswith(QUESTION_MARK) or self._gatherer.is_question(text)

    def is_command(self, draft: Draft, text: str) -> bool:
        """Whether a message wants something of the draft."""
        return self._reader.read(text, draft.waits).kind is not Kind.UNKNOWN

    def pressed(self, draft: Draft, press: Press) -> Reply:
        """A button below a draft, perhaps of an earlier one."""
        command = {
            Press.MAKE: Command(Kind.MAKE),
            Press.ADD: Command(Kind.ADD),
            Press.REMOVE: Command(Kind.REMOVE),
            Press.STOP: Command(Kind.STOP),
        }[press]
        return self._commanded(drafts.waiting(draft, None), command)

    def typed(
        self, draft: Draft, text: str, *, sure_yes: bool, denies: bool, aside: bool
    ) -> Reply | None:
        """A typed message; None for one that is about something else.

        Args:
            draft: the draft so far.
            text: the message.
            sure_yes: whether it was surely understood as a yes.
            denies: whether it was understood as a no.
            aside: whether it has a reply of its own elsewhere.
        """
        command = self._reader.read(text, draft.waits)
        asks = not command.question and self._gatherer.is_question(command.text)
        if command.kind is Kind.ADD and aside and asks:
            return None
        if command.kind is Kind.MAKE and draft.made:
            return None
        if command.kind in (Kind.MAKE, Kind.NO) and draft.waits:
            # "Fine" after "What should I add?" makes nothing yet.
            return Reply(drafts.waiting(draft, None))
        if command.kind is not Kind.UNKNOWN:
            return self._commanded(replace(draft, made=False), command)
        if draft.waits in (Waits.ADD, Waits.QUESTION, Waits.CHANGE):
            return None if aside else self._answered(draft, text)
        return None if draft.made else self._told(draft, text, sure_yes, denies, aside)

    def _told(
        self, draft: Draft, text: str, sure_yes: bool, denies: bool, aside: bool
    ) -> Reply | None:
        """What is no command: something new to tell, a yes or a no in other words."""
        found = self._gatherer.told([text])
        if found:
            for item in found:
                draft = drafts.add(draft, item)
            return Reply(drafts.waiting(draft, None), "added")
        if aside:
            return None
        if sure_yes or denies:
            return self._commanded(draft, Command(Kind.MAKE if sure_yes else Kind.NO))
        later = drafts.aside(draft)
        return Reply(draft, stop=True) if later is None else Reply(later, "unclear")

    def _answered(self, draft: Draft, text: str) -> Reply:
        """The words that were asked for."""
        if draft.waits is Waits.CHANGE and drafts.lines(draft, [draft.line or 0]):
            return Reply(drafts.change(draft, draft.line or 0, text), "changed")
        asked = draft.waits is Waits.QUESTION or self.is_question(text)
        return self._added(draft, text, question=asked)

    def _commanded(self, draft: Draft, command: Command) -> Reply:
        if command.kind is Kind.MAKE:
            return Reply(replace(draft, made=not draft.is_empty, waits=None), "nothing_left",
                         make=not draft.is_empty)  # fmt: skip
        if command.kind is Kind.STOP:
            return Reply(draft, stop=True)
        if command.kind is Kind.UNDO:
            before = drafts.undo(draft)
            return Reply(draft, "nothing_to_undo") if before is None else Reply(before, "undone")
        if command.kind is Kind.NO:
            return Reply(drafts.waiting(draft, None), ask="what_change")
        if command.kind is Kind.ADD:
            return self._add(draft, command)
        if command.kind is Kind.REMOVE:
            return self._remove(draft, command)
        if command.kind is Kind.CHANGE:
            return self._change(draft, command)
        if command.kind is Kind.ONLY:
            lines = drafts.lines(draft, command.numbers)
            return Reply(drafts.keep_only(draft, lines), "kept") if lines else _no_such(draft)
        return Reply(drafts.waiting(draft, None))

    def _add(self, draft: Draft, command: Command) -> Reply:
        if not command.text:
            waits = Waits.QUESTION if command.question else Waits.ADD
            return Reply(drafts.waiting(draft, waits), ask="ask_add")
        asked = command.question or self._gatherer.is_question(command.text)
        # "Can you add that I fell?" asks Dorsi, not the doctor.
        text = command.text if asked else command.text.rstrip(f"{QUESTION_MARK} ")
        return self._added(draft, text, question=asked)

    def _added(self, draft: Draft, text: str, *, question: bool) -> Reply:
        if draft.is_full:
            return Reply(drafts.waiting(draft, None), "full")
        found = self._gatherer.told([text])
        known = found and found[0].heading not in AS_NAMED
        heading = found[0].heading if known else Heading.MORE
        heading = Heading.QUESTIONS if question else heading
        return Reply(drafts.add(draft, Item(heading, text)), "added")

    def _remove(self, draft: Draft, command: Command) -> Reply:
        if command.everything:
            return Reply(drafts.keep_only(draft, ()), "removed")
        if not command.numbers and not command.text:
            return Reply(drafts.waiting(draft, Waits.REMOVE), ask="ask_remove")
        named = drafts.naming(draft, command.text.split())
        lines = drafts.lines(draft, command.numbers) or named
        if not lines:
            return _no_such(draft)
        if named and len(named) > 1:
            return Reply(drafts.waiting(draft, Waits.REMOVE), "several_lines")
        return Reply(drafts.remove(draft, lines), "removed")

    def _change(self, draft: Draft, command: Command) -> Reply:
        if not command.numbers:
            return Reply(drafts.waiting(draft, None), ask="which_change")
        lines = drafts.lines(draft, command.numbers)
        if not lines:
            return _no_such(draft)
        if not command.text:
            return Reply(drafts.waiting(draft, Waits.CHANGE, lines[0]), ask="ask_change")
        return Reply(drafts.change(draft, lines[0], command.text), "changed")


def _no_such(draft: Draft) -> Reply:
    return Reply(drafts.waiting(draft, None), "no_such_line")
