"""What can be said of a message by looking at its characters. Pure functions."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 1_000
MIN_SEGMENT_WORDS = 3
SEARCH_WORDS = 5

_SPACES = re.compile(r"\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+|(?<=\w)\s+-{1,2}\s+|;\s+")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_OPENERS = (
    "what|whats|why|how|hows|when|where|who|whom|which|is|are|am|was|were|can|could|should|shall|"
    "do|does|did|will|would|has|have|may|might|tell me|explain|show me|any|anyone|anybody"
)
_ASKING = (
    r"what (?:is(?! (?:worse|more))|are|can|should|do|does|to|kind|sort)|"
    r"how (?:do|does|can|long|often|many|much|to)|"
    r"why (?:do|does|is|are|am)|(?:can|should|could) (?:i|you|it|this|that|he|she|we|they)|"
    r"do i (?:need|have)|is (?:it|this|that|there) |does (?:it|this|that|anyone)|"
    r"(?:want|like|need) to know|wonder(?:ing)?|tell me|advice|tips|explain"
)
_SECOND = (
    r"(?:what|why|how|when|where|who|which|can|could|should|do|does|"
    r"is (?:it|this|that|there)|are (?:there|they))"
)
_POLITE = r"(?:(?:so|and|but|ok|okay|hi|hello|please|sorry|also)\W+)*"
_NO_ASIDE = r"(?!what is (?:worse|more)\b)"
_QUESTION = re.compile(
    rf"\?|^\W*{_POLITE}{_NO_ASIDE}(?:{_OPENERS})\b|\b(?:{_ASKING})\b", re.IGNORECASE
)
# A sentence ends, or a second question begins: "what is it and can I drive".
_JOINED = re.compile(
    rf"{_SENTENCE_END.pattern}|(?<=\w),?\s+(?:and|also|plus)\s+(?={_SECOND}\b)", re.IGNORECASE
)
_PERSON = re.compile(
    r"\b(?:i|im|i'm|ive|i've|my|me|mine|myself|he|she|his|her|mum|mom|dad|husband|wife|son|"
    r"daughter|mother|father|partner|feels?|keeps?|cant|can't|wont|won't)\b",
    re.IGNORECASE,
)
_CONTROLS = ("Cc", "Cf", "Cs", "Co")
# Emoji newer than this Python's Unicode are not assigned yet: "Cn".
_PICTURES = ("So", "Sk", "Cn")
_KEYCAP = "\u20e3"


def tidy(text: str) -> str:
    """One line of composed characters, without control signs and at most ``MAX_LENGTH`` long.

    Of a longer text the end is kept as well as the beginning, for that is where people ask.
    """
    # Cut before as well, for a long run of accents is slow to compose.
    text = _ends(text.encode("utf-8", "ignore").decode("utf-8"), 4 * MAX_LENGTH)
    text = unicodedata.normalize("NFC", text)
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    visible = "".join(" " if unicodedata.category(c) in _CONTROLS else c for c in text)
    return _ends(_SPACES.sub(" ", visible).strip(), MAX_LENGTH)


def _ends(text: str, length: int) -> str:
    """``text``, or its beginning and its end with a space between: ``length`` letters at most."""
    if len(text) <= length:
        return text
    half = length // 2
    return f"{text[:half].rstrip()} {text[1 - half :].lstrip()}"


def normalise(text: str) -> str:
    """``text`` for comparison: lower case, words only, one space between."""
    return " ".join(_WORD.findall(text.lower().replace("'", "")))


def words(text: str) -> list[str]:
    """The words of a text, in order."""
    return _WORD.findall(text)


def is_empty(text: str) -> bool:
    """Whether nothing at all can be seen."""
    return not text.strip()


def is_wordless(text: str) -> bool:
    """Whether there are signs, but no word: "???"."""
    return not words(text)


def is_emoji_only(text: str) -> bool:
    """Whether the message is made of emoji alone."""
    return not words(text) and _has_emoji(text)


def is_question(text: str) -> bool:
    """Whether the message asks something, by its sign or by its words."""
    return bool(_QUESTION.search(text))


def is_statement(text: str) -> bool:
    """Whether something is told and nothing asked.

    A person is named ("my", "he"), or the text is longer than what goes into a search box.
    """
    told = bool(_PERSON.search(text)) or len(words(text)) > SEARCH_WORDS
    return told and not any(is_question(piece) for piece in segments(text))


def segments(text: str) -> list[str]:
    """The sentences of a message; scraps of one or two words stay with the sentence before."""
    parts: list[str] = []
    for part in (piece.strip() for piece in _JOINED.split(text)):
        if not words(part):
            continue
        if parts and len(words(part)) < MIN_SEGMENT_WORDS:
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts or [text]


def _has_emoji(text: str) -> bool:
    return any(unicodedata.category(sign) in _PICTURES or sign == _KEYCAP for sign in text)
