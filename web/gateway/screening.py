"""What is said because of a red flag, whatever state everything else is in."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from triage import Context, Flag, Numbers, Screening, Told

from gateway import texts
from gateway.flagging import flagged
from gateway.metrics import Metrics
from gateway.placing import Placing
from gateway.replies import Reply
from gateway.texts import Texts
from gateway.watch import Notice, Watch, Watcher
from records.note import Flagged

log = logging.getLogger(__name__)

ALARMS = ("urgent", "emergency")


@dataclass
class Said:
    """What a patient said.

    Attributes:
        text: as it is stored and as Rasa is told.
        typed: all that was typed.
        choice: what the button that was taken carries.
        payload: what is stored beside the text.
    """

    text: str
    typed: str = ""
    choice: str | None = None
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass
class Saying:
    """What is being said: at first because of a red flag alone, then with the answer.

    Attributes:
        notice: what is said because of a red flag.
        replies: all that is said so far.
        dropped: flags that the second opinion overruled.
        told: the flags that are told of for the first time or at a new level, with the level.
        outcome: how the turn went, if nothing else is said.
        flags: what is kept of the flags that were noticed.
        seconds: how long the screening took; None for a button.
        alarm: how likely the second opinion found anything urgent; None for a button.
    """

    notice: Notice
    replies: list[Reply] = field(default_factory=list)
    dropped: Sequence[Flag] = ()
    told: Sequence[tuple[str, str]] = ()
    outcome: str = "escalated"
    flags: Sequence[Flagged] = ()
    seconds: float | None = None
    alarm: float | None = None


@dataclass(frozen=True)
class _Looked:
    """What was looked at, what was found in it, and how long that took."""

    whole: str
    found: Screening
    seconds: float


class Screener:
    """Notices red flags.

    Args:
        texts: the gateway's texts.
        watcher: decides what is said.
        screen: notices red flags in a text, with what earlier ones told.
        metrics: is told how long it takes.
    """

    def __init__(
        self,
        texts: Texts,
        watcher: Watcher,
        screen: Callable[[str, Context], Screening],
        metrics: Metrics,
    ) -> None:
        self._texts = texts
        self._watcher = watcher
        self._screen = screen
        self._metrics = metrics

    async def screen(self, said: Said, watch: Watch, region: str) -> Saying:
        """What is said because of a red flag; never fails.

        Args:
            said: what the patient said.
            watch: what is remembered of the session.
            region: where the patient is.
        """
        try:
            notice, looked = await self._notice(said, watch, self._texts.numbers(region))
            replies = self._texts.with_calls(notice.before, region)
        except Exception:
            # What could not be screened is not answered as if it were harmless.
            log.exception("a message could not be screened")
            sorry = self._texts.say(texts.UNAVAILABLE, region)
            return Saying(Notice(watch, alone=True), sorry, outcome="unscreened")
        told = [
            (flag, level.value)
            for flag, level in notice.watch.raised.items()
            if level.rank and level is not watch.raised.get(flag)
        ]
        saying = Saying(notice, replies, told=told, flags=_flags(said, looked, told))
        if looked is not None:
            saying.dropped, saying.seconds = looked.found.dropped, looked.seconds
            saying.alarm = looked.found.alarm
        return saying

    async def _notice(
        self, said: Said, watch: Watch, numbers: Numbers
    ) -> tuple[Notice, _Looked | None]:
        """What is said because of a red flag, and what was found; nothing in a button."""
        if said.choice is not None:
            notice = self._watcher.on_choice(said.choice, watch, numbers)
            if notice is None:
                return self._watcher.on_button(watch, numbers), None
            # Rasa knows nothing of these buttons: it answers what they were asked about, if at all.
            notice.alone = notice.alone or notice.answer_text is None
            return notice, None
        known = _known(watch)
        whole = self._watcher.whole(said.typed, watch)
        began = time.monotonic()
        found = await asyncio.to_thread(self._screen, whole, known)
        seconds = time.monotonic() - began
        self._metrics.screened(seconds)
        looked = _Looked(whole, found, seconds)
        return self._watcher.on_text(said.text, found, watch, numbers), looked


def _known(watch: Watch) -> Context:
    """What earlier messages told."""
    told = tuple(Told(one.text, frozenset(one.signs)) for one in watch.heard)
    return Context(frozenset(watch.signs), told, frozenset(watch.raised))


def _flags(
    said: Said, looked: _Looked | None, told: Sequence[tuple[str, str]]
) -> Sequence[Flagged]:
    """What is kept of the flags; no failure of that takes the advice away."""
    try:
        if looked is None:
            return flagged(None, told, Placing(said.text))
        placing = Placing(said.text, said.typed, looked.whole, looked.found.candidates)
        return flagged(looked.found, told, placing)
    except Exception:
        log.exception("what was noticed could not be noted")
        return ()


def alarms(replies: Iterable[Reply]) -> list[Reply]:
    """Those that send the patient for help today or now; without buttons, which need keeping."""
    return [
        reply.model_copy(update={"buttons": []})
        for reply in replies
        if reply.kind == "escalation" and reply.level in ALARMS
    ]
