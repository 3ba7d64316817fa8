"""Where words stand in a stored message: their place is kept in their stead."""

from collections.abc import Sequence
from dataclasses import dataclass

from triage import Candidate, Status

from gateway.normalise import patient_text

BETWEEN = " … "  # so the rules join the words of signs that stand apart
type Span = tuple[int, int]


@dataclass(frozen=True)
class Placing:
    """Finds words of a message in what is stored of it.

    Attributes:
        stored: the message as it is stored.
        typed: as it was typed.
        whole: what was screened: it ends with what was typed.
        named: the signs found in the whole; they tell which of the same words are meant.
    """

    stored: str
    typed: str = ""
    whole: str = ""
    named: Sequence[Candidate] = ()

    def places(self, words: str) -> list[Span]:
        """The places of words that were typed, in characters of the stored text.

        Args:
            words: in pieces if they stand apart.

        Returns:
            One for each piece, in the order of the text; none if a piece is not there.
        """
        spans = [self._place(piece) for piece in words.split(BETWEEN) if piece]
        return sorted({span for span in spans if span}) if all(spans) else []

    def _place(self, piece: str) -> Span | None:
        kept = patient_text(piece).text
        before = self._before(piece)
        if not kept or before is None:
            return None
        start = self.stored.find(kept)
        for _ in range(before):
            start = self.stored.find(kept, start + len(kept)) if start >= 0 else -1
        return None if start < 0 else (start, start + len(kept))

    def _before(self, piece: str) -> int | None:
        """How often the same words were typed before they were meant; None if not in this text."""
        meant = [
            one.start for one in self.named if one.text == piece and one.status is Status.AFFIRMED
        ]
        if not meant:
            return 0  # the second opinion's words, which no sign names
        begin = len(self.whole) - len(self.typed)
        here = next((start for start in meant if start >= begin), None)
        return None if here is None else self.whole.count(piece, begin, here)
