"""Content files are changed where something changes, and nowhere else."""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from editing.broken import BrokenYaml
from editing.documents import CannotEdit, Document, new
from editing.shapes import Key

DATA = Path(__file__).resolve().parents[3] / "data"
FILES = sorted(DATA.rglob("*.yml"))
HARD = (
    *("no", "on", "999", "116 123", "2026-12-31", "y", "null", "", " with space ", "# none"),
    *("- a dash", "a: colon", "it's, [a] {b}", 'she said "yes"', "two\nlines", "back\\slash"),
    *("two\n\nparts: # all\n  moved", "\nempty first", "ends\n", "é☃𝄞", "a\tb", "|", "@x", "%"),
)
SAMPLE = """\
# A head.
id: sample
title: 'In quotes' # why
answer:
  - One. # first
  # On the second:
  - "Two."
  - |-
    Three
    lines.
follow_ups: [a/b, c/d]
say:
  emergency: {advice: "Call {emergency} now."}
steps:
  - say: Sit.
    # Only to say:
    explain: Sit down.
  - say: Stand.
    explain: Stand up.
reviewed: "2026-11-21"
"""


def keys(value: Any, key: Key = ()) -> Iterator[Key]:
    """All keys of a value, but of lists of texts only the list's."""
    if isinstance(value, dict):
        parts: Any = value.items()
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        parts = ((str(number), item) for number, item in enumerate(value))
    else:
        return
    for name, part in parts:
        yield (*key, name)
        yield from keys(part, (*key, name))


def changed_lines(before: str, after: str) -> list[str]:
    """What a change took out and put in."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(DATA)))
def test_a_change_that_is_taken_back_leaves_the_file_the_same_byte_for_byte(file: Path) -> None:
    before = file.read_bytes().decode("utf-8")
    document = Document.parse(before)
    every = list(keys(document.value()))
    for key in every[:: max(1, len(every) // 6)]:
        value, part = document.value(key), document.get_yaml(key)
        match value:
            case str():
                document.set(key, f"{value} more")
            case [*texts] if texts and all(isinstance(text, str) for text in texts):
                document.set(key, [*texts, "more"])
        if value != document.value(key):
            document.set(key, value)
        document.set_yaml(key, part)
        assert document.text() == before, key
    assert document.text().encode("utf-8") == file.read_bytes()


@pytest.mark.parametrize("file", FILES[::9], ids=lambda file: str(file.relative_to(DATA)))
def test_every_kind_of_text_can_stand_in_every_file(file: Path) -> None:
    before = file.read_text(encoding="utf-8")
    texts = [key for key in keys(Document.parse(before).value())][::20]
    for number, key in enumerate(texts):
        document = Document.parse(before)
        document.set(key, HARD[number % len(HARD)])
        assert document.get(key) == HARD[number % len(HARD)]
        document.set(key, list(HARD))
        assert document.get(key) == list(HARD)


@pytest.mark.parametrize("text", HARD)
@pytest.mark.parametrize("key", [("title",), ("say", "emergency", "advice"), ("steps", "0", "say")])
def test_a_text_stays_that_text_whatever_yaml_would_make_of_it(key: Key, text: str) -> None:
    document = Document.parse(SAMPLE)
    document.set(key, text)
    assert document.get(key) == text
    assert Document.parse(document.text()).get(key) == text


def test_only_the_changed_line_differs_and_its_quotes_and_comment_stay() -> None:
    document = Document.parse(SAMPLE)
    document.set(("title",), "It's new")
    assert changed_lines(SAMPLE, document.text()) == [
        "- title: 'In quotes' # why",
        "+ title: 'It''s new' # why",
    ]


def test_items_of_a_list_come_and_go_alone() -> None:
    document = Document.parse(SAMPLE)
    document.set(("answer",), ["New.", "One.", "Three\nlines.", "no"])
    assert changed_lines(SAMPLE, document.text()) == [
        "+   - New.",
        '-   - "Two."',
        '+   - "no"',
    ]


def test_a_list_between_brackets_stays_one() -> None:
    document = Document.parse(SAMPLE)
    document.set(("follow_ups",), ["c/d", "e/f"])
    assert "follow_ups: [c/d, e/f]\n" in document.text()
    document.set(("follow_ups",), [])
    assert "follow_ups: []\n" in document.text()
    document.set(("follow_ups",), ["g/h"])
    assert "follow_ups: [g/h]\n" in document.text()


def test_what_is_new_goes_where_the_house_has_it() -> None:
    document = Document.parse(SAMPLE)
    document.set(("see_someone",), "Today.")
    document.set(("say", "emergency", "reason"), "It may be a stroke, or not.")
    document.set(("say", "soon", "advice"), "Ask: soon.")
    lines = document.text().splitlines()
    assert lines[lines.index("see_someone: Today.") + 1].startswith("follow_ups")
    assert '{advice: "Call {emergency} now.", reason: "It may be a stroke, or not."}' in lines[13]
    assert lines[14:16] == ["  soon:", '    advice: "Ask: soon."']


def test_keys_lead_through_lists_by_number_or_by_id() -> None:
    document = Document.parse(SAMPLE)
    document.set(("steps", "1", "explain"), "Up.")
    document.set_yaml(("steps", "2"), "# Last.\nsay: Walk.\nexplain: Go.")
    assert document.get(("steps", "1", "explain")) == "Up."
    assert document.value(("steps", "2")) == {"say": "Walk.", "explain": "Go."}
    named = Document.parse("questions:\n  - id: one\n    ask: A?\n  - id: two\n    ask: B?\n")
    named.set(("questions", "two", "ask"), "C?")
    assert named.get(("questions", "1", "ask")) == "C?"
    with pytest.raises(CannotEdit):
        named.set(("questions", "three", "ask"), "C?")


def test_a_part_as_yaml_keeps_its_comments() -> None:
    document = Document.parse(SAMPLE)
    part = document.get_yaml(("steps",))
    assert part.splitlines()[:2] == ["- say: Sit.", "  # Only to say:"]
    document.set_yaml(("steps",), part.replace("Sit down.", "Down."))
    assert changed_lines(SAMPLE, document.text()) == [
        "-     explain: Sit down.",
        "+     explain: Down.",
    ]


def test_what_is_taken_out_leaves_the_comments_above_it() -> None:
    document = Document.parse(SAMPLE)
    document.remove(("say",))
    document.remove(("steps", "0", "say"))
    document.remove(("answer", "1"))
    document.remove(("not there",))
    text = document.text()
    assert "say:\n" not in text and "  # On the second:\n  - |-\n" in text
    assert document.value(("steps", "0")) == {"explain": "Sit down."}


def test_the_last_part_that_goes_leaves_the_whole_empty() -> None:
    document = Document.parse("a:\n  b: c\nd:\n  - e\n")
    document.remove(("a", "b"))
    document.remove(("d", "0"))
    assert document.text() == "a: {}\nd: []\n"
    document.set(("a", "new"), "x")
    document.set_yaml(("d", "0"), "y: z")
    assert document.text() == "a:\n  new: x\nd:\n  - y: z\n"


def test_a_comment_below_an_item_and_further_in_belongs_to_it() -> None:
    text = "a:\n  - b: c\n    # note: of c\n  - d: e\n    # note: of e\n# of f\nf: g\n"
    document = Document.parse(text)
    assert document.get_yaml(("a",)).endswith("  # note: of e")
    document.set_yaml(("a", "2"), "h: i")
    assert document.text() == text.replace("of e\n", "of e\n  - h: i\n")
    document.remove(("a", "0"))
    document.remove(("a", "1"))
    assert document.text() == "a:\n  - d: e\n    # note: of e\n# of f\nf: g\n"


def test_lines_are_told_for_keys() -> None:
    document = Document.parse(SAMPLE)
    assert document.line_of(("title",)) == 3
    assert document.line_of(("steps", "0", "explain")) == 17
    assert document.line_of(("gone",)) is None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: b: c\n", 1, "in quotes"),
        ("a: b\n- c\n", 2, "cannot be read"),
        ("- a\n", 1, "name: value"),
        ("a: !!python/none x\n", 1, "in quotes"),
        ("a: b\nc: \x07\n", 2, "Type the text again"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_a_mend(
    text: str, line: int, says: str
) -> None:
    with pytest.raises(BrokenYaml, match=says) as error:
        Document.parse(text)
    assert error.value.line == line


def test_a_change_that_reaches_further_than_its_key_is_refused() -> None:
    document = Document.parse("a: [one]\na: [two]\n")
    with pytest.raises(CannotEdit):
        document.remove(("a",))
    assert document.text() == "a: [one]\na: [two]\n"


def test_lines_keep_how_they_end() -> None:
    document = Document.parse("a: b\r\nc:\r\n  - d\r\n")
    document.set(("c",), ["d", "e"])
    assert document.text() == "a: b\r\nc:\r\n  - d\r\n  - e\r\n"


def test_a_new_topic_is_written_in_the_houses_order() -> None:
    parts = {
        "sources": ["a-source"],
        "answer": ["Yes."],
        "id": "brace/new",
        "examples": ["one", "no"],
        "reviewed": "2026-11-22",
        "title": "New",
    }
    assert new(parts).text() == (
        'id: brace/new\ntitle: New\nexamples:\n  - one\n  - "no"\n'
        'answer:\n  - Yes.\nsources: [a-source]\nreviewed: "2026-11-22"\n'
    )


def test_an_equals_sign_alone_is_put_in_quotes_as_the_contents_reader_wants_it() -> None:
    document = Document.parse("answer: [one]\n")
    document.set(("answer",), ["="])
    assert yaml.safe_load(document.text()) == {"answer": ["="]}
