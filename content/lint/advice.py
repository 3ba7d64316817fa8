"""Whether what is said around a red flag is short, easy to read, and names whom to call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from content.lint.entries import Entry, Text
from content.lint.problems import Problem, error
from content.lint.project import Project
from content.lint.reading import (
    EMERGENCY,
    EMERGENCY_GRADE,
    GRADE,
    SHORTER,
    count_words,
    grade,
    sentences,
)
from content.lint.wording import unsafe
from triage.model import Level

SAME_DAY, CRISIS = "{same_day}", "{crisis}"
PLACEHOLDERS = (EMERGENCY, SAME_DAY, CRISIS)
CORE = ("advice", "reason", "meanwhile")
CORE_WORDS = 60
QUESTION_WORDS = 35
QUESTION_SENTENCES = 2

_ALARM, _URGENT, _SOON = Level.EMERGENCY.value, Level.URGENT.value, Level.SOON.value
# At least one of these stands in the first sentence of the advice.
_FIRST = {_ALARM: (EMERGENCY,), _URGENT: (SAME_DAY, EMERGENCY)}
# Where somebody may mean to come to harm, there is also somebody to talk to.
_TALK = {
    "suicide_self_harm": (_ALARM, _URGENT, _SOON),
    "overdose_withdrawal": (_ALARM,),
}
_AROUND = {
    ("again", _ALARM): (EMERGENCY,),
    ("again", _URGENT): (SAME_DAY, EMERGENCY),
    ("after", _ALARM): (EMERGENCY,),
    **{("stay", name): (EMERGENCY, CRISIS) for name in (_ALARM, "second", "safe", "unsafe")},
    **{("ask", name): (EMERGENCY,) for name in ("question", "again", "left", "noted")},
}
_DIAGNOSIS = re.compile(r"\byou(?:['\u2019]ve| have)\b(?! not\b)", re.IGNORECASE)

Filling = Mapping[str, str]


class Said(NamedTuple):
    """A text, and the level it is said at."""

    text: Text
    level: str


def check(project: Project) -> Iterator[Problem]:
    """Advice that is hard, long, sounds like a diagnosis or lacks the number to call."""
    if not project.red_flags:
        return
    fillings = _fillings(project)
    for say in _says(project):
        yield from _whom(say)
        yield from _long(say, fillings)
        for text in _texts(say):
            yield from _diagnosis(text)
            yield from _readable(Said(text, say.steps[-1]), fillings)
    for flag in project.red_flags.values():
        question = flag.text("ask")
        if question:
            yield from _question(question, fillings)
            yield from _readable(Said(question, str(flag.body.get("level"))), fillings)
    if project.around_flags.document.readable:
        yield from _around(project.around_flags, fillings)
        for part in ("ask", "stay"):
            yield from _replies(Entry("general", project.around_flags.document, (part,)))


def _says(project: Project) -> Iterator[Entry]:
    """The words of each flag, and the general ones, level by level."""
    for entry in (*project.red_flags.values(), project.around_flags):
        for level in Entry(entry.id, entry.document, ("say",)).body:
            yield Entry(entry.id, entry.document, ("say", level))


def _texts(say: Entry) -> list[Text]:
    return [text for text in map(say.text, say.body) if text]


def _whom(say: Entry) -> Iterator[Problem]:
    """Whom to call has to come first: people stop reading."""
    level, advice = say.steps[-1], say.text("advice")
    numbers = _FIRST.get(level, ())
    if advice and numbers and not any(name in sentences(advice.words)[0] for name in numbers):
        wrong = f"the first sentence of the advice names no {' or '.join(numbers)}"
        mend = f"Begin with whom to call, such as: Please get help now: {numbers[0]}."
        yield error(advice.place, wrong, mend)
    spoken = " ".join(text.words for text in _texts(say))
    if level in _TALK.get(say.id, ()) and CRISIS not in spoken:
        yield error(say.place(), f"nobody to talk to is named: {CRISIS}", f"Add {CRISIS}.")


def _long(say: Entry, fillings: Sequence[Filling]) -> Iterator[Problem]:
    core = " ".join(text.words for name in CORE if (text := say.text(name)))
    words = max(count_words(_filled(core, filling)) for filling in fillings)
    if words > CORE_WORDS:
        wrong = f"advice, reason and meanwhile have {words} words together; the most is"
        yield error(say.place(), f"{wrong} {CORE_WORDS}", "Cut what can wait.")


def _diagnosis(text: Text) -> Iterator[Problem]:
    found = _DIAGNOSIS.search(text.words)
    if found:
        wrong = f'"{found.group()}" sounds like a diagnosis'
        yield error(text.place, wrong, 'Write "this can be a sign of", or "with MS".')


def _readable(said: Said, fillings: Sequence[Filling]) -> Iterator[Problem]:
    most = EMERGENCY_GRADE if said.level == _ALARM else GRADE
    measured = max(grade([_filled(said.text.words, filling)]) for filling in fillings)
    if measured > most:
        wrong = f"reading grade {measured:g}; the most is {most:g}"
        yield error(said.text.place, wrong, SHORTER)
    yield from unsafe(said.text, PLACEHOLDERS)


def _question(question: Text, fillings: Sequence[Filling]) -> Iterator[Problem]:
    words = max(count_words(_filled(question.words, filling)) for filling in fillings)
    if words > QUESTION_WORDS:
        wrong = f"the question has {words} words; the most is {QUESTION_WORDS}"
        yield error(question.place, wrong, "Ask one thing.")
    count = len(sentences(question.words.strip()))
    if count > QUESTION_SENTENCES:
        wrong = f"the question has {count} sentences; the most is {QUESTION_SENTENCES}"
        yield error(question.place, wrong, "Ask one thing.")
    if EMERGENCY not in question.words:
        wrong = f"the question does not name {EMERGENCY}"
        yield error(question.place, wrong, "Say first whom to call in danger.")
    if not question.words.strip().endswith("?"):
        mend = "End with a question that yes or no answers; yes means that the danger is real."
        yield error(question.place, "`ask:` does not end with a question", mend)


def _around(general: Entry, fillings: Sequence[Filling]) -> Iterator[Problem]:
    for (part, name), numbers in _AROUND.items():
        entry = Entry(general.id, general.document, (part,))
        text = entry.text(name)
        if text is None:
            wrong = f"the text `{name}:` of `{part}:` is missing"
            yield error(entry.place(name), wrong, f"Add `{name}:` under `{part}:`, in quotes.")
            continue
        either = name == _URGENT
        lacks = [number for number in numbers if number not in text.words]
        if len(lacks) == len(numbers) if either else lacks:
            wrong = f"the text does not name {' or '.join(lacks)}"
            yield error(text.place, wrong, f"Add {lacks[0]}.")
        yield from _diagnosis(text)
        yield from _readable(Said(text, _level(part, name)), fillings)


def _level(part: str, name: str) -> str:
    """The level at which a text around a flag is said."""
    if part == "ask":
        return _SOON
    return _URGENT if name == _URGENT else _ALARM


def _replies(ask: Entry) -> Iterator[Problem]:
    """Words that YAML takes for something else: no reply is understood while one is there."""
    for key in ("yes", "whole_yes", "no", "tail"):
        for index, word in enumerate(ask.items(key)):
            if not isinstance(word, str):
                wrong = f"an entry of `{key}:` is read as {str(word).lower()}, not as a word"
                yield error(ask.place(key, index), wrong, "Put it in quotes.")


def _fillings(project: Project) -> list[Filling]:
    """What stands in for the placeholders, for each region."""
    crisis = Entry("", project.around_flags.document, ("crisis",))
    line, nobody = (crisis.text(name) for name in ("line", "none"))
    found: list[Filling] = []
    for region in project.regions.values():
        emergency, same_day = region.text("emergency"), region.text("same_day")
        lines = [
            line.words.replace("{name}", str(one.get("name"))).replace(
                "{number}", str(one.get("number"))
            )
            for one in region.items("crisis_lines")
            if line and isinstance(one, dict)
        ]
        found.append(
            {
                EMERGENCY: emergency.words if emergency else "",
                SAME_DAY: same_day.words if same_day else "",
                CRISIS: " ".join(lines) or (nobody.words if nobody else ""),
            }
        )
    return found or [{}]


def _filled(text: str, filling: Filling) -> str:
    for placeholder, words in filling.items():
        text = text.replace(placeholder, words)
    return text
