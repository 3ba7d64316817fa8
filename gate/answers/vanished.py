"""Warnings that a change takes away: a number to call, or when to see somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from content.lint.problems import Severity
from gate.answers.spoken import Key, Spoken
from gate.reasons import agree, named, say_so
from gate.report import Finding

PLACEHOLDERS = ("{emergency}", "{same_day}", "{crisis}", "{advice_line}")
WARNING = "see_someone"
GROWN, WORDS = 1.5, 30
"""An answer that is so many times as long, and by so many words, is worth a look."""

Texts = Mapping[tuple[str, Key], Spoken]


def vanished(before: Texts, after: Texts, reason: str) -> Iterator[Finding]:
    """Warnings of the live content that a change no longer gives."""
    files = {path for path, _ in after}
    for (path, key), was in before.items():
        if path not in files:
            continue
        now = after.get((path, key))
        text = now.text if now else ""
        gone = [name for name in PLACEHOLDERS if name in was.text and name not in text]
        line = now.line if now else 1
        if gone:
            wrong = f"{_field(key)} no longer says {' and '.join(gone)}: whom to call is gone"
            yield _stop(path, line, key, wrong, f"Put {gone[0]} back where it stood.", reason)
        elif key == (WARNING,) and now is None:
            wrong = f"{_field(key)} is gone: nobody is told when to see somebody any more"
            mend = f"Put it back: “{was.text}”"
            yield _stop(path, line, key, wrong, mend, reason)


def grown(before: Texts, after: Texts) -> Iterator[Finding]:
    """Answers that became much longer."""
    for (path, key), now in after.items():
        was = before.get((path, key))
        words, then = len(now.text.split()), len(was.text.split()) if was else 0
        if was and key == ("answer",) and words > GROWN * then and words > then + WORDS:
            wrong = f"the answer has {words} words, {then} before"
            mend = "Cut what can wait, or make a topic of its own of it."
            yield Finding(path, now.line, wrong, mend, Severity.WARNING, key)


def _stop(path: str, line: int, key: Key, wrong: str, mend: str, reason: str) -> Finding:
    name = re.sub(r"^data/(?:topics/)?|\.yml$", "", path).removeprefix("red_flags/")
    if named(reason, name):
        return Finding(path, line, wrong, agree(), Severity.WARNING, key)
    return Finding(path, line, wrong, f"{mend} {say_so(name)}", key=key)


def _field(key: Key) -> str:
    return f"`{' → '.join(key)}`"
