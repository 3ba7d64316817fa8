"""What staff call the kinds of content."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from editing.shapes import Kind


@dataclass(frozen=True)
class Named:
    """A kind in words: one of it, many, and what it is."""

    one: str
    many: str
    what: str


NAMES: Mapping[Kind, Named] = MappingProxyType(
    {
        Kind.TOPIC: Named(
            "topic",
            "Topics",
            "What patients ask about: their questions, the answer, and what it rests on.",
        ),
        Kind.ACT: Named(
            "act",
            "Acts",
            "What people say beside questions, such as a greeting, and what Dorsi replies.",
        ),
        Kind.TEXTS: Named(
            "text",
            "Texts",
            "What Dorsi says by itself, such as when it did not understand.",
        ),
        Kind.EXERCISE: Named(
            "exercise", "Exercises", "Each exercise, step by step, as the coach says it."
        ),
        Kind.RED_FLAG: Named(
            "red flag",
            "Red flags",
            "Signs of danger: how they are told, how Dorsi knows them, and what it says.",
        ),
        Kind.SAFETY_CHECK: Named(
            "safety check",
            "Safety check",
            "The questions about warning signs that Dorsi asks one at a time.",
        ),
        Kind.REGIONS: Named(
            "region", "Regions", "The telephone numbers of each country, and where they were read."
        ),
        Kind.SOURCES: Named("source", "Sources", "The pages and papers that answers rest on."),
    }
)
