"""The note beside the replies: what is kept of a turn for staff, and that patients never see it."""

import json
import tomllib
from typing import Any

import pytest
import triage
import yaml
from triage import Flag, Level, Screening

from gateway import VERSION
from gateway.notes import COMMANDS, DROPPED, NOTE
from records.note import Note, read
from tests.conftest import WEB, FakeRasa, Patient, answer, turn
from tests.hearing import EMERGENCY, HARMLESS, SUICIDE, URGENT

RELEASE = "dorsi-0123456789abcdef"
RANKING = [["causes/stroke", 0.81234567], ["greet", 0.1], ["privacy", 0.05], ["a", 0.02], ["b", 0]]
UNDERSTANDING = {
    **{"decision": "answer", "label": "causes/stroke", "confidence": 0.81234567},
    **{"topic": "causes/stroke", "candidates": [], "also": [], "statement": False, "text": None},
    "ranking": RANKING,
}
ACCOUNT = {
    **{"intent": "causes", "policy": "RulePolicy", "action": "action_answer", "loop": None},
    **{"slots": {"topic": "causes/stroke"}, "why": None, "threshold": 0.75},
}


def whole(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A turn as Rasa tells of it."""
    said = {"understanding": UNDERSTANDING, "account": ACCOUNT, "release": RELEASE, **more}
    return {**turn(*(messages or (answer(),))), **said}


@pytest.fixture
def noted(stored: Any) -> Any:
    """The notes of a session, in order."""

    async def notes() -> list[Note]:
        rows = await stored("SELECT understanding FROM messages ORDER BY seq")
        return [read(json.loads(note)) for (note,) in rows if note]

    return notes


def words(text: str, flag: Any) -> str:
    """What the places of a flag in a text say."""
    return text[flag.start : flag.end]


async def test_an_answer_is_kept_with_what_led_to_it(
    patient: Patient, rasa: FakeRasa, noted: Any
) -> None:
    rasa.says = whole()
    await patient.say(HARMLESS)
    [note] = await noted()
    assert (note.answered_by, note.outcome, note.result) == ("rasa", "answered", "answered")
    assert (note.label, note.confidence, note.threshold) == ("causes/stroke", 0.8123, 0.75)
    assert note.ranking == [("causes/stroke", 0.8123), *map(tuple, RANKING[1:4])]
    assert (note.policy, note.action, note.intent) == ("RulePolicy", "action_answer", "causes")
    assert (note.slots, note.loop, note.why) == ({"topic": "causes/stroke"}, None, None)
    assert (note.release, note.gateway) == (RELEASE, VERSION)


@pytest.mark.parametrize(
    ("kind", "result", "why"),
    [
        ("clarify", "clarified", "below_threshold"),
        ("fallback", "fallback", "below_threshold"),
        ("question", "answered", None),
    ],
)
async def test_what_the_answer_was_to_the_patient_is_kept_with_its_reason(
    patient: Patient, rasa: FakeRasa, noted: Any, kind: str, result: str, why: str | None
) -> None:
    rasa.says = whole(answer(kind=kind), account={**ACCOUNT, "why": "below_threshold"})
    await patient.say(HARMLESS)
    [note] = await noted()
    assert (note.result, note.why) == (result, why)


async def test_of_words_to_the_coach_only_their_places_are_kept(
    patient: Patient, rasa: FakeRasa, noted: Any, stored: Any
) -> None:
    read_as = [
        ["did seven, it aches", [["count", 0.6], ["next", 0.3]]],
        ["did seven", [["count", 0.9]]],
        ["it aches", [["ache", 0.8]]],
        ["tidied away", [["next", 0.8]]],
    ]
    rasa.says = whole(understanding={**UNDERSTANDING, COMMANDS: read_as})
    await patient.say("did seven, it aches")
    [note] = await noted()
    assert [(one.label, one.start, one.end) for one in note.commands] == [
        ("count", 0, 19), ("count", 0, 9), ("ache", 11, 19), ("next", None, None),
    ]  # fmt: skip
    rows = await stored("SELECT understanding FROM messages WHERE understanding IS NOT NULL")
    assert "aches" not in rows[0][0]


async def test_what_is_not_known_of_a_note_is_not_kept_and_what_is_malformed_harms_nothing_else(
    patient: Patient, rasa: FakeRasa, stored: Any
) -> None:
    wrong = {"label": 5, "ranking": "none", "confidence": "x", COMMANDS: [["did", []]]}
    rasa.says = whole(
        understanding={**UNDERSTANDING, **wrong, "words": "my secret"},
        account={"policy": ["x"], "slots": [], "action": "action_answer", "flags": "mine"},
        release={"not": "a name"},
    )
    await patient.say(HARMLESS)
    [(note,)] = await stored("SELECT understanding FROM messages WHERE understanding IS NOT NULL")
    kept = json.loads(note)
    assert (kept["action"], kept["topic"]) == ("action_answer", "causes/stroke")
    assert not kept.keys() & {*wrong, "words", "policy", "slots", "flags", "release"}


async def test_an_emergency_is_kept_with_the_place_of_its_words_and_who_answered(
    patient: Patient, rasa: FakeRasa, noted: Any, stored: Any
) -> None:
    await patient.say(f"  Since noon {EMERGENCY}, and\nI cannot speak ")
    [note] = await noted()
    assert (note.answered_by, note.outcome, note.gateway) == ("gateway", "escalated", VERSION)
    assert (note.release, note.result, note.decision, rasa.received) == (None, None, None, [])
    [(text,)] = await stored("SELECT text FROM messages WHERE direction = 'patient'")
    stroke = next(flag for flag in note.flags if flag.id == "stroke")
    assert (stroke.level, stroke.status, stroke.told) == ("emergency", "kept", True)
    assert words(text, stroke) in EMERGENCY
    assert stroke.reason
    assert stroke.chance is not None and stroke.chance > 0.5


async def test_of_the_same_words_said_twice_those_that_count_are_placed(
    patient: Patient, stored: Any, noted: Any
) -> None:
    text = "No face drooping yesterday. Today face drooping."
    found = triage.screen(text)
    assert [one.status.value for one in found.candidates if one.text == "face drooping"][:2] == [
        "negated", "affirmed",
    ]  # fmt: skip
    await patient.say(text)
    [note] = await noted()
    stroke = next(flag for flag in note.flags if flag.id == "stroke")
    assert (stroke.start, stroke.end) == (text.rindex("face drooping"), len(text) - 1)


async def test_advice_before_an_answer_leaves_two_notes_and_the_second_is_whole(
    patient: Patient, rasa: FakeRasa, noted: Any
) -> None:
    rasa.says = whole()
    await patient.say(URGENT)
    begun, note = await noted()
    assert (begun.outcome, begun.flags, begun.answered_by) == ("begun", [], "gateway")
    assert (note.outcome, note.answered_by, note.release) == ("answered", "rasa", RELEASE)
    assert [(flag.id, flag.level, flag.told) for flag in note.flags] == [("dvt", "urgent", True)]
    await patient.say(URGENT)
    [flag] = (await noted())[-1].flags
    assert not flag.told


async def test_how_likely_an_alarm_is_is_kept_of_words_that_raise_none_too(
    patient: Patient, noted: Any
) -> None:
    await patient.say(HARMLESS)
    await patient.say(EMERGENCY)
    quiet, loud = [note.alarm for note in await noted()]
    assert 0 <= quiet < 0.1 < 0.5 < loud <= 1


async def test_a_dropped_flag_is_kept_with_its_place(
    patient: Patient, noted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag = Flag("stroke", Level.EMERGENCY, "my face … fell", "rule: face", 0.01)
    monkeypatch.setattr(triage, "screen", lambda *_: Screening(dropped=(flag,)))
    text = "When I heard it, my face surely fell"
    await patient.say(text)
    [note] = await noted()
    [dropped] = note.flags
    assert (dropped.status, dropped.told, dropped.chance) == ("dropped", False, 0.01)
    assert [text[start:end] for start, end in dropped.spans] == ["my face", "fell"]
    assert words(text, dropped) == "my face surely fell"
    assert note.triage_dropped == [{"id": "stroke", "level": "emergency", "reason": "rule: face"}]


@pytest.mark.parametrize("by_button", [True, False])
async def test_a_flag_that_the_patient_confirmed_is_kept_as_such(
    patient: Patient, noted: Any, monkeypatch: pytest.MonkeyPatch, by_button: bool
) -> None:
    maybe = Flag("stroke", Level.EMERGENCY, "", "by meaning", 0.3)
    monkeypatch.setattr(triage, "screen", lambda *_: Screening(unsure=maybe))
    [question] = await patient.say("my smile is odd")
    monkeypatch.undo()
    if by_button:
        await patient.say(choice=question["buttons"][0]["id"])
    else:
        await patient.say("yes")
    asked, confirmed = await noted()
    assert [(flag.id, flag.status, flag.start) for flag in asked.flags] == [
        ("stroke", "unsure", None)
    ]
    [flag] = confirmed.flags
    assert (flag.id, flag.level, flag.told, flag.chance) == ("stroke", "emergency", True, None)
    assert confirmed.answered_by == "gateway"


async def test_after_a_no_it_is_the_earlier_message_that_was_understood(
    patient: Patient, rasa: FakeRasa, noted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rasa.says = whole()
    maybe = Flag("stroke", Level.EMERGENCY, "", "by meaning", 0.3)
    monkeypatch.setattr(triage, "screen", lambda *_: Screening(unsure=maybe))
    await patient.say("my smile is odd")
    monkeypatch.undo()
    await patient.say("no")
    await patient.say(HARMLESS)
    assert [note.earlier for note in await noted()] == [False, True, False]


@pytest.mark.parametrize(("status", "failure"), [(500, "status 500"), (404, "status 404")])
async def test_where_rasa_gave_no_answer_it_is_kept_why(
    patient: Patient, rasa: FakeRasa, noted: Any, status: int, failure: str
) -> None:
    rasa.status = status
    await patient.say(HARMLESS)
    [note] = await noted()
    assert (note.answered_by, note.outcome, note.failure) == ("gateway", "unavailable", failure)
    assert note.ms is not None and note.ms.rasa is not None


async def test_it_is_kept_how_long_a_turn_took(
    patient: Patient, rasa: FakeRasa, noted: Any
) -> None:
    rasa.seconds = 0.1
    await patient.say(HARMLESS)
    await patient.say(SUICIDE)
    answered, alone = [note.ms for note in await noted()]
    assert answered.total >= answered.rasa >= 100
    assert answered.screen is not None and answered.screen > 0
    assert alone.rasa is None
    assert alone.total >= alone.screen


async def test_what_cannot_be_noted_takes_no_advice_away(
    patient: Patient, noted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("gateway.screening.flagged", fail)
    assert (await patient.say(EMERGENCY))[0]["level"] == "emergency"
    [note] = await noted()
    assert (note.flags, note.outcome) == ([], "escalated")


@pytest.mark.parametrize(
    "path", ["/api/messages", "/api/transcript", "/api/session", "/api/messages?after=1"]
)
async def test_no_patient_is_shown_a_note(patient: Patient, rasa: FakeRasa, path: str) -> None:
    marked = {"policy": "MarkPolicy", "action": "action_mark", "slots": {"mark": "mark"}}
    rasa.says = whole(
        understanding={**UNDERSTANDING, "label": "mark/label", "ranking": [["mark/label", 0.5]]},
        account={**ACCOUNT, **marked, "why": "mark_why"},
        release="dorsi-mark",
    )
    replies = await patient.send(URGENT)
    shown = replies.text + (await patient.get(path)).text
    assert "It can be." in shown
    assert "mark" not in shown.lower()
    names = {*Note.model_fields} - {"text", "topic", "label"}
    assert not {name for name in names if f'"{name}"' in shown}


async def test_notes_go_with_their_session(patient: Patient, rasa: FakeRasa, stored: Any) -> None:
    rasa.says = whole()
    await patient.say(URGENT)
    await patient.client.delete("/api/session", headers=patient.headers)
    assert await stored("SELECT understanding FROM messages") == []


def test_a_note_of_an_earlier_release_is_read() -> None:
    earlier = {
        **UNDERSTANDING,
        COMMANDS: [["did it", [["next", 0.9]]]],
        NOTE: {"raised": {"dvt": "urgent"}},
        DROPPED: [{"id": "stroke", "level": "emergency", "reason": "rule: face"}],
    }
    note = read(earlier)
    assert (note.label, note.decision, note.triage) == (
        "causes/stroke", "answer", {"raised": {"dvt": "urgent"}},
    )  # fmt: skip
    assert note.triage_dropped[0]["id"] == "stroke"
    assert (note.answered_by, note.flags, note.ms, note.commands) == (None, [], None, [])


@pytest.mark.parametrize("nothing", [None, 5, "x", [], {}])
def test_where_there_is_no_note_an_empty_one_is_read(nothing: Any) -> None:
    assert read(nothing) == Note()


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((WEB / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


EXAMPLES = yaml.safe_load((WEB / "tests" / "notes" / "turns.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example["situation"]))
def test_the_examples_are_notes_as_they_are_written(example: dict[str, Any]) -> None:
    for note in example["notes"]:
        assert read(note).as_json() == note
