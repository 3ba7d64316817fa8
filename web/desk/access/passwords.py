"""Passwords: what is taken as one, and how it is kept and compared.

They are hashed by argon2id with the second recommended set of RFC 9106 (64 MiB, three passes).
"""

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

MIN_LENGTH = 12
# Nobody types more, and hashing takes its time.
MAX_LENGTH = 200
FEWEST_DIFFERENT = 5
BESIDE_THE_NAME = 8
COMMON = Path(__file__).resolve().parent / "common_words.txt"

HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
# Each hash takes processors and 64 MiB that patients may need: however many ask, they queue.
_WORKER = ThreadPoolExecutor(1, "password")


def fault(password: str, name: str) -> str:
    """What is wrong with a password that somebody chose.

    Args:
        password: what they chose.
        name: what they sign in with.

    Returns:
        A sentence that says how to choose another; empty if it is a good one.
    """
    text = _same(password).casefold()
    if len(text) < MIN_LENGTH:
        return f"Take at least {MIN_LENGTH} characters; four words that do not belong together do."
    if len(text) > MAX_LENGTH:
        return f"Take at most {MAX_LENGTH} characters."
    if len(text.replace(name.casefold(), "")) < BESIDE_THE_NAME:
        return "Take one that is not made of your name."
    if len(set(text)) < FEWEST_DIFFERENT or _is_common(text):
        return "This one is among the first that others would try. Take another."
    return ""


async def hashed(password: str) -> str:
    """What is kept of a password."""
    return await _aside(lambda: HASHER.hash(_same(password)))


def hashed_now(password: str) -> str:
    """The same where no event loop runs, as in a command."""
    return HASHER.hash(_same(password))


async def fits(password: str, kept: str | None) -> bool:
    """Whether a password is the one that was hashed.

    Args:
        password: what was typed.
        kept: what is kept, or None where nobody is of the name that was typed: then it takes as
            long and never fits.
    """
    return await _aside(lambda: _verified(password, kept))


def is_outdated(kept: str) -> bool:
    """Whether it was hashed by weaker parameters than those of today."""
    return HASHER.check_needs_rehash(kept)


async def _aside[T](work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_WORKER, work)


def _verified(password: str, kept: str | None) -> bool:
    text = _same(password)[:MAX_LENGTH]
    try:
        return HASHER.verify(nobodys() if kept is None else kept, text) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def nobodys() -> str:
    """What is compared with where nobody is of the name that was typed."""
    return HASHER.hash("the password of nobody")


def _same(password: str) -> str:
    """The same letters for what looks the same, whichever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)


def _is_common(text: str) -> bool:
    """Whether it is made of nothing but common words, digits and marks.

    The places that common words lead to are noted one after the other. A pattern would try all
    ways to part the letters into words, and those are too many where some are made of others.
    """
    letters = "".join(character for character in text if character.isalpha())
    led_to = {0}
    for place in range(len(letters)):
        if place in led_to:
            words = (word for word in _common_words() if letters.startswith(word, place))
            led_to.update(place + len(word) for word in words)
    return len(letters) in led_to


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())
