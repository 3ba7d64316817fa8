"""A dialogue that went otherwise, told as an editor reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content import Catalogue
from content.lint.problems import Severity
from gate.answers.spoken import Key, Spoken
from gate.dialogues.written import Conversation, ConversationError, Missed
from gate.report import Finding
from triage.model import Level

FOLDER = "tests/conversations"
EXPECTED = {
    "says": "Dorsi should have said",
    "first_says": "Dorsi should have said first",
    "says_one_of": "Dorsi should have said one of",
    "never_says": "Dorsi should not have said",
    "kind": "the kind of reply should have been",
    "topic": "the topic should have been",
    "reaches": "Dorsi should have answered or offered",
    "offers": "Dorsi should have offered",
    "level": "the level should have been",
    "never_level": "the level should not have been",
    "first_level": "the first level should have been",
    "chooses": "there should have been a button",
}
"""What a dialogue expects of a reply, in words."""
LEVELS = ("level", "first_level")
WORDS = ("says", "first_says", "says_one_of", "chooses")
IDS = ("topic", "reaches", "offers")

Texts = Mapping[tuple[str, Key], Spoken]


@dataclass(frozen=True)
class Versions:
    """What is said, and which topics there are, before and after a change."""

    texts_before: Texts
    texts_after: Texts
    live: Catalogue
    data: Catalogue

    def old(self, missed: Sequence[Missed]) -> list[str]:
        """The files whose old words or ids alone a dialogue lacks; none if it lacks anything else.

        A change that rightly says something else must not be held up by a dialogue that quotes
        what was said before.
        """
        files: list[str] = []
        for one in missed:
            found = list(self._old(one))
            if not found:
                return []
            files += found
        return list(dict.fromkeys(files))

    def _old(self, one: Missed) -> Iterator[str]:
        values: Sequence[Any] = one.expected if isinstance(one.expected, list) else [one.expected]
        for value in map(str, values):
            if one.name in IDS and value in self.live.topics and value not in self.data.topics:
                yield f"data/topics/{value}.yml"
            if one.name in WORDS and not _holding(self.texts_after, value):
                yield from _holding(self.texts_before, value)


def finding(
    conversation: Conversation,
    failed: ConversationError,
    versions: Versions,
    line: int,
    live: ConversationError | None = None,
) -> Finding:
    """What is told of a dialogue that did not go as written.

    Args:
        conversation: the dialogue.
        failed: where it went otherwise.
        versions: what is said before and after the change.
        line: where the dialogue stands in its file.
        live: where it goes otherwise with what is live, if it does.
    """
    name = conversation.name.partition(": ")[2]
    lines = [f"the dialogue “{name}” went otherwise", *failed.transcript, *_lacks(failed.missed)]
    old = versions.old(failed.missed)
    known = live is not None and failed.was(live)
    danger = any(map(_is_danger, failed.missed))
    if danger:
        mend = "A sign of danger is not noticed as it has to be. This stops every change"
        mend += ": with what patients get today it is so as well." if known else "."
        mend += " Mend the words of the red flag, or have a programmer look."
    elif known:
        mend = "It does so with what patients get today as well: this change is not the cause."
    elif old:
        mend = f"This dialogue expects the old words of {' and '.join(old)}. If the new ones are "
        mend += "right, have a programmer change the dialogue."
    else:
        mend = "Look which of your changes did it: a new example, an answer, or a button."
        if live is not None:
            mend += " With what patients get today the dialogue goes otherwise, too, but not so."
    severity = Severity.WARNING if (known or old) and not danger else Severity.ERROR
    path = f"{FOLDER}/{conversation.file}"
    return Finding(path, line, "\n".join(lines), mend, severity, known=known)


def _is_danger(missed: Missed) -> bool:
    """Whether it is a level that asks for help and was not given."""
    values = missed.expected if isinstance(missed.expected, list) else [missed.expected]
    return missed.name in LEVELS and Level.NONE.value not in values


def _lacks(missed: Sequence[Missed]) -> Iterator[str]:
    for one in missed:
        values = one.expected if isinstance(one.expected, list) else [one.expected]
        yield f"→ {EXPECTED[one.name]}: {', '.join(map(str, values))}"


def _holding(texts: Texts, words: str) -> list[str]:
    """The files in whose texts words stand."""
    wanted = words.lower()
    return list(dict.fromkeys(t.path for t in texts.values() if wanted in t.text.lower()))
