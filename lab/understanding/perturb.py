"""The same message as others would send it: typed in haste, dictated, at the end of a story."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from assistant.nlu.slips import LETTERS_PER_SLIP, with_slips

SEED = 0
ERROR_RATE = 0.023
"""Wrong letters that 37,000 people left when typing on telephones (Palin 2019,
doi:10.1145/3338286.3340120)."""
REALISTIC = ERROR_RATE * LETTERS_PER_SLIP
"""The share of texts with slips that gives this rate, as a text with slips has one each 25."""
LOST_SPACES = 0.15
HERE = Path(__file__).parent
_SIGNS = re.compile(r"[^\w\s]|_")
Perturbation = Callable[[str, random.Random], str]


def typos(text: str, draw: random.Random) -> str:
    """Slips of the keyboard as often as people leave them."""
    return with_slips(text, draw, REALISTIC)


def many_typos(text: str, draw: random.Random) -> str:
    """Slips of the keyboard in every message, one each 25 letters."""
    return with_slips(text, draw, 1.0)


def lost_spaces(text: str, draw: random.Random) -> str:
    """Every so often two words run into one; one space is lost at least."""
    places = [at for at, sign in enumerate(text) if sign == " "]
    if not places:
        return text
    lost = {at for at in places if draw.random() < LOST_SPACES} or {draw.choice(places)}
    return "".join(sign for at, sign in enumerate(text) if at not in lost)


def capitals(text: str, draw: random.Random) -> str:
    """All capitals."""
    return text.upper()


def dictated(text: str, draw: random.Random) -> str:
    """As a telephone writes down speech: no signs, no capitals, words to think between."""
    words = _SIGNS.sub("", text.replace("-", " ")).lower().split()
    for _ in range(1 + len(words) // 12):
        words.insert(draw.randrange(len(words) + 1), draw.choice(_read()["fillers"]))
    return " ".join(words)


def other_spelling(text: str, draw: random.Random) -> str:
    """British words in American spelling and the other way round."""
    pairs = _read()["spellings"]
    other = {**pairs, **{american: british for british, american in pairs.items()}}
    known = re.compile(rf"\b(?:{'|'.join(sorted(other, key=len, reverse=True))})\b", re.IGNORECASE)
    return known.sub(lambda found: other[found[0].lower()], text)


def after_a_story(text: str, draw: random.Random) -> str:
    """A question at the end of what else there is to tell."""
    return f"{draw.choice(_read()['stories'])} {text}"


def with_a_courtesy(text: str, draw: random.Random) -> str:
    """A question after a story, and something kind after the question."""
    return f"{after_a_story(text, draw)} {draw.choice(_read()['courtesies'])}"


def dictated_story(text: str, draw: random.Random) -> str:
    """A question at the end of a story, all in one breath."""
    return dictated(after_a_story(text, draw), draw)


PERTURBATIONS: dict[str, Perturbation] = {
    "typos": typos,
    "typos in all": many_typos,
    "lost spaces": lost_spaces,
    "capitals": capitals,
    "dictated": dictated,
    "other spelling": other_spelling,
    "after a story": after_a_story,
    "story and thanks": with_a_courtesy,
    "dictated story": dictated_story,
}


def perturbed(text: str, name: str) -> str:
    """``text`` under one of ``PERTURBATIONS``; the same each time."""
    return PERTURBATIONS[name](text, random.Random(f"{SEED} {name} {text}"))


@lru_cache
def _read() -> Any:
    """Fillers, stories and pairs of spellings."""
    return yaml.safe_load((HERE / "voices.yml").read_text(encoding="utf-8"))
