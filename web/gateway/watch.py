"""What a session has been told about red flags so far, and what is said next: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict, Field
from triage import Advice, Flag, Level, Numbers, Screening
from triage.model import highest

from gateway.replies import Offer, Reply

STAY_WITH = "suicide_self_harm"
ALARMING = Level.URGENT
STAYS = 2
HEARD, LONGEST = 6, 300
"""So many messages that told of signs are remembered, none longer than so many characters."""
ANSWER, YES, NO = "triage", "yes", "no"
GO_ON = "act:what_can_you_do"


class Asked(BaseModel):
    """The question that was asked because a message left Dorsi unsure.

    Attributes:
        flag: id of the flag that may be meant.
        level: its level.
        text: the message.
        again: whether the question was asked a second time.
    """

    flag: str
    level: Level
    text: str
    again: bool = False

    def payload(self, answer: str) -> str:
        """What its button for ``YES`` or ``NO`` carries: a late tap answers no other question."""
        return f"{ANSWER}:{answer}:{self.flag}:{self.level.value}"


class Heard(BaseModel):
    """A message in which signs were told, for reading it once more beside the other half.

    Attributes:
        text: the message.
        signs: ids of its signs.
    """

    text: str
    signs: list[str]


class Watch(BaseModel):
    """What is remembered of red flags from turn to turn; kept beside the replies.

    Attributes:
        raised: the flags the patient has been told of, with the highest level.
        signs: ids of all signs affirmed so far, for flags that come in two halves.
        heard: the last messages that told of them; in memory alone, for they are a patient's words.
        after_emergency: whether the last reply sent the patient for help at once.
        stays: how many more replies only stay with somebody who may come to harm.
        untold: whether Rasa has not been told of an emergency that was answered without it.
        asked: the question that waits for its answer.
        questioned: whether the assistant asked something last: no question goes between.
        unheard: the client's ids of the last messages, if Rasa's answers to them got lost.
    """

    model_config = ConfigDict(extra="ignore")

    raised: dict[str, Level] = {}
    signs: list[str] = []
    heard: list[Heard] = Field(default=[], exclude=True)
    after_emergency: bool = False
    stays: int = 0
    untold: bool = False
    asked: Asked | None = None
    questioned: bool = False
    unheard: list[str] = []


@dataclass
class Notice:
    """What is said because of a red flag, around the answer or in its place.

    Attributes:
        before: replies that come before the answer.
        after: replies that come after it.
        alone: whether there is no answer beside it.
        watch: what is remembered from now on.
        answer_text: what Rasa is to answer in place of the message, if that is something else.
    """

    watch: Watch
    before: list[Reply] = field(default_factory=list)
    after: list[Reply] = field(default_factory=list)
    alone: bool = False
    answer_text: str | None = None


class Watcher:
    """Decides what is said about red flags.

    Args:
        advice: the words.
    """

    def __init__(self, advice: Advice) -> None:
        self._advice = advice

    def whole(self, text: str, watch: Watch) -> str:
        """What is to be screened: a text that answers no question goes on with the one before."""
        if watch.asked is None or self._advice.yes_or_no(text) is not None:
            return text
        return f"{watch.asked.text}\n{text}"

    def on_text(self, text: str, found: Screening, watch: Watch, numbers: Numbers) -> Notice:
        """What is said to a message that was typed.

        Args:
            text: the message.
            found: what was noticed in it.
            watch: what is remembered of the session.
            numbers: whom to call in the patient's region.
        """
        kept = watch.model_copy(deep=True, update=_heard(text, found, watch))
        alarming = [flag for flag in found.flags if flag.level.rank >= ALARMING.rank]
        reply = self._advice.yes_or_no(text) if watch.asked else None
        if reply or (reply is False and not alarming):
            return self.on_reply(reply, kept, numbers, alarming)
        kept.after_emergency, kept.asked = False, None
        if any(_is_new(flag, watch) for flag in alarming):
            new = [flag for flag in alarming if _is_new(flag, watch) or _stays_with([flag])]
            new.sort(key=lambda flag: (-flag.level.rank, not _is_new(flag, watch)))
            return self._reminded(self._escalate(new, kept, numbers), watch, numbers)
        if watch.stays or _stays_with(alarming) or _stays_with([found.unsure], watch):
            return self._stay(text, kept, numbers, found.level)
        if alarming:
            level = highest(watch.raised[flag.id] for flag in alarming)  # never less than was said
            return Notice(kept, before=[_said(self._advice.again(level, numbers), level)])
        if watch.asked:
            return self._unanswered(watch.asked, kept, numbers)
        if found.unsure is not None and _may_ask(found.unsure, watch):
            asked = Asked(flag=found.unsure.id, level=found.unsure.level, text=text)
            asking = self._ask(asked, self._advice.ask(found.unsure, numbers), kept)
            return self._reminded(asking, watch, numbers)
        return self._around(found, kept, watch, numbers)

    def on_choice(self, payload: str, watch: Watch, numbers: Numbers) -> Notice | None:
        """What is said when the patient took a button of a question that an unsure Dorsi asked.

        Args:
            payload: what the button carries.
            watch: what is remembered of the session.
            numbers: whom to call in the patient's region.

        Returns:
            None for every other button.
        """
        kind, _, rest = payload.partition(":")
        answer, _, about = rest.partition(":")
        if kind != ANSWER or answer not in (YES, NO):
            return None
        asked = watch.asked
        if asked is not None and payload == asked.payload(answer):
            return self.on_reply(answer == YES, watch, numbers)
        return self._late(answer, about, watch, numbers)

    def on_button(self, watch: Watch, numbers: Numbers) -> Notice:
        """What is said when the patient took a button: no words of theirs to look at."""
        lifted = {"after_emergency": False, "stays": 0, "asked": None}
        kept = watch.model_copy(deep=True, update=lifted)
        return self._around(Screening(), kept, watch, numbers)

    def on_reply(
        self, yes: bool, watch: Watch, numbers: Numbers, alarming: Sequence[Flag] = ()
    ) -> Notice:
        """What is said when the patient answered the question of an unsure Dorsi.

        Args:
            yes: the answer.
            watch: what is remembered of the session.
            numbers: whom to call in the patient's region.
            alarming: flags noticed in the words of the answer.
        """
        assert watch.asked is not None, "only an answer to a question comes here"
        asked, kept = watch.asked, watch.model_copy(deep=True, update={"asked": None})
        if yes:
            flag = Flag(asked.flag, asked.level, asked.text, "confirmed when asked")
            new = [flag, *(one for one in alarming if _is_new(one, watch) or _stays_with([one]))]
            new.sort(key=lambda one: -one.level.rank)
            notice = self._escalate(new, kept, numbers)
            notice.answer_text = asked.text
            return notice
        kept.raised[asked.flag] = Level.NONE  # not asked a second time
        return Notice(kept, answer_text=asked.text)

    def _late(self, answer: str, about: str, watch: Watch, numbers: Numbers) -> Notice:
        """A tap on a button of an earlier question: yes to danger counts, no does not."""
        kept = watch.model_copy(deep=True)
        flag, _, level = about.partition(":")
        if answer == YES and level in (Level.EMERGENCY.value, Level.URGENT.value):
            told = Flag(flag, Level(level), "", "confirmed by an earlier button")
            if _is_new(told, watch):
                return self._escalate([told], kept, numbers)
            again = _said(self._advice.again(told.level, numbers), told.level)
            return Notice(kept, before=[again], alone=True)
        if watch.asked is not None:
            return self._ask(watch.asked, self._advice.ask_again(numbers), kept)
        noted = Reply(text=self._advice.noted(numbers), kind="notice", level="soon")
        return Notice(kept, before=[noted], alone=True)

    def _escalate(self, new: Sequence[Flag], watch: Watch, numbers: Numbers) -> Notice:
        worst, before = new[0], watch.stays
        emergency = worst.level is Level.EMERGENCY
        for flag in reversed(new):  # one named twice keeps its highest level
            watch.raised[flag.id] = flag.level
        replies = [_said(self._advice.say(worst, numbers), worst.level)]
        if _stays_with(new):
            watch.stays = STAYS
            if worst.id != STAY_WITH:
                replies.append(_said(self._advice.stay(numbers), Level.EMERGENCY))
        watch.after_emergency = emergency
        watch.questioned = watch.questioned and not emergency  # what was under way is closed
        watch.untold = watch.untold or emergency
        return Notice(watch, before=replies, alone=emergency or before > 0)

    def _stay(self, text: str, watch: Watch, numbers: Numbers, level: Level) -> Notice:
        """A kind line with somebody to talk to; nothing else is said beside it."""
        first = watch.stays == STAYS
        safe = self._advice.is_safe(text) if first else None
        how = _how(safe) if safe is not None else "emergency" if first else "second"
        told_again = watch.stays == 0 or level is Level.EMERGENCY or safe is False
        watch.stays = STAYS if told_again else watch.stays - 1
        reply = _said(self._advice.stay(numbers, how), Level.EMERGENCY)
        reply.buttons = [Offer(title=self._advice.go_on, payload=GO_ON)]
        return Notice(watch, before=[reply], alone=True)

    def _ask(self, asked: Asked, question: str, watch: Watch) -> Notice:
        watch.asked = asked
        reply = Reply(text=question, kind="question", level="soon")
        titles = zip(self._advice.answers, (YES, NO), strict=True)
        reply.buttons = [Offer(title=title, payload=asked.payload(to)) for title, to in titles]
        return Notice(watch, before=[reply], alone=True)

    def _unanswered(self, asked: Asked, watch: Watch, numbers: Numbers) -> Notice:
        """Neither yes nor no: asked once more, then left with whom to call."""
        if not asked.again:
            again = asked.model_copy(update={"again": True})
            return self._ask(again, self._advice.ask_again(numbers), watch)
        if asked.level is not Level.EMERGENCY:
            watch.raised.setdefault(asked.flag, Level.NONE)  # not asked a second time
        left = Reply(text=self._advice.left(numbers), kind="notice", level="soon")
        return Notice(watch, before=[left])

    def _reminded(self, notice: Notice, watch: Watch, numbers: Numbers) -> Notice:
        """The notice after a word on the emergency before it, unless it is one itself."""
        if watch.after_emergency and not (watch.stays or notice.watch.after_emergency):
            notice.before.insert(0, _said(self._advice.after(numbers), Level.EMERGENCY))
        return notice

    def _around(self, found: Screening, kept: Watch, watch: Watch, numbers: Numbers) -> Notice:
        """An answer, after a word on the emergency before it, and with what should be seen soon."""
        notice = self._reminded(Notice(kept), watch, numbers)
        soon = [flag for flag in found.flags if _is_new(flag, watch)]
        if soon:
            kept.raised[soon[0].id] = Level.SOON
            text = self._advice.say(soon[0], numbers)
            notice.after = [Reply(text=text, kind="notice", level="soon")]
        return notice


def _heard(text: str, found: Screening, watch: Watch) -> dict[str, list[str] | list[Heard]]:
    """What is remembered of the signs once a message was screened."""
    heard = list(watch.heard)
    if found.signs and len(text) <= LONGEST:
        heard = [*heard, Heard(text=text, signs=sorted(found.signs))][-HEARD:]
    return {"signs": sorted({*watch.signs, *found.signs}), "heard": heard}


def _is_new(flag: Flag, watch: Watch) -> bool:
    return flag.level.rank > watch.raised.get(flag.id, Level.NONE).rank


def _how(safe: bool) -> str:
    return "safe" if safe else "unsafe"


def _stays_with(flags: Sequence[Flag | None], watch: Watch | None = None) -> bool:
    """Whether thoughts of suicide are among the flags, or, with ``watch``, are told of again."""
    found = any(f and f.id == STAY_WITH and f.level is Level.EMERGENCY for f in flags)
    return found and (watch is None or watch.raised.get(STAY_WITH) is Level.EMERGENCY)


def _may_ask(flag: Flag, watch: Watch) -> bool:
    """Whether nothing was said of the flag yet, or something less urgent; a no is an answer.

    A question of the safety check waits for its own answer, unless a life may be in danger.
    """
    said_no = watch.raised.get(flag.id) is Level.NONE
    waits = watch.questioned and flag.id != STAY_WITH
    return not (waits or said_no) and _is_new(flag, watch)


def _said(text: str, level: Level) -> Reply:
    return Reply(text=text, kind="escalation", level=level.value)
