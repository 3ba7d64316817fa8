"""The fields of kinds whose files all have the same, with the words they are shown with."""

from collections.abc import Mapping, Sequence
from typing import Any

from editing.shapes import Field, Kind, Shape

LEVELS = ("emergency", "urgent", "soon")
_KINDS = (
    "smalltalk",
    "notice",
    "fallback",
    "answer",
    "question",
    "escalation",
    "exercise",
    "clarify",
)

_EXAMPLES = "Messages as people type them, at least 25. Think of many people, not of many words."
SOURCES = "What it rests on: ids of sources."
_DUE = "The day by which somebody has to look at it again."


def field(key: str, label: str, help: str, shape: Shape, **more: Any) -> Field:
    """A field whose key is written with dots."""
    return Field(tuple(key.split(".")), label, help, shape, **more)


_BUTTON = field("title", "Title", "The words on its button, at most 42 letters.", Shape.LINE)
REVIEW = (
    field("reviewed", "Reviewed on", "The day somebody last looked at it.", Shape.DATE),
    field("review_due", "Review due", _DUE, Shape.DATE),
)

_TOPIC = (
    _BUTTON,
    field(
        "scope",
        "Scope",
        "What belongs here, and which topic takes the rest. For editors alone.",
        Shape.TEXT,
    ),
    field("examples", "Examples", _EXAMPLES, Shape.LINES),
    field(
        "answer",
        "Answer",
        "One to three messages of at most 75 words. The first sentence answers.",
        Shape.PARAGRAPHS,
    ),
    field(
        "see_someone",
        "When to see someone",
        "Said where people tell of it as a symptom: when to see someone, and whom.",
        Shape.TEXT,
        required=False,
    ),
    field("follow_ups", "Offered next", "At most three topics.", Shape.IDS),
    field("facts", "Facts", "Ids of the facts that the answer states.", Shape.IDS, required=False),
    field("sources", "Sources", SOURCES, Shape.IDS),
    *REVIEW,
)
_ACT = (
    _BUTTON,
    field(
        "kind",
        "Kind",
        "How the reply is shown; mostly smalltalk or notice.",
        Shape.CHOICE,
        choices=_KINDS,
    ),
    field("examples", "Examples", _EXAMPLES, Shape.LINES),
    field("reply", "Reply", "One or more messages.", Shape.PARAGRAPHS),
    field("buttons", "Buttons", "At most four topics or acts.", Shape.IDS, required=False),
)
_POSITIONS = ("seated", "standing", "lying")
_EXERCISE = (
    field("name", "Name", "What the coach calls it.", Shape.LINE),
    _BUTTON,
    field("also_known_as", "Also known as", "Other names that patients give it.", Shape.LINES),
    field("goals", "Goals", "Ids of what it is good for.", Shape.IDS),
    field(
        "position",
        "Position",
        "How it is done. A wrong position is a fall.",
        Shape.CHOICE,
        choices=_POSITIONS,
    ),
    field("minutes", "Minutes", "About how long it takes.", Shape.NUMBER),
    field(
        "hold", "Something to hold", "Whether something firm to hold on to is needed.", Shape.FLAG
    ),
    field("equipment", "Needed", "What has to be at hand.", Shape.LINE),
    field("purpose", "Purpose", "What it is for, in one sentence.", Shape.TEXT),
    field("cautions", "Cautions", "What to take care of, at most four.", Shape.PARAGRAPHS),
    field(
        "dose", "Dose", "`repetitions`, `seconds` or both: a number, or [least, most].", Shape.YAML
    ),
    field(
        "steps", "Steps", "Three to ten steps, each with `say`, `explain` and `shows`.", Shape.YAML
    ),
    field(
        "variants", "Variants", "`easier`, which every exercise needs, and `harder`.", Shape.YAML
    ),
    field(
        "ask_seconds",
        "Question for the time",
        "Asks for the seconds that were reached.",
        Shape.TEXT,
        required=False,
    ),
    field("stop_signs", "When to stop", "What says that it is enough for today.", Shape.TEXT),
    field("mistakes", "Mistakes", "What often goes wrong.", Shape.PARAGRAPHS),
    field("sources", "Sources", SOURCES, Shape.IDS),
    field("facts", "Facts", "Ids of the facts that it states.", Shape.IDS, required=False),
    field(
        "topic", "Topic", "The topic that answers questions about it.", Shape.LINE, required=False
    ),
    *REVIEW,
)
FIXED: Mapping[Kind, Sequence[Field]] = {
    Kind.TOPIC: _TOPIC,
    Kind.ACT: _ACT,
    Kind.EXERCISE: _EXERCISE,
}
