"""Four ways to notice red flags, measured on the same messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from triage import Level, screen
from triage.load import load
from triage.opinion import opinion
from triage.screening import Screener

Design = Callable[[str], Level]

# What a first attempt would list. Not tuned: it is the baseline.
WORDS = {
    Level.EMERGENCY: (
        "stroke|face droop|slurred|can't breathe|cannot breathe|cant breathe|chest pain|choking|"
        "numb between|saddle|incontinen|wet myself|can't pee|cant pee|suicid|kill myself|"
        "want to die|"
        "self harm|overdose|too many tablets|seizure|fit|unconscious|collapsed|sepsis|paralysed|"
        "anaphyla|swollen lips|cold foot|coughing blood|worst headache|can't swallow|car accident"
    ),
    Level.URGENT: (
        "sudden|getting worse|swollen leg|swollen calf|calf pain|blurred|double vision|relapse|"
        "infection|fever|ulcer|wound|blister|giving way|after surgery|back pain|lost vision"
    ),
}
DENIALS = r"\b(no|not|never|without|don't|dont|haven't|didn't|denies)\b[^.!?,;]{0,40}$"


def keywords(text: str) -> Level:
    """A list of words."""
    return _listed(text, denials=False)


def keywords_and_negation(text: str) -> Level:
    """A list of words, left out after a negation in the same clause (as negspacy does)."""
    return _listed(text, denials=True)


def _listed(text: str, denials: bool) -> Level:
    low = text.lower()
    for level, words in WORDS.items():
        for found in re.finditer(rf"\b({words})", low):
            if not denials or not re.search(DENIALS, low[: found.start()]):
                return level
    return Level.NONE


@lru_cache(maxsize=1)
def _ruler() -> Screener:
    return Screener(load())


def rules(text: str) -> Level:
    """Signs, cues and rules."""
    return _ruler().by_rules(text).level


def network(text: str) -> Level:
    """The second opinion alone: the likeliest level once it is likelier than not."""
    judged = opinion().judge(text)
    if judged.alarm < 0.5:
        return Level.NONE
    emergency = sum(c for label, c in judged.chances.items() if label.level is Level.EMERGENCY)
    return Level.EMERGENCY if emergency >= judged.alarm / 2 else Level.URGENT


def both(text: str) -> Level:
    """Rules and second opinion together: what is used."""
    return screen(text).level


DESIGNS: dict[str, Design] = {
    "keywords": keywords,
    "keywords and negation": keywords_and_negation,
    "rules": rules,
    "second opinion alone": network,
    "rules and second opinion": both,
}
