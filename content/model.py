"""The values a catalogue is made of. All are immutable and hold no behaviour beyond look-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from content.coach.model import Coach
from content.names import Kind, TextId
from triage.model import Level

UNKNOWN_REGION = "unknown"


@dataclass(frozen=True)
class Source:
    """A publication an answer rests on. ``verified`` is false when nobody opened the address."""

    id: str
    title: str
    publisher: str
    url: str
    verified: bool


@dataclass(frozen=True)
class Topic:
    """One thing Dorsi can answer: how people ask, and what it says."""

    id: str
    title: str
    scope: str
    facts: tuple[str, ...]
    examples: tuple[str, ...]
    answer: tuple[str, ...]
    see_someone: str | None
    follow_ups: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: str
    review_due: str

    @property
    def family(self) -> str:
        """The part of the id before the slash."""
        return family_of(self.id)


@dataclass(frozen=True)
class Message:
    """A text with no examples of its own: one or more short messages and the buttons below."""

    kind: Kind
    reply: tuple[str, ...]
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Act:
    """Something people do in a conversation other than asking about a topic: greet, thank …"""

    id: str
    title: str
    examples: tuple[str, ...]
    message: Message


@dataclass(frozen=True)
class Aspect:
    """A question that leans on the topic before it: "and how long does that take?"."""

    id: str
    title: str
    examples: tuple[str, ...]
    default: str | None
    after: Mapping[str, str]
    itself: tuple[str, ...]

    def resolve(self, topic: str | None) -> str | None:
        """The topic that answers this aspect of ``topic``; None when Dorsi has to ask."""
        if topic is None:
            return self.default
        for key in (topic, f"{family_of(topic)}/*", family_of(topic)):
            if key in self.itself:
                return topic
            if key in self.after:
                return self.after[key]
        return self.default


@dataclass(frozen=True)
class Region:
    """Telephone numbers of one country."""

    id: str
    name: str
    emergency: str
    same_day: str
    advice_line: str
    crisis_lines: Sequence[Mapping[str, str]] = ()

    def fill(self, text: str) -> str:
        """``text`` with its placeholders replaced by this region's numbers."""
        for name in ("emergency", "same_day", "advice_line"):
            text = text.replace(f"{{{name}}}", getattr(self, name))
        return text


@dataclass(frozen=True)
class Outcome:
    """What one answer in the safety check means.

    Attributes:
        level: how urgent it is.
        reason: why, one sentence.
        say: what to say on the phone.
        flags: red flags that give this answer without the question.
        signs: signs of ``triage`` that do.
        patterns: what a reply may name instead of "yes", in the notation of ``triage``.
        ignore: cues that do not matter here, such as ``past``.
        onset: whether a reply that only says since when means this.
    """

    level: Level
    reason: str
    say: str
    flags: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    ignore: frozenset[str] = frozenset()
    onset: bool = False


@dataclass(frozen=True)
class Question:
    """One question of the safety check, with what each answer means.

    ``ask_rest`` is its graver half, for those who told the milder one.
    """

    id: str
    ask: str
    ask_again: str
    why: str
    outcomes: Mapping[str, Outcome]
    ask_rest: str = ""


@dataclass(frozen=True)
class Advice:
    """What the check says at a level: what to do, when to go sooner, and on the phone."""

    do: str
    sooner: str
    reason: str = ""
    say: str = ""


@dataclass(frozen=True)
class SafetyCheck:
    """The safety check: its questions, its results, its small texts and the words it reads."""

    questions: tuple[Question, ...]
    results: Mapping[Level, Advice]
    texts: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    buttons: Mapping[str, str]
    offer_after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All of ``data/``: the dictionaries are keyed by id; ``words`` stay as they are typed."""

    topics: Mapping[str, Topic]
    acts: Mapping[str, Act]
    aspects: Mapping[str, Aspect]
    texts: Mapping[TextId, Message]
    regions: Mapping[str, Region]
    sources: Mapping[str, Source]
    facts: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    safety_check: SafetyCheck | None = None
    coach: Coach | None = None

    def region(self, code: str | None) -> Region:
        """The region of that code; the general one for a code nobody knows."""
        return self.regions.get(code or UNKNOWN_REGION, self.regions[UNKNOWN_REGION])

    def find(self, identifier: str) -> Topic | Act | None:
        """The topic or act of that id, or None."""
        return self.topics.get(identifier) or self.acts.get(identifier)

    @property
    def families(self) -> tuple[str, ...]:
        """The families that hold at least one topic, sorted."""
        return tuple(sorted({topic.family for topic in self.topics.values()}))


def family_of(topic_id: str) -> str:
    """``causes`` for ``causes/diabetes``."""
    return topic_id.partition("/")[0]
