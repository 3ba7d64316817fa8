"""The words of editing: the kinds of content, and what one thing to be changed looks like."""

from dataclasses import dataclass
from enum import StrEnum

CONTENT = "data/"
"""The folder of all content, from the repository's root."""


class Kind(StrEnum):
    """A kind of content, by the place of its file."""

    TOPIC = "topic"
    ACT = "act"
    TEXTS = "texts"
    EXERCISE = "exercise"
    RED_FLAG = "red_flag"
    REGIONS = "regions"
    SOURCES = "sources"
    SAFETY_CHECK = "safety_check"


class Shape(StrEnum):
    """What a field holds, and so how it is typed and compared."""

    LINE = "line"
    """One short text."""
    TEXT = "text"
    """One long text."""
    LINES = "lines"
    """A list of short texts, each by itself, such as examples."""
    PARAGRAPHS = "paragraphs"
    """A list of long texts that belong together, such as the messages of an answer."""
    IDS = "ids"
    """A list of ids of other content."""
    DATE = "date"
    """A day, as `2026-12-31`."""
    FLAG = "flag"
    """Yes or no."""
    CHOICE = "choice"
    """One of a few words."""
    NUMBER = "number"
    """A whole number."""
    YAML = "yaml"
    """A part with a shape of its own, as YAML."""


type Key = tuple[str, ...]
"""The way to a value: names, and for an item of a list its number from 0 or its `id`."""


@dataclass(frozen=True)
class Field:
    """One thing that an editor can change.

    Attributes:
        key: where in the file it stands.
        label: what it is called.
        help: what belongs in it, in one sentence.
        shape: what it holds.
        required: whether the file needs it.
        choices: for `Shape.CHOICE`, what may be chosen.
    """

    key: Key
    label: str
    help: str
    shape: Shape
    required: bool = True
    choices: tuple[str, ...] = ()
