"""How unsure the understanding was of a message: by its first two guesses, or by all. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from records.note import Note


@dataclass(frozen=True)
class Doubt:
    """How unsure it was.

    Attributes:
        margin: how much likelier the first guess was than the second, 0 to 1; small is unsure.
        entropy: over all guesses, in bits; large is unsure.
    """

    margin: float
    entropy: float


def doubt(note: Note) -> Doubt | None:
    """The doubt in a note; None where nothing was judged.

    Notes of earlier releases name no runners-up: the second guess may then have had all the rest.
    What a ranking does not name counts as one guess more, so that the entropy is the least it
    can be.
    """
    shares = sorted((share for _, share in note.ranking if 0 < share <= 1), reverse=True)
    if not shares:
        if not note.label or note.confidence is None or not 0 <= note.confidence <= 1:
            return None
        shares = [note.confidence]
    rest = max(0.0, 1 - sum(shares))
    second = shares[1] if len(shares) > 1 else rest
    return Doubt(max(0.0, shares[0] - second), _entropy([*shares, rest]))


def _entropy(shares: Sequence[float]) -> float:
    return -sum(share * log2(share) for share in shares if share > 0)
