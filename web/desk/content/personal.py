"""What in a text looks like somebody's, so that nothing of a patient's comes into the content."""

from collections.abc import Collection

from desk.privacy import masking
from desk.privacy.masking import Kind

NAMES = frozenset({Kind.NAME})
"""What may turn out to be nobody's: a word, or a name that is made up."""
NUMBERS = frozenset(Kind) - NAMES
"""What is always somebody's: numbers, addresses, days of birth."""


def personal(text: str, kinds: Collection[Kind] = frozenset(Kind)) -> str:
    """The pieces of a text that look like somebody's, in quotes; empty where nothing does."""
    pieces = [text[span.start : span.end] for span in masking.spans(text) if span.kind in kinds]
    return ", ".join(f"“{piece}”" for piece in pieces)
