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
    here = frozenset(affirmed)
    known = here | before
    for flag in flags:
        if here.isdisjoint(flag.signs):
            continue
        best: Flag | None = None
        for rule in flag.rules:
            if best is not None and rule.level.rank <= best.level.rank:
                continue
            if not _met(rule, here, known):
                continue
            words = _words(rule, affirmed)
            if words is not None:
                best = Flag(flag.id, rule.level, words, _reason(rule), sure=rule.sure)
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


def _met(rule: Rule, here: frozenset[str], known: frozenset[str]) -> bool:
    """Whether the signs ``here`` meet ``rule``, its sentences apart.

    What all of it needs may have been known before, but something of it must be here.
    """
    if not rule.unless.isdisjoint(here) or not rule.all <= known:
        return False
    return not (rule.any or rule.all).isdisjoint(here)


def _words(rule: Rule, affirmed: Signs) -> str | None:
    """The words of the signs that meet ``rule``; None if no sentence holds what must be in one."""
    here = affirmed.keys()
    needed = rule.all & here
    for chosen in [[one, *needed] for one in sorted(rule.any & here)] or [[*needed]]:
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
