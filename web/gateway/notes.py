"""What is kept beside a reply: what happened in the turn, and what is remembered of red flags."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from gateway import VERSION
from gateway.placing import Placing
from gateway.rasa import Answer
from gateway.screening import Said, Saying
from gateway.watch import Heard, Watch
from records.note import Note

log = logging.getLogger(__name__)

NOTE = "triage"
DROPPED = "triage_dropped"
ANSWERED, UNAVAILABLE = "answered", "unavailable"
EXPECTED = (ANSWERED, "escalated", "repeated", "too_long", "unscreened")
RUNNERS_UP = 3
RESULTS = {"fallback": "fallback", "clarify": "clarified"}
COMMANDS = "commands"


@dataclass
class Course:
    """How a turn went.

    Attributes:
        outcome: one of `EXPECTED`, or why Rasa was not available.
        answer: Rasa's.
        seconds: how long Rasa took.
        earlier: whether Rasa was asked the message before, which waited for what was said now.
    """

    outcome: str
    answer: Answer | None = None
    seconds: float | None = None
    earlier: bool = False


def remembered(note: Any, heard: Sequence[Heard] = ()) -> Watch:
    """What the latest reply's note remembers; a note without it remembers nothing.

    One that cannot be read counts as none: what was told is told again, which is better than
    failing at every message from now on.

    Args:
        note: the note.
        heard: the messages that are at hand; a note does not keep words.
    """
    return _noted(note).model_copy(update={"heard": list(heard)})


def _noted(note: Any) -> Watch:
    kept = note.get(NOTE) if isinstance(note, dict) else None
    if not kept:
        return Watch()
    try:
        return Watch.model_validate(kept)
    except ValidationError as error:
        # Where and how only: the values may hold a patient's words.
        kinds = sorted({found["type"] for found in error.errors(include_input=False)})
        log.warning("what is remembered cannot be read", extra={"reason": ", ".join(kinds)})
        return Watch()


def begun(saying: Saying, stamp: Mapping[str, int | None]) -> dict[str, Any]:
    """The note of a turn in which only the advice is said yet; the rest comes with the answer.

    Args:
        saying: what was noticed of red flags, and what is remembered from now on.
        stamp: of which release the turn is.
    """
    kept = {NOTE: _remembering(saying), "answered_by": "gateway", "outcome": "begun"}
    return Note.model_validate({**kept, **stamp, "gateway": VERSION}).as_json()


def written(
    said: Said,
    saying: Saying,
    course: Course,
    began: float,
    stamp: Mapping[str, int | None],
) -> dict[str, Any]:
    """The note of a whole turn.

    Args:
        said: what the patient said.
        saying: what was noticed of red flags, and what is remembered from now on.
        course: how it went.
        began: when the turn began, by `time.monotonic`.
        stamp: of which release the turn is, and which one the conversation is bound to.
    """
    expected = course.outcome in EXPECTED
    return Note.model_validate(
        {
            **(_of_rasa(course.answer, said.text) if course.answer else {}),
            **stamp,
            "answered_by": "rasa" if course.answer else "gateway",
            "outcome": course.outcome if expected else UNAVAILABLE,
            "failure": None if expected else course.outcome,
            "earlier": course.earlier,
            "flags": saying.flags,
            "alarm": saying.alarm,
            "ms": {
                "total": _milliseconds(time.monotonic() - began),
                "screen": _milliseconds(saying.seconds),
                "rasa": _milliseconds(course.seconds),
            },
            "gateway": VERSION,
            NOTE: _remembering(saying),
            # Without the flag's text, which is the patient's: their message is stored already.
            DROPPED: [
                {"id": flag.id, "level": flag.level.value, "reason": flag.reason}
                for flag in saying.dropped
            ],
        }
    ).as_json()


def _of_rasa(answer: Answer, text: str) -> dict[str, Any]:
    """What Rasa says of its answer, without the words that it was given."""
    understood = answer.understanding if isinstance(answer.understanding, dict) else {}
    account = answer.account if isinstance(answer.account, dict) else {}
    result = RESULTS.get(answer.messages[0].kind, ANSWERED)
    ranking = understood.get("ranking")
    return {
        **understood,
        **account,
        "ranking": ranking[: RUNNERS_UP + 1] if isinstance(ranking, list) else None,
        COMMANDS: _commands(understood.get(COMMANDS), Placing(text)),
        "result": result,
        # What the understanding made of words that were meant for a conversation under way.
        "why": None if result == ANSWERED else account.get("why"),
        "release": answer.release,
    }


def _commands(read: Any, placing: Placing) -> list[Mapping[str, Any]] | None:
    """What parts of the message may say to the coach: where they stand, and the likeliest."""
    try:
        return [
            {"label": ranking[0][0], "chance": ranking[0][1], **_place(placing, words)}
            for words, ranking in read
        ]
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def _place(placing: Placing, words: Any) -> dict[str, int]:
    spans = placing.places(words) if isinstance(words, str) else []
    return {"start": spans[0][0], "end": spans[-1][1]} if spans else {}


def _remembering(saying: Saying) -> dict[str, Any]:
    return saying.notice.watch.model_dump(mode="json")


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)
