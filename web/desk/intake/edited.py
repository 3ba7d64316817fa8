"""Whether a sentence may become an example: edited so that it is nobody's message. Pure.

Examples outlive the conversations they come of, and everybody who works on the content reads
them. So the words of one patient must not become one, nor anything that tells who somebody is.
A question of a few words is everybody's, and may stay as it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desk.privacy.masking import Kind, Span, spans

FEW = 4
"""So many words at most are everybody's."""
LONGEST = 600
"""In letters; the longest examples there are tell a story."""
NEARLY = 0.9
"""From so alike on a sentence counts as the same: a comma or a slip that was mended is no edit."""
IN_A_ROW = 8
"""So many words of one message side by side are that message."""
_SHORTEST_HIDDEN = 3
_WORD = re.compile(r"[^\W_]+")
_PLACEHOLDER = re.compile(r"\[(?:" + "|".join(Kind) + r")\]")


@dataclass(frozen=True)
class Original:
    """A message as a patient typed it, and where it tells who somebody is."""

    text: str
    hidden: Sequence[Span] = ()


def wrong(sentence: str, originals: Sequence[Original]) -> str:
    """What keeps a sentence from being an example, and what to do; empty where nothing does.

    Args:
        sentence: what an editor typed.
        originals: the messages that it comes of.
    """
    if not _words(sentence):
        return "Write the sentence as another patient might type it."
    if len(sentence) > LONGEST:
        return f"It is too long: {len(sentence)} letters of at most {LONGEST}. Shorten it."
    if left := _PLACEHOLDER.search(sentence):
        return (
            f"It still has {left.group()} in it. Say it so that it fits anybody, such as "
            "“my sister” or “the clinic”."
        )
    if (telling := _telling(sentence, originals)) is not None:
        return (
            f"“{telling}” may tell who somebody is. Leave it out, or say it so that it fits "
            "anybody, such as “my sister” or “the clinic”."
        )
    for original in originals:
        if _is_unedited(sentence, original):
            return "These are the patient's own words. Say it as somebody else might."
        if row := _in_a_row(sentence, original):
            return f"“{row}” stands so in the patient's message. Say it in other words."
    return ""


def _telling(sentence: str, originals: Sequence[Original]) -> str | None:
    """A piece that tells who somebody is: by itself, or because it is hidden in a message."""
    for span in spans(sentence):
        return sentence[span.start : span.end]
    hidden = {word for original in originals for word in _hidden(original)}
    return next((word for word in _WORD.findall(sentence) if word.casefold() in hidden), None)


def _hidden(original: Original) -> Iterator[str]:
    for span in original.hidden:
        for word in _words(original.text[span.start : span.end]):
            if len(word) >= _SHORTEST_HIDDEN or word.isdigit():
                yield word


def _is_unedited(sentence: str, original: Original) -> bool:
    """Whether a sentence is the message, or what is left of it without what is hidden."""
    if not original.hidden and len(_words(original.text)) <= FEW:
        return False
    typed = " ".join(_words(sentence))
    return any(
        SequenceMatcher(None, typed, " ".join(words), autojunk=False).ratio() >= NEARLY
        for words in (_words(original.text), _words(_shown(original)))
        if words
    )


def _in_a_row(sentence: str, original: Original) -> str:
    """Words that stand side by side in both, as they stand in the sentence."""
    theirs = set(_runs(_words(original.text)))
    for row in _runs(_words(sentence)):
        if row in theirs:
            return " ".join(row)
    return ""


def _shown(original: Original) -> str:
    """The message without what is hidden."""
    parts, at = [], 0
    for span in sorted(original.hidden):
        parts.append(original.text[at : span.start])
        at = max(at, span.end)
    return " ".join([*parts, original.text[at:]])


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[start:] for start in range(IN_A_ROW)), strict=False)


def _words(text: str) -> list[str]:
    """The words alone, in small letters; an apostrophe parts none."""
    return _WORD.findall(text.casefold().replace("'", "").replace("\u2019", ""))
