"""Whether a tired, frightened person can read it: grade, length of sentences and messages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import textstat

from content.lint.entries import Entry, Text
from content.lint.problems import Place, Problem, error
from content.lint.project import Project

GRADE = 6.0
EMERGENCY_GRADE = 5.0
SENTENCE_WORDS = 25
MESSAGE_WORDS = 75
ANSWER_MESSAGES = 3
TITLE_LETTERS = 42

EMERGENCY = "{emergency}"
# What stands in for the placeholders while reading is measured.
SAMPLES = {EMERGENCY: "999", "{advice_line}": ""}

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n+")
SHORTER = "Use shorter sentences and everyday words."


def check(project: Project) -> Iterator[Problem]:
    """Texts that are too hard or too long, titles too long for a button."""
    for topic in project.topics.values():
        yield from _count(topic)
    for place, messages in said(project):
        yield from _hard(place, messages)
        for message in messages:
            yield from _long(message)
    for entry in project.speakers:
        title = entry.text("title")
        if title and len(title.words) > TITLE_LETTERS:
            wrong = f"the title has {len(title.words)} letters; a button holds {TITLE_LETTERS}"
            yield error(title.place, wrong, "Shorten it.")


def said(project: Project) -> Iterator[tuple[Place, list[Text]]]:
    """What Dorsi says, one text at a time: its place and its messages."""
    for topic in project.topics.values():
        yield topic.place("answer"), topic.texts("answer")
        see_someone = topic.text("see_someone")
        if see_someone:
            yield see_someone.place, [see_someone]
    for entry in (*project.acts.values(), *project.texts.values()):
        yield entry.place("reply"), entry.texts("reply")


def grade(messages: Sequence[str]) -> float:
    """The US Flesch-Kincaid grade of messages read one after the other."""
    lines = [line.strip() for message in messages for line in filled(message).splitlines()]
    # A line of a list is read as a sentence, though it has no full stop.
    sentences = [line if line[-1] in ".!?" else f"{line}." for line in lines if line]
    return float(textstat.flesch_kincaid_grade(" ".join(sentences))) if sentences else 0.0


def _count(topic: Entry) -> Iterator[Problem]:
    answer = topic.body.get("answer")
    if isinstance(answer, list) and not 1 <= len(answer) <= ANSWER_MESSAGES:
        wrong = f"the answer has {len(answer)} messages"
        yield error(topic.place("answer"), wrong, f"Make it 1 to {ANSWER_MESSAGES} messages.")


def _hard(place: Place, messages: Sequence[Text]) -> Iterator[Problem]:
    measured = grade([message.words for message in messages])
    if measured > GRADE:
        yield error(place, f"reading grade {measured:g}; the most is {GRADE:g}", SHORTER)
    for message in messages:
        measured = grade([message.words])
        if EMERGENCY in message.words and measured > EMERGENCY_GRADE:
            wrong = f"reading grade {measured:g} beside the emergency number"
            yield error(message.place, f"{wrong}; the most is {EMERGENCY_GRADE:g}", SHORTER)


def _long(message: Text) -> Iterator[Problem]:
    words = count_words(message.words)
    if words > MESSAGE_WORDS:
        wrong = f"the message has {words} words; the most is {MESSAGE_WORDS}"
        yield error(message.place, wrong, "Cut it, or make two messages of it.")
    for sentence in sentences(filled(message.words)):
        words = count_words(sentence)
        if words > SENTENCE_WORDS:
            beginning = " ".join(sentence.split()[:5])
            wrong = f'the sentence "{beginning} ..." has {words} words; the most is'
            yield error(message.place, f"{wrong} {SENTENCE_WORDS}", "Make two sentences of it.")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line is one too."""
    return _SENTENCE_END.split(text)


def hard(
    text: Text, samples: Mapping[str, str], limit: float, fewest: int = 1
) -> Iterator[Problem]:
    """What makes one text hard to read.

    Args:
        text: the text.
        samples: what stands in for its placeholders.
        limit: the highest grade it may have.
        fewest: a text of fewer words has no grade that means anything.
    """
    words = filled(text.words, samples)
    measured, count = grade([words]), count_words(words)
    if measured > limit and count >= fewest:
        wrong = f"reading grade {measured:g}; the most is {limit:g}"
        yield error(text.place, wrong, SHORTER)
    if count > MESSAGE_WORDS:
        wrong = f"the text has {count} words; the most is {MESSAGE_WORDS}"
        yield error(text.place, wrong, "Cut it.")
    if any(count_words(sentence) > SENTENCE_WORDS for sentence in sentences(words)):
        wrong = f"a sentence has more than {SENTENCE_WORDS} words"
        yield error(text.place, wrong, "Make two sentences of it.")


def count_words(text: str) -> int:
    """Words with a letter or figure in them: the dash of a list is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def filled(text: str, samples: Mapping[str, str] = SAMPLES) -> str:
    """``text`` with what stands in for its placeholders while it is measured."""
    for placeholder, sample in samples.items():
        text = text.replace(placeholder, sample)
    return text
