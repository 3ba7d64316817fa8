"""From affirmed signs to red flags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from triage.knowledge import RedFlag, Rule
from triage.model import Candidate, Flag


@dataclass(frozen=True, slots=True)
class Affirmed:
    """An affirmed sign.

    Attributes:
        candidate: its words.
        sentence: the number of its sentence.
        plain: whether it is told outright: no question asks what may be, and no cue at all speaks
            of it, not even one that says nothing of this sign.
    """

    candidate: Candidate
    sentence: int
    plain: bool = True


Signs = dict[str, list[Affirmed]]  # the affirmed signs of a text, by id


def raise_flags(
    flags: Iterable[RedFlag], affirmed: Signs, before: frozenset[str] = frozenset()
) -> Iterator[Flag]:
    """Every flag that a rule raises, at the highest level any of its rules gives.

    Args:
        flags: the flags to try.
        affirmed: the signs of this text, by id.
        before: ids of signs affirmed earlier in the session; they only add, so none of them
            forbids a flag.
    """
    here = set(affirmed)
    for flag in flags:
        if here.isdisjoint(flag.signs):
            continue
        best: Flag | None = None
        for rule in flag.rules:
            if best is not None and rule.level.rank <= best.level.rank:
                continue
            words = _words(rule, affirmed, before)
            if words is not None:
                best = Flag(flag.id, rule.level, words, _reason(rule))
        if best is not None:
            yield best


def raise_in_pieces(flags: Iterable[RedFlag], found: Sequence[Signs]) -> list[Flag]:
    """Every flag that a text in pieces raises, at its highest level.

    Signs count together from wherever they stand; and the signs of one piece count alone too, for
    what forbids a flag may stand far from it.

    Args:
        flags: the flags to try.
        found: the signs of each piece, by id.
    """
    known = list(flags)
    best: dict[str, Flag] = {}
    for signs in found if len(found) == 1 else [joined(found), *found]:
        for flag in raise_flags(known, signs):
            if flag.id not in best or flag.level.rank > best[flag.id].level.rank:
                best[flag.id] = flag
    return list(best.values())


def joined(found: Iterable[Signs]) -> Signs:
    """The signs of all pieces."""
    together: Signs = {}
    for signs in found:
        for sign, places in signs.items():
            together.setdefault(sign, []).extend(places)
    return together


def _words(rule: Rule, affirmed: Signs, before: frozenset[str]) -> str | None:
    """The words that meet ``rule``; None if it is not met."""
    here = affirmed.keys()
    if rule.unless & here:
        return None
    found = sorted(rule.any & here)
    if rule.any and not found:
        return None
    if not rule.all <= here | before or not (found or rule.all & here):
        return None
    for chosen in [[one, *rule.all & here] for one in found] or [[*rule.all & here]]:
        picked = _picked(chosen, affirmed, rule.sentence)
        if picked:
            return _quoted(picked)
    return None


def _picked(signs: list[str], affirmed: Signs, sentence: bool) -> list[Affirmed]:
    """One place of each sign; all in one sentence if asked, or none at all."""
    if not sentence:
        return [affirmed[sign][0] for sign in signs]
    shared = set.intersection(*({one.sentence for one in affirmed[sign]} for sign in signs))
    if not shared:
        return []
    return [next(one for one in affirmed[sign] if one.sentence in shared) for sign in signs]


def _quoted(picked: list[Affirmed]) -> str:
    """The signs' words in the order of the text."""
    parts = sorted({(one.candidate.start, one.candidate.text) for one in picked})
    return " … ".join(text for _, text in parts)


def _reason(rule: Rule) -> str:
    parts = [" or ".join(sorted(rule.any))] if rule.any else []
    return "rule: " + " and ".join([*parts, *sorted(rule.all)])
