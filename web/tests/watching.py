"""Sessions, flags and replies with which the tests of ``gateway.watch`` speak."""

from collections.abc import Sequence
from typing import Any

import triage
from triage import Flag, Level, Numbers, Screening

from gateway.settings import REPOSITORY
from gateway.texts import Texts
from gateway.watch import NO, STAY_WITH, YES, Notice, Watch, Watcher

ADVICE = triage.advice()
WATCHER = Watcher(ADVICE)
TEXTS = Texts(REPOSITORY / "data")
GB = TEXTS.numbers("GB")
CRISIS_LINES = {
    "GB": "Samaritans at 116 123",
    "IE": "Samaritans at 116 123",
    "US": "988 Suicide & Crisis Lifeline at 988",
    "CA": "9-8-8 Suicide Crisis Helpline at 988",
    "AU": "Lifeline at 13 11 14",
    "NZ": "1737, need to talk? at 1737",
    "EU": "a crisis line near you",
    "unknown": "a crisis line near you",
}
MESSAGE = "I have a question"

STROKE = Flag("stroke", Level.EMERGENCY, "face is drooping", "rule")
CHEST = Flag("chest_pain_pe", Level.EMERGENCY, "chest pain", "rule")
SUICIDE = Flag(STAY_WITH, Level.EMERGENCY, "kill myself", "rule")
CLOT = Flag("dvt", Level.URGENT, "calf is swollen", "rule")
WORSE_CLOT = Flag("dvt", Level.EMERGENCY, "calf is swollen … chest", "rule")
WOUND = Flag("foot_wound", Level.URGENT, "wound is red", "rule")
FALLS = Flag("repeated_falls", Level.SOON, "keep falling", "rule")
TIRED = Flag("fatigue", Level.SOON, "so tired", "rule")


def noticed(*flags: Flag, unsure: Flag | None = None, signs: Sequence[str] = ()) -> Screening:
    """What the screener gives: the most urgent flag first."""
    ordered = tuple(sorted(flags, key=lambda flag: (-flag.level.rank, flag.id)))
    level = ordered[0].level if ordered else Level.NONE
    return Screening(level, ordered, signs=frozenset(signs), unsure=unsure)


class Talk:
    """A session, as far as red flags go."""

    def __init__(self, numbers: Numbers = GB) -> None:
        self.numbers = numbers
        self.watch = Watch()

    def say(self, *flags: Flag, text: str = MESSAGE, **more: Any) -> Notice:
        found = noticed(*flags, **more)
        return self._kept(WATCHER.on_text(text, found, self.watch, self.numbers))

    def press(self) -> Notice:
        """Take some button."""
        return self._kept(WATCHER.on_button(self.watch, self.numbers))

    def reply(self, yes: bool) -> Notice:
        """Take one of the buttons of the question that waits."""
        assert self.watch.asked is not None
        return self.take(self.watch.asked.payload(YES if yes else NO))

    def take(self, payload: str) -> Notice:
        """Take a button of some question, of this turn or an earlier one."""
        notice = WATCHER.on_choice(payload, self.watch, self.numbers)
        assert notice is not None
        return self._kept(notice)

    def _kept(self, notice: Notice) -> Notice:
        self.watch = notice.watch
        return notice


def said(notice: Notice) -> list[str]:
    return [reply.text for reply in (*notice.before, *notice.after)]


def in_full(flag: Flag, numbers: Numbers = GB) -> str:
    return ADVICE.say(flag, numbers)


def is_just_an_answer(notice: Notice) -> bool:
    return not (notice.alone or notice.before or notice.after or notice.answer_text)


def asked(flag: Flag = STROKE, text: str = "my face feels odd") -> Talk:
    """A session in which Dorsi has just asked."""
    talk = Talk()
    talk.say(unsure=flag, text=text)
    return talk
