"""What a typed reply says of what a patient can do, and of what got better. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from actions.safety import wording
from actions.safety.wording import BREAK
from content.progress import Words
from diary.values import Function, Healing

LESS: Function = "less"
AGAINST = "against"
FUNCTIONS: tuple[Function, ...] = ("more", "same", LESS)
SIGNS: tuple[Healing, ...] = ("balance", "strength", "feeling", "stiffness")
MARKS = (*SIGNS, AGAINST)


def function(text: str, words: Words) -> Function | None:
    """Whether a patient can do more, the same or less; of several, less; None for nothing clear."""
    said = wording.spoken(wording.split(text))
    for one in FUNCTIONS:
        if said in _phrases(words.lists[f"{one}_alone"]):
            return one
    told = {name for name, _, _ in _hits(said, {one: words.lists[one] for one in FUNCTIONS})}
    if LESS in told:
        # Better at one thing and worse at another: what got worse should be looked at.
        return LESS
    return next((one for one in FUNCTIONS if told == {one}), None)


def healing(text: str, words: Words) -> frozenset[Healing] | None:
    """What got better; an empty set for nothing; None for nothing clear."""
    said = wording.split(text)
    if wording.spoken(said) in _phrases(words.lists["none"]):
        return frozenset()
    if wording.spoken(said) in _phrases(words.lists["all"]):
        return frozenset(SIGNS)
    if wording.longest(said, _phrases(words.lists["all"])):
        # "All but the balance": what is left out is better asked again.
        return None
    better = frozenset(one for clause in _clauses(said, words) for one in _better(clause, words))
    return better or None


def is_plain_yes(text: str, words: Words) -> bool:
    """Whether a yes has no "but" beside it."""
    said = wording.spoken(wording.split(text))
    return not any(wording.places(said, one) for one in _phrases(words.lists["holding"]))


def is_only(text: str, words: Words, name: str) -> bool:
    """Whether the text is one of the phrases of that list, and no more."""
    return wording.spoken(wording.split(text)) in _phrases(words.lists[name])


def _better(clause: wording.Words, words: Words) -> list[Healing]:
    """The signs of one clause; none where it says that something is bad."""
    told = {name for name, _, _ in _hits(clause, {one: words.lists[one] for one in MARKS})}
    return [] if AGAINST in told else [one for one in SIGNS if one in told]


def _clauses(said: wording.Words, words: Words) -> list[wording.Words]:
    clauses: list[list[str]] = [[]]
    for word in said:
        if word == BREAK or word in words.lists["breaking"]:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return [tuple(clause) for clause in clauses if clause]


def _hits(said: wording.Words, lists: Mapping[str, Iterable[str]]) -> list[tuple[str, int, int]]:
    """Which lists are named, and where; of phrases that overlap the longest counts."""
    found = [
        (name, at, at + len(phrase))
        for name, phrases in lists.items()
        for phrase in _phrases(phrases)
        for at in wording.places(said, phrase)
    ]
    taken: set[int] = set()
    kept = []
    for name, start, end in sorted(found, key=lambda hit: hit[1] - hit[2]):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((name, start, end))
    return kept


def _phrases(texts: Iterable[str]) -> frozenset[wording.Words]:
    return frozenset(wording.spoken(wording.split(text)) for text in texts)
