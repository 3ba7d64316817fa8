"""What was understood of a turn, in the words of the page. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desk.catalogue import Catalogue
from desk.transcript.marks import Mark, Sign
from desk.transcript.masking import masked
from records.note import Flagged, Note
from records.words import Level

RUNNERS, LEAST = 4, 0.01
"""At most so many runners-up are shown, and none less likely."""
SHOWN_ALARM = 0.01
_LONGEST = 200
_STATUSES = {"kept": "noticed", "dropped": "dropped", "unsure": "may be meant"}
WHY = {
    "below_threshold": "not sure enough",
    "too_close": "two topics too close to each other",
    "no_words": "no words in it",
}


@dataclass(frozen=True)
class Runner:
    """A topic that was thought of, and how likely, 0 to 1."""

    title: str
    share: float

    @property
    def bar(self) -> int:
        """The length of its bar, from 1 to 20."""
        return min(max(round(self.share * 20), 1), 20)


@dataclass(frozen=True)
class FlagView:
    """A red flag that was noticed in the message.

    `what` says what became of it, `why` the rule or the second opinion.
    """

    title: str
    level: Level
    what: str
    why: str
    is_told: bool = False


@dataclass(frozen=True)
class Understood:
    """What the page says of a turn beside its words.

    `facts` are names with values: what decided, acted and changed.
    """

    topic: str
    confidence: float | None
    runners: tuple[Runner, ...]
    flags: tuple[FlagView, ...]
    dropped: tuple[FlagView, ...]
    facts: tuple[tuple[str, str], ...]


def understood(note: Note, catalogue: Catalogue) -> Understood:
    """A note in the words of the page.

    Args:
        note: as it was read.
        catalogue: has the titles.
    """
    label = note.label or note.topic or ""
    ranked = [
        Runner(catalogue.title(name), share)
        for name, share in note.ranking
        if name != label and share >= LEAST
    ]
    flags = [_flag(flag, catalogue) for flag in note.flags]
    statuses = [flag.status for flag in note.flags]
    pairs = list(zip(flags, statuses, strict=True))
    return Understood(
        topic=catalogue.title(label) if label else "",
        confidence=note.confidence,
        runners=tuple(ranked[:RUNNERS]),
        flags=tuple(flag for flag, status in pairs if status != "dropped"),
        dropped=(
            *(flag for flag, status in pairs if status == "dropped"),
            *_dropped_before(note, catalogue),
        ),
        facts=tuple(_facts(note, catalogue)),
    )


def places(note: Note) -> Iterator[Mark]:
    """The places of the words that raised flags, those of dropped ones too."""
    for flag in note.flags:
        spans = flag.spans
        if not spans and flag.start is not None and flag.end is not None:
            spans = [(flag.start, flag.end)]
        for start, end in spans:
            yield Mark(start, end, Sign.FLAG)


def _flag(flag: Flagged, catalogue: Catalogue) -> FlagView:
    chance = "" if flag.chance is None else f" (second opinion: {flag.chance:.0%})"
    return FlagView(
        title=catalogue.flag(flag.id),
        level=Level.named(flag.level),
        what=_STATUSES[flag.status],
        why=masked(flag.reason[:_LONGEST]) + chance,
        is_told=flag.told,
    )


def _dropped_before(note: Note, catalogue: Catalogue) -> Iterator[FlagView]:
    """What an earlier release wrote of the flags that were dropped."""
    if any(flag.status == "dropped" for flag in note.flags):
        return
    for kept in note.triage_dropped:
        reason = masked(str(kept.get("reason") or "")[:_LONGEST])
        title = catalogue.flag(str(kept.get("id") or ""))
        yield FlagView(title, Level.named(kept.get("level")), _STATUSES["dropped"], reason)


def _facts(note: Note, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    if note.decision and note.decision != "answer":
        yield "decision", note.decision
    if note.why:
        limit = "" if note.threshold is None else f", needs {note.threshold:.0%}"
        yield "why", WHY.get(note.why, note.why) + limit
    if note.earlier:
        yield "of", "the message before, which had waited for a yes or a no"
    if note.alarm is not None and note.alarm >= SHOWN_ALARM:
        yield "second opinion", f"{note.alarm:.0%} that it is urgent"
    if note.also:
        yield "also", ", ".join(catalogue.title(topic) for topic in note.also)
    if note.commands:
        heard = (f"{one.label} {one.chance:.0%}" for one in note.commands if one.label)
        yield "to the coach", ", ".join(heard)
    # The intent of an answer is the family that stands in the topic's id.
    intent = None if note.intent and note.label.startswith(f"{note.intent}/") else note.intent
    named = {"intent": intent, "policy": note.policy, "action": note.action, "loop": note.loop}
    yield from ((name, value) for name, value in named.items() if value)
    if note.slots:
        yield "changed", "; ".join(f"{name}: {_value(value)}" for name, value in note.slots.items())
    if note.outcome and note.outcome != "answered":
        yield "outcome", note.outcome + (f" ({note.failure[:_LONGEST]})" if note.failure else "")
    if note.answered_by == "gateway":
        yield "answered by", "the gateway alone"
    if note.ms is not None:
        parts = {"screening": note.ms.screen, "Rasa": note.ms.rasa}
        told = [f"{name} {value:.0f}" for name, value in parts.items() if value is not None]
        yield "time", f"{note.ms.total:.0f} ms" + (f" ({', '.join(told)})" if told else "")


def _value(value: Any) -> str:
    """A slot's new value in short, masked: what it holds may once have been typed."""
    match value:
        case None:
            return "none"
        case list():
            shown = ", ".join(map(str, value))
        case dict():
            shown = ", ".join(f"{name} {part}" for name, part in value.items())
        case _:
            shown = str(value)
    return masked(shown[:_LONGEST]) or "empty"
