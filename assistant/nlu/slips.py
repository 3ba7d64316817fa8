"""Texts as tired hands type them, so that networks learn to read those too."""

from __future__ import annotations

import random

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST, LETTERS_PER_SLIP = 4, 25


def with_slips(text: str, draw: random.Random, share: float) -> str:
    """Every so often a text with a few slips of the keyboard.

    Args:
        text: any text; those under ``SHORTEST`` letters stay as they are.
        draw: where chance comes from.
        share: of how many texts, from 0 to 1.
    """
    if draw.random() > share or len(text) < SHORTEST:
        return text
    letters = list(text)
    for _ in range(max(1, len(letters) // LETTERS_PER_SLIP)):
        place = draw.randrange(1, len(letters) - 1)
        kind = draw.random()
        if kind < 0.3:
            letters[place - 1 : place + 1] = reversed(letters[place - 1 : place + 1])
        elif kind < 0.6:
            del letters[place]
        elif kind < 0.75:
            letters.insert(place, letters[place])
        else:
            letters[place] = _neighbour(letters[place], draw)
    return "".join(letters)


def _neighbour(letter: str, draw: random.Random) -> str:
    """A key beside that of ``letter``; any key for what is no letter."""
    for row in ROWS:
        at = row.find(letter.lower())
        if at >= 0:
            return draw.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    return draw.choice(ALPHABET)
