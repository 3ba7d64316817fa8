"""The notes beside replies, as the index reads them: none, however odd, stops it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from records import note as notes
from records.words import Level

_LONGEST_FLAG, _LONGEST_RELEASE = 60, 80
_TAKEN = ("label", "confidence", "alarm", "action", "loop", "release", "earlier", "triage")


@dataclass(frozen=True)
class Note:
    """What the index takes from a note.

    Attributes:
        confidence: how sure the understanding was of its label; None where it judged nothing.
        alarm: how likely the second opinion found anything urgent in the message.
        is_heard: whether something urgent was noticed in the message, so that the patient was told
            of it now or before.
        flags: the red flags the patient was told of so far, each with its level.
        asks: the red flag that a question waiting for its answer is about.
        knows_loop: whether the note says what is under way; older ones do not.
        loop: what is under way, if it says so and anything is.
        release: the model that answered.
        is_of_earlier: whether what was understood is the message before.
        odd: how many of its parts could not be read.
    """

    confidence: float | None = None
    alarm: float | None = None
    is_heard: bool = False
    flags: Mapping[str, Level] = field(default_factory=dict)
    asks: str | None = None
    knows_loop: bool = False
    loop: str | None = None
    release: str | None = None
    is_of_earlier: bool = False
    odd: int = 0


def read(stored: Any) -> Note:
    """A note of any shape; what cannot be read of it is counted and left out."""
    if stored is None:
        return Note()
    note = notes.read(stored)
    flags, odd_flags = _flags(note.triage)
    asks, odd_question = _asks(note.triage)
    return Note(
        # A message without words has no label: there was nothing to be sure of.
        confidence=_share(note.confidence) if note.label else None,
        alarm=_share(note.alarm),
        is_heard=any(
            flag.status == "kept" and Level.named(flag.level) >= Level.URGENT for flag in note.flags
        ),
        flags=flags,
        asks=asks,
        knows_loop=note.action is not None or note.loop is not None,
        loop=_plain(note.loop),
        release=(_plain(note.release) or "")[:_LONGEST_RELEASE] or None,
        is_of_earlier=note.earlier,
        odd=_unread(stored, note) + odd_flags + odd_question,
    )


def _unread(stored: Any, note: notes.Note) -> int:
    """How many parts say something that was not understood."""
    if not isinstance(stored, dict):
        return 1
    empty = notes.Note()
    return sum(
        bool(stored.get(name)) and getattr(note, name) == getattr(empty, name) for name in _TAKEN
    )


def _flags(triage: Mapping[str, Any]) -> tuple[dict[str, Level], int]:
    """The flags, and how many could not be read."""
    raised = triage.get("raised") or {}
    if not isinstance(raised, dict):
        return {}, 1
    right = {
        flag: level
        for flag, level in raised.items()
        if Level.named(level).word == level and len(flag) <= _LONGEST_FLAG and "\x00" not in flag
    }
    told = {flag: Level.named(level) for flag, level in right.items() if Level.named(level)}
    return told, len(raised) - len(right)


def _asks(triage: Mapping[str, Any]) -> tuple[str | None, int]:
    """The flag that is asked about, and whether that could not be read."""
    asked = triage.get("asked")
    flag = asked.get("flag") if isinstance(asked, dict) else None
    return (flag, 0) if isinstance(flag, str) else (None, int(asked is not None))


def _share(value: float | None) -> float | None:
    return value if value is not None and 0 <= value <= 1 else None


def _plain(value: str | None) -> str | None:
    """PostgreSQL takes no NUL."""
    return value.replace("\x00", "") if value else None
