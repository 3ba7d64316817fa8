"""What every turn works with, and the part of it that is of one release alone."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from gateway import late, notes, texts
from gateway.bundle import Bundle
from gateway.bundles import BOUND, Bundles
from gateway.hurry import Hurried, Hurry
from gateway.metrics import Metrics
from gateway.notes import ANSWERED, EXPECTED, Course
from gateway.rasa import RasaUnavailable
from gateway.recent import Recent
from gateway.replies import Reply
from gateway.screening import Said, Saying, alarms
from gateway.sessions import short_hash
from gateway.store import SessionGone, Store, Turn
from gateway.stream import NOT_TYPING, TYPING, Streams
from gateway.watch import ALARMING, Notice, Watch
from records.models import Message, Session

log = logging.getLogger(__name__)

TOO_LONG = {"too_long": True}
# So many of the messages that Rasa may have taken, without its answer being heard.
UNHEARD = 10


@dataclass(frozen=True)
class Means:
    """What every turn works with, whatever release it is of.

    Attributes:
        store: the transcript.
        bundles: the releases that are served.
        recent: what is at hand of the sessions.
        streams: are told of what is said.
        metrics: are told how it went.
        hurry: ends the wait for Rasa where an emergency waits.
        look: looks at once which release is live; it never fails.
    """

    store: Store
    bundles: Bundles
    recent: Recent
    streams: Streams
    metrics: Metrics
    hurry: Hurry
    look: Callable[[], Awaitable[None]]


class Answering:
    """One message being answered, by one release from here to the end.

    Args:
        means: what every turn works with.
        bundle: the release.
        session: whose message it is.
        said: what the patient said.
        began: when the turn began, by `time.monotonic`.
    """

    def __init__(
        self, means: Means, bundle: Bundle, session: Session, said: Said, began: float
    ) -> None:
        self._means = means
        self._bundle = bundle
        self._session = session
        self._said = said
        self._began = began
        self._stamp = means.bundles.stamp(bundle)

    async def screened(self, turn: Turn) -> Saying:
        """What is said because of a red flag, whichever messages were answered meanwhile."""
        before = notes.remembered(turn.note, self._means.recent.heard(self._session.id))
        if turn.later is None:
            return await self._screen(before)
        later = notes.remembered(turn.later)
        if turn.replies:
            saying = await self._screen(before)
            saying.notice.watch = late.together(saying.notice.watch, later)
        else:
            saying = await self._screen(late.screened_with(before, later))
            saying.notice.watch = late.with_question(saying.notice.watch, before, later)
        return saying

    async def _screen(self, watch: Watch) -> Saying:
        return await self._bundle.screener.screen(self._said, watch, self._session.region)

    async def answer(self, turn: Turn, saying: Saying) -> Sequence[Message]:
        """Have the message answered, and record what is said.

        Args:
            turn: the message as it is recorded.
            saying: what is said because of a red flag.

        Raises:
            gateway.store.SessionGone: the session was erased meanwhile.
            Exception: whatever the database raises.
        """
        notice, course = saying.notice, Course(saying.outcome)
        recorded = turn.replies  # by an earlier try, which came no further
        if not recorded:
            for flag, level in saying.told:
                self._means.metrics.flagged(flag, level)
        if notice.alone:
            rest = saying.replies
        else:
            if saying.replies and not recorded:
                recorded = await self._tell_first(turn.message, saying)
            course, rest = await self._ask_rasa(turn.message, notice)
            saying.replies += rest
        stamp = {**self._stamp, BOUND: self._bound(course, turn, saying)}
        note = notes.written(self._said, saying, course, self._began, stamp)
        try:
            replies = await self._means.store.answer(turn.message, rest, note, before=recorded)
        except SessionGone:
            # Rasa may have been told before it was asked, and then keeps this turn.
            await self._means.store.owe_erasure(self._session.id)
            raise
        self._means.recent.keep_note(self._session.id, note)
        self._means.recent.keep_heard(self._session.id, notice.watch.heard)
        self._means.streams.said(self._session.id, replies[len(recorded) :])
        ended(self._means.metrics, self._session, course.outcome, replies, self._began)
        return replies

    def _bound(self, course: Course, turn: Turn, saying: Saying) -> int | None:
        """The release that the conversation is to go on with, because it has a place in it."""
        if course.answer is None:
            # Nothing moved, but for an emergency, which ends what was under way.
            return None if saying.notice.watch.untold else self._means.bundles.bound(turn.note)
        account = course.answer.account
        has_place = isinstance(account, dict) and account.get("loop")
        return self._bundle.number if has_place else None

    async def _tell_first(self, message: Message, saying: Saying) -> Sequence[Message]:
        """Record and tell what is said of a red flag before Rasa is asked."""
        note = notes.begun(saying, self._stamp)
        told = await self._means.store.answer(message, saying.replies, note, is_all=False)
        self._means.streams.said(self._session.id, told)
        return told

    async def _ask_rasa(self, message: Message, notice: Notice) -> tuple[Course, list[Reply]]:
        """How it went, and what is said from here on."""
        streams, session = self._means.streams, self._session
        streams.publish(session.id, TYPING)
        try:
            course, answer = await self._asked(message, notice)
        finally:
            streams.publish(session.id, NOT_TYPING)
        return course, [*self._bundle.texts.with_calls(answer, session.region), *notice.after]

    async def _asked(self, message: Message, notice: Notice) -> tuple[Course, Sequence[Reply]]:
        said, session, of = self._said, self._session, self._bundle.texts
        if said.payload.items() >= TOO_LONG.items():
            return Course("too_long"), of.say(texts.TOO_LONG, session.region)
        other, watch = notice.answer_text, notice.watch
        message_id = message.client_id or message.id
        unheard, watch.unheard = watch.unheard, [*watch.unheard, message_id][-UNHEARD:]
        course, answer, began = Course(ANSWERED, earlier=other is not None), None, time.monotonic()
        try:
            answer = await self._means.hurry.unless(
                session.id,
                lambda: self._bundle.rasa.send(
                    session.id,
                    message_id,
                    region=session.region,
                    escalated=watch.untold,
                    raised=_told(watch),
                    unheard=unheard,
                    diary=session.diary_hash,
                    text=said.text if other is None else other,
                    choice=said.choice if other is None else None,
                ),
            )
        except RasaUnavailable as error:
            course.outcome = str(error)
        except Hurried:
            course.outcome = "hurried"
        except Exception as error:
            log.exception("Rasa could not be asked", extra={"session": short_hash(session.id)})
            course.outcome = type(error).__name__
        finally:
            course.seconds = time.monotonic() - began
            self._means.metrics.rasa(course.seconds)
        if answer is None:
            return course, of.say(texts.UNAVAILABLE, session.region)
        course.answer = answer
        watch.untold, watch.unheard = False, []
        watch.questioned = any(reply.kind == "question" for reply in answer.messages)
        if any(reply.level == "emergency" for reply in alarms(answer.messages)):
            watch.after_emergency = True  # Rasa's safety check sends for help too
        return course, answer.messages


def ended(
    metrics: Metrics, session: Session, outcome: str, replies: Sequence[Message], began: float
) -> None:
    """Count a turn and log how it went."""
    seconds = time.monotonic() - began
    metrics.turn(outcome, seconds)
    expected = outcome in EXPECTED
    log.log(
        logging.INFO if expected else logging.WARNING,
        "turn" if expected else "Rasa gave no answer",
        extra={
            "session": short_hash(session.id),
            "outcome": outcome if expected else "unavailable",
            "reason": None if expected else outcome,
            "kind": replies[0].kind,
            "level": replies[0].level,
            "ms": round(seconds * 1000, 1),
        },
    )


def _told(watch: Watch) -> dict[str, str]:
    """The alarming flags the patient was told of, as Rasa is told of them."""
    return {
        flag: level.value for flag, level in watch.raised.items() if level.rank >= ALARMING.rank
    }
