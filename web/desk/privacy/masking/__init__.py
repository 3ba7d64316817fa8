"""Find personal data in what patients write, and mask it."""

from desk.privacy.masking.finding import masked, spans
from desk.privacy.masking.kinds import Kind, Span

# Of the rules and lists. Raise it when either changes: spans stored under an older one are found
# anew.
VERSION = 3

__all__ = ["VERSION", "Kind", "Span", "masked", "spans"]
