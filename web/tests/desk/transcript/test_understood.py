"""A note in the words of the page."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from desk.catalogue import Catalogue, RedFlag
from desk.transcript.marks import Mark, Sign
from desk.transcript.understood import places, understood
from records import note
from records.words import Level
from tests.desk.talks import understood as written

CATALOGUE = Catalogue(
    topics={"causes/stroke": "Stroke", "causes/ms": "MS"},
    acts={"greet": "Greeting"},
    flags={"dvt": RedFlag("A clot", Level.URGENT)},
)
JSON = some.recursive(
    some.none() | some.booleans() | some.floats() | some.text(max_size=8),
    lambda part: some.lists(part, max_size=3) | some.dictionaries(some.text(max_size=5), part),
    max_leaves=8,
)
FIELDS = some.sampled_from(sorted(note.Note.model_fields))


@given(JSON | some.dictionaries(FIELDS, JSON))
def test_whatever_a_note_is_it_can_be_shown(stored: Any) -> None:
    found = note.read(stored)
    understood(found, CATALOGUE)
    list(places(found))


def test_a_note_says_what_was_understood() -> None:
    found = understood(note.read(written()), CATALOGUE)
    assert (found.topic, found.confidence) == ("Stroke", 0.93)
    assert [(one.title, one.share) for one in found.runners] == [
        ("MS", 0.04),
        ("what_is/steppage", 0.01),
    ]
    facts = dict(found.facts)
    assert facts["policy"] == "RulePolicy"
    assert facts["changed"] == "topic: causes/stroke"
    assert facts["time"] == "41 ms (screening 6, Rasa 31)"


def test_flags_are_told_apart_from_those_dropped_and_why() -> None:
    flags = [
        {"id": "dvt", "level": "urgent", "status": "kept", "told": True, "reason": "calf .. swell"},
        {"id": "odd", "level": "soon", "status": "dropped", "reason": "x", "chance": 0.03},
    ]
    found = understood(note.read({"flags": flags}), CATALOGUE)
    (kept,), (dropped,) = found.flags, found.dropped
    assert (kept.title, kept.level, kept.is_told) == ("A clot", Level.URGENT, True)
    assert (dropped.title, dropped.why) == ("odd", "x (second opinion: 3%)")


def test_what_an_earlier_release_dropped_is_there_too() -> None:
    stored = {"triage_dropped": [{"id": "dvt", "level": "urgent", "reason": "a rule"}]}
    (dropped,) = understood(note.read(stored), CATALOGUE).dropped
    assert (dropped.title, dropped.level, dropped.why) == ("A clot", Level.URGENT, "a rule")


def test_the_words_of_a_flag_are_marked_piece_by_piece() -> None:
    flags = [{"id": "dvt", "start": 3, "end": 20, "spans": [[3, 7], [15, 20]]}]
    assert list(places(note.read({"flags": flags}))) == [
        Mark(3, 7, Sign.FLAG),
        Mark(15, 20, Sign.FLAG),
    ]


def test_what_a_slot_holds_is_masked() -> None:
    stored = {"slots": {"name": "write to ann@example.org", "exercise": {"step": 2}, "a": None}}
    changed = dict(understood(note.read(stored), CATALOGUE).facts)["changed"]
    assert changed == "name: write to [email]; exercise: step 2; a: none"


def test_what_waits_for_an_answer_is_never_shown() -> None:
    found = understood(note.read(written()), CATALOGUE)
    assert "words of the patient" not in str(found)
