"""What a session has been told about red flags so far, and what is said next: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict
from triage import Advice, Flag, Level, Numbers, Screening
from triage.model import highest

from gateway.replies import Offer, Reply

STAY_WITH = "suicide_self_harm"
ALARMING = Level.URGENT
STAYS = 2
YES, NO, GO_ON = "triage:yes", "triage:no", "act:what_can_you_do"


class Asked(BaseModel):
    """The question that was asked because a message left Dorsi unsure."""

    flag: str
    level: Level
    text: str


class Watch(BaseModel):
    """What is remembered of red flags from turn to turn; kept beside the replies.

    Attributes:
        raised: the flags the patient has been told of, with the highest level.
        signs: ids of all signs affirmed so far, for flags that come in two halves.
        after_emergency: whether the last reply sent the patient for help at once.
        stays: how many more replies only stay with somebody who may come to harm.
        untold: whether Rasa has not been told of an emergency that was answered without it.
        asked: the question that waits for its answer.
        questioned: whether the assistant asked something last: no question goes between.
    """

    model_config = ConfigDict(extra="ignore")

    raised: dict[str, Level] = {}
    signs: list[str] = []
    after_emergency: bool = False
    stays: int = 0
    untold: bool = False
    asked: Asked | None = None
    questioned: bool = False


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
        kept = watch.model_copy(deep=True, update={"signs": sorted({*watch.signs, *found.signs})})
        alarming = [flag for flag in found.flags if flag.level.rank >= ALARMING.rank]
        reply = self._advice.yes_or_no(text) if watch.asked else None
        if reply or (reply is False and not alarming):
            return self.on_reply(reply, kept, numbers, alarming)
        kept.after_emergency, kept.asked = False, None
        if watch.asked:
            kept.raised.setdefault(watch.asked.flag, Level.NONE)  # not asked a second time
        new = [flag for flag in alarming if _is_new(flag, watch)]
        if new:
            return self._reminded(self._escalate(new, kept, numbers), watch, numbers)
        if watch.stays:
            return self._stay(kept, numbers, found.level)
        if alarming:
            level = highest(watch.raised[flag.id] for flag in alarming)  # never less than was said
            return Notice(kept, before=[_said(self._advice.again(level, numbers), level)])
        if found.unsure is not None and _may_ask(found.unsure, watch):
            asking = self._ask(text, found.unsure, kept, numbers)
            return self._reminded(asking, watch, numbers)
        return self._around(found, kept, watch, numbers)

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
            new = [flag, *(one for one in alarming if _is_new(one, watch))]
            new.sort(key=lambda one: -one.level.rank)
            notice = self._escalate(new, kept, numbers)
            notice.answer_text = asked.text
            return notice
        kept.raised[asked.flag] = Level.NONE  # not asked a second time
        return Notice(kept, answer_text=asked.text)

    def _escalate(self, new: Sequence[Flag], watch: Watch, numbers: Numbers) -> Notice:
        worst = new[0]
        emergency = worst.level is Level.EMERGENCY
        for flag in reversed(new):  # one named twice keeps its highest level
            watch.raised[flag.id] = flag.level
        if any(flag.id == STAY_WITH and flag.level is Level.EMERGENCY for flag in new):
            watch.stays = STAYS
        watch.after_emergency = emergency
        watch.untold = watch.untold or emergency
        replies = [_said(self._advice.say(worst, numbers), worst.level)]
        return Notice(watch, before=replies, alone=emergency)

    def _stay(self, watch: Watch, numbers: Numbers, level: Level) -> Notice:
        watch.stays -= 1
        level = level if level.rank >= ALARMING.rank else Level.EMERGENCY
        reply = _said(self._advice.stay(numbers), level)
        reply.buttons = [Offer(title=self._advice.go_on, payload=GO_ON)]
        return Notice(watch, before=[reply], alone=True)

    def _ask(self, text: str, flag: Flag, watch: Watch, numbers: Numbers) -> Notice:
        watch.asked = Asked(flag=flag.id, level=flag.level, text=text)
        question = Reply(text=self._advice.ask(flag, numbers), kind="question", level="soon")
        yes, no = self._advice.answers
        question.buttons = [Offer(title=yes, payload=YES), Offer(title=no, payload=NO)]
        return Notice(watch, before=[question], alone=True)

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


def _is_new(flag: Flag, watch: Watch) -> bool:
    return flag.level.rank > watch.raised.get(flag.id, Level.NONE).rank


def _may_ask(flag: Flag, watch: Watch) -> bool:
    """Whether nothing was said of the flag yet, or something less urgent; a no is an answer."""
    said_no = watch.raised.get(flag.id) is Level.NONE
    return not (watch.questioned or said_no) and _is_new(flag, watch)


def _said(text: str, level: Level) -> Reply:
    return Reply(text=text, kind="escalation", level=level.value)
