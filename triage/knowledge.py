"""What the library knows: signs, the rules that join them, and the flags these raise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage.cues import Cue
from triage.model import Level, Status, highest
from triage.pattern import Pattern
from triage.text import Reader


@dataclass(frozen=True)
class Sign:
    """Something to notice: how it is said, and the cues that say nothing of it."""

    id: str
    patterns: tuple[Pattern, ...]
    ignored: frozenset[Status] = frozenset()


@dataclass(frozen=True)
class Rule:
    """When a flag is raised.

    Attributes:
        level: how urgent it is then.
        any: one of these signs is enough.
        all: all of these are needed.
        unless: none of these may be there.
        sentence: whether all must stand in one sentence.
        sure: whether the flag stands whatever the second opinion says: it reads English only.
    """

    level: Level
    any: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    sentence: bool = False
    sure: bool = False

    def met_by(self, signs: frozenset[str]) -> bool:
        """Whether these signs are all that it needs, wherever they stand."""
        some = not self.any or not self.any.isdisjoint(signs)
        return some and self.all <= signs and self.unless.isdisjoint(signs)


@dataclass(frozen=True)
class RedFlag:
    """A red flag.

    Attributes:
        id: the name of its file.
        level: its usual level.
        rules: when it is raised.
        say: the parts of what to say, per level.
        ask: the one question to ask when it may be meant.
        signs: every sign that its rules need.
    """

    id: str
    level: Level
    rules: tuple[Rule, ...]
    say: Mapping[Level, Mapping[str, str]]
    ask: str = ""
    signs: frozenset[str] = frozenset()

    def level_of(self, signs: frozenset[str]) -> Level:
        """What these signs alone deserve, wherever they stand.

        Rules for one sentence do not count: nobody knows whether these signs stood in one.
        """
        return highest(
            rule.level for rule in self.rules if not rule.sentence and rule.met_by(signs)
        )


@dataclass(frozen=True)
class Knowledge:
    """All of it, ready for use."""

    reader: Reader
    groups: Mapping[str, list[list[str]]]
    cues: tuple[tuple[Cue, Pattern], ...]
    signs: Mapping[str, Sign]
    flags: Mapping[str, RedFlag]
