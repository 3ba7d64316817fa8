"""The words that a conversation is recognised by in a list."""

import re
from collections.abc import Mapping, Sequence

from desk.index.told import Turn

LONGEST = 160
_CUT = "…"
_WORD = re.compile(r"[^\W\d_]{2,}")
_SPACE = re.compile(r"\s+")


def opening(told: Sequence[Turn], raising: str | None, hidden: Mapping[str, str]) -> str:
    """What a patient said that tells most of the conversation, masked and on one line.

    Args:
        told: the turns; at least one.
        raising: the message that raised a red flag, if one did: then it is that.
        hidden: the patient's messages, masked, by their ids.

    Returns:
        Else the first typed message with a word in it that was more than a greeting; else the
        first with a word, typed or on a button; else the first. At most `LONGEST` characters.
    """
    if raising is not None:
        return _short(hidden[raising])
    worded = [turn for turn in told if _WORD.search(turn.said.text)]
    typed = [turn for turn in worded if turn.said.is_typed]
    meant = [turn for turn in typed if not _is_small_talk(turn)]
    first = next(iter(meant or typed or worded or told))
    return _short(hidden[first.said.id])


def _is_small_talk(turn: Turn) -> bool:
    return bool(turn.replies) and all(reply.kind == "smalltalk" for reply in turn.replies)


def _short(text: str) -> str:
    line = _SPACE.sub(" ", text).strip()
    if len(line) <= LONGEST:
        return line
    kept = line[: LONGEST - 1]
    whole, space, _ = kept.rpartition(" ")
    # A word is cut only where the line would lose much for it.
    return (whole if space and len(whole) > LONGEST // 2 else kept) + _CUT
