"""What is known of a conversation at a glance, made of its rows alone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from desk.index import exercises, notes, openings
from desk.index.notes import Note
from desk.index.told import Line, Mask, Opinion, Span, Turn, Visit, turns
from records.conversations import MASK_VERSIONS
from records.words import Level, Unfinished

# To be raised with every change of what a digest says; all conversations are then read anew.
RULES = 1

# The kinds of reply that follow from what the understanding made of a message.
JUDGED = ("answer", "clarify", "fallback", "smalltalk")
NO_ANSWER = ("fallback", "clarify")
WAITING = ("question", "exercise")
# Above every confidence.
NOT_JUDGED = 2.0


class Flag(NamedTuple):
    """The highest level of a red flag, and when the patient was first told of it."""

    level: Level
    at: datetime


class Unmet(NamedTuple):
    """A message without an answer, masked; `kind` is that of what was said instead."""

    message_id: str
    at: datetime
    kind: str
    text: str
    confidence: float | None


@dataclass(frozen=True)
class Digest:
    """What the index writes of a conversation.

    Attributes:
        row: the columns of `conversations`, but those of the review.
        topics: each topic that was answered, and in how many turns.
        flags: the red flags the patient was told of.
        words: all of the patient's words, masked.
        masks: by message, where personal data stands in it: `[start, end, kind]`.
        unanswered: the messages that Dorsi had no answer to.
        mask_version: by which rules personal data was found.
        odd: how many parts of notes could not be read.
    """

    row: Mapping[str, Any]
    topics: Mapping[str, int]
    flags: Mapping[str, Flag]
    words: str
    masks: Mapping[str, list[Any]]
    unanswered: Sequence[Unmet]
    mask_version: int
    odd: int


def made_by(mask: Mask) -> int:
    """What stands in `conversations.made_by`: the rules of the digest and of the masking."""
    return RULES * MASK_VERSIONS + mask.version


def digest(
    visit: Visit, lines: Sequence[Line], opinions: Sequence[Opinion], mask: Mask
) -> Digest | None:
    """What is known of a conversation.

    The level is the highest that an escalation or a red flag had. The confidence is the lowest of
    the typed messages whose answer followed from it; what a button says needs no understanding,
    and neither does an answer to a question of the coach's. A turn counts as answered, clarified
    or a fallback by the kinds of its replies.

    Args:
        visit: the session.
        lines: all of its messages, in their order.
        opinions: what the patient thinks of Dorsi's.
        mask: hides personal data.

    Returns:
        None where the patient has said nothing yet.
    """
    told = turns(lines)
    if not told:
        return None
    read = {line.id: notes.read(line.note) for line in lines if line.note is not None}
    flags, raising = _flags(told, read)
    level, level_at = _level(lines, flags)
    spans = {turn.said.id: _spans(turn.said, mask) for turn in told}
    hidden = {turn.said.id: mask.masked(turn.said.text, spans[turn.said.id]) for turn in told}
    sure = _confidences(told, read)
    begun, done = exercises.counts(told)
    helped = Counter(opinion.helpful for opinion in opinions)
    row = {
        "session_id": visit.id,
        "chain": visit.chain,
        "began_at": visit.began_at,
        "last_at": max(line.at for line in lines),
        "region": visit.region,
        "release": _release(lines, read),
        "turns": len(told),
        "answered": sum(turn.has("answer") for turn in told),
        "clarified": sum(turn.has("clarify") for turn in told),
        "fallbacks": sum(turn.has("fallback") for turn in told),
        "liked": helped[True],
        "disliked": helped[False],
        "exercises_begun": begun,
        "exercises_done": done,
        "level": int(level),
        "level_at": level_at,
        "confidence": min(sure.values(), default=None),
        "sureness": min(sure.values(), default=NOT_JUDGED),
        "doubt": _doubt(told, read),
        "unfinished": _unfinished(told, read),
        "opening": openings.opening(told, raising, hidden),
        "last_seq": lines[-1].seq,
        "made_by": made_by(mask),
    }
    return Digest(
        row=row,
        topics=_topics(told),
        flags=flags,
        words="\n".join(hidden[turn.said.id] for turn in told if turn.said.is_typed),
        masks={
            id: [[span.start, span.end, str(span.kind)] for span in found]
            for id, found in spans.items()
            if found
        },
        unanswered=[
            Unmet(said.id, said.at, kind, hidden[said.id], sure.get(said.id))
            for said, kind in _without_answer(told, read)
        ],
        mask_version=mask.version,
        odd=sum(note.odd for note in read.values()),
    )


def _spans(said: Line, mask: Mask) -> Sequence[Span]:
    return mask.spans(said.text) if said.places is None else said.places


def _flags(told: Sequence[Turn], read: Mapping[str, Note]) -> tuple[dict[str, Flag], str | None]:
    """The red flags, and the message that first raised one of the highest level.

    Where Dorsi asked whether it was meant, that is the message before the question, not the yes.
    """
    flags: dict[str, Flag] = {}
    asked: dict[str, str] = {}
    highest, raising = Level.NONE, None
    for turn in told:
        for reply in _noted(turn, read):
            note = read[reply.id]
            for name, level in note.flags.items():
                known = flags.get(name)
                if known is None or level > known.level:
                    flags[name] = Flag(level, known.at if known else reply.at)
                    if level > highest:
                        highest, raising = level, asked.get(name, turn.said.id)
            if note.asks is not None:
                asked.setdefault(note.asks, turn.said.id)
    return flags, raising


def _level(lines: Sequence[Line], flags: Mapping[str, Flag]) -> tuple[Level, datetime | None]:
    """The highest level the patient was told, and when first."""
    levels = [
        (Level.named(line.level), line.at)
        for line in lines
        if line.kind == "escalation" and Level.named(line.level)
    ]
    levels += [(flag.level, flag.at) for flag in flags.values()]
    if not levels:
        return Level.NONE, None
    highest = max(level for level, _ in levels)
    return highest, min(at for level, at in levels if level == highest)


def _confidences(told: Sequence[Turn], read: Mapping[str, Note]) -> dict[str, float]:
    """By typed message, how sure the understanding was, if the answer followed from it."""
    found: dict[str, float] = {}
    for turn, said in zip(told, _understood(told, read), strict=True):
        if said.is_typed and turn.has(*JUDGED):
            sure = (read[reply.id].confidence for reply in _noted(turn, read))
            if (lowest := min((one for one in sure if one is not None), default=None)) is not None:
                found[said.id] = lowest
    return found


def _release(lines: Sequence[Line], read: Mapping[str, Note]) -> str | None:
    """What Dorsi was made of when it answered last."""
    named = (read[line.id].release for line in reversed(lines) if line.id in read)
    return next((release for release in named if release), None)


def _topics(told: Sequence[Turn]) -> dict[str, int]:
    of_turns = ({reply.topic for reply in turn.replies if reply.topic} for turn in told)
    return dict(Counter(topic for topics in of_turns for topic in topics))


def _without_answer(told: Sequence[Turn], read: Mapping[str, Note]) -> list[tuple[Line, str]]:
    """The typed messages that were not understood, with the kind of what was said instead."""
    found: dict[str, tuple[Line, str]] = {}
    for turn, said in zip(told, _understood(told, read), strict=True):
        kind = next((kind for kind in NO_ANSWER if turn.has(kind)), None)
        if kind is not None and said.is_typed:
            found[said.id] = said, kind
    return list(found.values())


def _understood(told: Sequence[Turn], read: Mapping[str, Note]) -> list[Line]:
    """By turn, the message that its answer is about: at times it had waited for a yes or a no."""
    about: list[Line] = []
    for number, turn in enumerate(told):
        is_earlier = any(read[reply.id].is_of_earlier for reply in _noted(turn, read))
        about.append(about[-1] if is_earlier and number else turn.said)
    return about


def _doubt(told: Sequence[Turn], read: Mapping[str, Note]) -> float:
    """The highest chance of anything urgent in a message in which nothing urgent was noticed."""
    alarms = (
        read[reply.id].alarm
        for turn in told
        if not any(
            reply.kind == "escalation" and Level.named(reply.level) >= Level.URGENT
            for reply in turn.replies
        )
        for reply in _noted(turn, read)
        if not read[reply.id].is_heard
    )
    return max((alarm for alarm in alarms if alarm is not None), default=0.0)


def _unfinished(told: Sequence[Turn], read: Mapping[str, Note]) -> str | None:
    """What waits for an answer since the last turn that has replies.

    A note says which loop is active, and the safety check stays so after its result; so the kind
    of the last reply counts as well. Older notes say nothing: then the kinds alone tell.
    """
    last = next((turn for turn in reversed(told) if turn.replies), None)
    if last is None or last.replies[-1].kind not in WAITING:
        return None
    known = [read[reply.id] for reply in _noted(last, read)]
    if known and known[-1].asks is not None:
        return Unfinished.RED_FLAG
    if known and known[-1].knows_loop:
        return _named(known[-1].loop)
    return Unfinished.EXERCISE if exercises.under_way([last]) else Unfinished.QUESTION


def _named(loop: str | None) -> str | None:
    """A loop as the desk calls it; one that nobody knows is some question of Dorsi's."""
    if loop is None:
        return None
    name = loop.removeprefix("action_")
    return Unfinished(name) if name in set(Unfinished) else Unfinished.QUESTION


def _noted(turn: Turn, read: Mapping[str, Note]) -> Iterator[Line]:
    return (reply for reply in turn.replies if reply.id in read)
