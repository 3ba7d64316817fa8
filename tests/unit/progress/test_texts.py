"""The texts of ``data/progress.yml``: whole, easy to read, and for every finding."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import yaml
from jsonschema import Draft202012Validator

from actions.progress.course import QUESTIONS
from content.lint.reading import (
    EMERGENCY,
    EMERGENCY_GRADE,
    GRADE,
    SENTENCE_WORDS,
    count_words,
    grade,
    sentences,
)
from content.progress import FILE, the_progress
from diary import chart
from diary.trends import FindingId
from diary.values import FUNCTIONS, HEALING

PROGRESS = the_progress()
SCHEMA = Path(__file__).resolve().parents[3] / "content" / "schema" / "progress.json"
SAMPLES = {
    "{emergency}": "999",
    "{same_day}": "call your doctor",
    "{times}": "3 times",
    "{falls}": "twice",
    "{before}": "once",
    "{visits}": "3 times",
    "{signs}": "your balance",
}


def filled(text: str) -> str:
    for name, sample in SAMPLES.items():
        text = text.replace(name, sample)
    for name in ("days", "n", "pain", "first", "second", "seconds", "best"):
        text = text.replace(f"{{{name}}}", "4")
    return text


def said() -> Iterator[str]:
    for question in PROGRESS.questions.values():
        yield from (question.ask, question.ask_again, question.why)
    yield from PROGRESS.texts.values()
    yield from PROGRESS.findings.values()
    yield from (line for one in PROGRESS.lines.values() for line in (one.some, one.none) if line)


@pytest.mark.parametrize("text", said())
def test_it_is_easy_to_read(text: str) -> None:
    words = filled(text)
    assert "{" not in words
    assert grade([words]) <= (EMERGENCY_GRADE if EMERGENCY in text else GRADE)
    assert max(count_words(one) for one in sentences(words)) <= SENTENCE_WORDS


def test_the_file_fits_its_schema() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    body = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(body))


def test_every_finding_has_a_text() -> None:
    assert set(get_args(FindingId)) <= PROGRESS.findings.keys()


def test_every_answer_has_a_button_and_every_sign_its_words() -> None:
    assert list(PROGRESS.questions) == [step.value for step in QUESTIONS]
    values = {name: {one.value for one in q.choices} for name, q in PROGRESS.questions.items()}
    assert values["function"] == FUNCTIONS
    assert values["healing"] == HEALING == PROGRESS.signs.keys()


def test_the_chart_has_all_its_words() -> None:
    assert PROGRESS.chart.keys() == set(chart.WORDS)
