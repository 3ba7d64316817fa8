"""What rules and second opinion make of a text together.

Neither is enough alone: rules raise too much, and miss words that no list has. So a flag that
rules raise stands unless the network doubts it, and what the network is sure of is raised without
a rule. In between, Dorsi asks; of what rules raise nothing goes unasked unless the network is all
but sure that nothing is meant. For danger to life by one's own hand or by medicines the bars are
lower.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from triage.model import Flag, Level
from triage.opinion import Judgement, Label

GRAVE = frozenset({"suicide_self_harm", "overdose_withdrawal"})
ALARMING = Level.URGENT


@dataclass(frozen=True)
class Verdict:
    """The flags that stand, those dropped, the one to ask about, and how likely any alarm is."""

    flags: tuple[Flag, ...]
    dropped: tuple[Flag, ...] = ()
    unsure: Flag | None = None
    alarm: float = 0.0


def weigh(
    ruled: Iterable[Flag],
    judged: Judgement,
    bars: Mapping[str, float],
    halves: frozenset[str] = frozenset(),
    doubted: Collection[Flag] = (),
) -> Verdict:
    """Join both opinions.

    Args:
        ruled: the flags that rules raise.
        judged: what the network makes of the same text.
        bars: ``keep``, ``raise``, ``ask``, ``quiet``, ``soon``, ``emergency`` and, for grave
            flags, ``keep_grave``, ``raise_grave`` and ``ask_grave``: probabilities from 0 to 1.
        halves: ids of flags whose other half came in an earlier message; they stand.
        doubted: flags of two halves that are none when both messages are read together.
    """
    kept, dropped = [], []
    for flag in (replace(one, chance=chance(one.id, judged)) for one in ruled):
        bar = bars["keep_grave"] if flag.id in GRAVE else bars["keep"]
        stands = flag.sure or flag.id in halves or judged.alarm >= bar
        if stands or flag.level.rank < ALARMING.rank:
            kept.append(flag)
        else:
            reason = f"{flag.reason}; the second opinion sees {judged.alarm:.0%} alarm"
            dropped.append(replace(flag, reason=reason))
    flags = _highest([*kept, *_raised(judged, bars)])
    unsure = None
    if not any(flag.level.rank >= ALARMING.rank for flag in flags):
        unsure = _unsure(judged, dropped, bars) or _half_sure(doubted, bars)
    return Verdict(flags, (*dropped, *map(_not_both, doubted)), unsure, round(judged.alarm, 4))


def doubts(flag: Flag, both: Judgement, bars: Mapping[str, float]) -> bool:
    """Whether a flag whose halves came in two messages is none.

    It is asked how likely that flag is, not any: the first half may mean something by itself.

    Args:
        flag: what rules raise.
        both: what the network makes of both messages together.
        bars: as for `weigh`.
    """
    bar = bars["keep_grave"] if flag.id in GRAVE else bars["keep"]
    return flag.level.rank >= ALARMING.rank and chance(flag.id, both) < bar


def _half_sure(doubted: Iterable[Flag], bars: Mapping[str, float]) -> Flag | None:
    """Of the flags of two halves the one to ask about, where the network is not all but sure."""
    open_ = [flag for flag in doubted if flag.chance >= bars["quiet"]]
    return max(open_, key=lambda flag: (flag.level.rank, flag.chance), default=None)


def _not_both(flag: Flag) -> Flag:
    seen = f"of both messages the second opinion thinks {flag.chance:.0%} likely that it is meant"
    return replace(flag, reason=f"{flag.reason}; {seen}")


def _unsure(judged: Judgement, dropped: Iterable[Flag], bars: Mapping[str, float]) -> Flag | None:
    """The one flag to ask about, where nothing alarming stands."""
    if judged.alarm >= bars["ask"]:
        return _likeliest(judged, ALARMING, bars)
    if _grave(judged) >= bars["ask_grave"]:
        return _likeliest(judged, ALARMING, bars, only_grave=True)
    if judged.alarm < bars["quiet"]:
        return None
    return max(dropped, key=lambda flag: (flag.level.rank, flag.chance), default=None)


def _raised(judged: Judgement, bars: Mapping[str, float]) -> list[Flag]:
    sure = []
    if judged.alarm >= _over(bars["raise"], judged):
        sure.append(_likeliest(judged, ALARMING, bars))
    if _grave(judged) >= _over(
        bars["raise_grave"], judged
    ):  # never hidden by a flag that is likelier still
        sure.append(_likeliest(judged, ALARMING, bars, only_grave=True))
    if sure:
        return sure
    soon = [label for label in judged.chances if label.level is Level.SOON]
    best = max(soon, key=lambda label: judged.chances[label])
    return [_flag(best, judged)] if judged.chances[best] >= bars["soon"] else []


def _over(bar: float, judged: Judgement) -> float:
    """The bar for the highest of several windows (after Bonferroni): a long story is no alarm."""
    return 1 - (1 - bar) / judged.windows


def _likeliest(
    judged: Judgement, least: Level, bars: Mapping[str, float], only_grave: bool = False
) -> Flag:
    """The likeliest flag of at least that level; an emergency as soon as one is likely enough."""
    chances = {
        label: chance
        for label, chance in judged.chances.items()
        if label.level.rank >= least.rank and (not only_grave or _is_grave(label))
    }
    emergencies = {k: v for k, v in chances.items() if k.level is Level.EMERGENCY}
    if sum(emergencies.values()) >= bars["emergency"] * sum(chances.values()):
        chances = emergencies
    return _flag(max(chances, key=lambda label: chances[label]), judged)


def _grave(judged: Judgement) -> float:
    """How likely danger to life by one's own hand or by medicines is."""
    return sum(chance for label, chance in judged.chances.items() if _is_grave(label))


def _is_grave(label: Label) -> bool:
    return label.flag in GRAVE and label.level is Level.EMERGENCY


def _flag(label: Label, judged: Judgement) -> Flag:
    reason = f"second opinion: {judged.chances[label]:.0%}"
    words = judged.words.get(label, "")
    return Flag(label.flag, label.level, words, reason, chance(label.flag, judged))


def chance(flag: str, judged: Judgement) -> float:
    """How likely a flag is, at whatever level."""
    return round(sum(c for label, c in judged.chances.items() if label.flag == flag), 4)


def _highest(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Each flag once, at its highest level."""
    found: dict[str, Flag] = {}
    for flag in flags:
        known = found.get(flag.id)
        if known is None or flag.level.rank > known.level.rank:
            found[flag.id] = flag
    return tuple(found.values())
