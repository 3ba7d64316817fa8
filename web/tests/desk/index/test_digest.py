"""What is known of a conversation at a glance."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desk.index.digest import Digest, digest, made_by
from desk.index.openings import LONGEST
from desk.index.told import Place
from tests.desk.index.saying import BEGAN, MASK, Talk, note, raised, reply


def made(talk: Talk) -> Digest:
    found = digest(talk.visit, talk.lines, talk.opinions, MASK)
    assert found is not None
    return found


def test_a_session_in_which_the_patient_said_nothing_is_no_conversation() -> None:
    talk = Talk().welcome()
    assert digest(talk.visit, talk.lines, [], MASK) is None


def test_a_plain_conversation() -> None:
    talk = Talk(chain="c", region="DE").welcome()
    talk.say("why does my foot drop", reply(note=note(0.7, release="dorsi-1")))
    talk.say("and a brace?", reply(topic="devices/afo", note=note(0.6, release="dorsi-2")))
    row = made(talk).row
    assert dict(row) == {
        "session_id": "s1",
        "chain": "c",
        "region": "DE",
        "began_at": BEGAN,
        "last_at": talk.lines[-1].at,
        "release": "dorsi-2",
        "turns": 2,
        "answered": 2,
        "clarified": 0,
        "fallbacks": 0,
        "liked": 0,
        "disliked": 0,
        "exercises_begun": 0,
        "exercises_done": 0,
        "level": 0,
        "level_at": None,
        "confidence": 0.6,
        "sureness": 0.6,
        "doubt": 0.0,
        "unfinished": None,
        "opening": "why does my foot drop",
        "last_seq": 5,
        "made_by": made_by(MASK),
    }


def test_a_change_of_the_masking_makes_all_digests_out_of_date() -> None:
    later = type(MASK)(MASK.spans, MASK.masked, MASK.version + 1)
    assert made_by(later) != made_by(MASK)


def test_replies_are_counted_by_turn() -> None:
    talk = Talk().say("a b", reply("clarify"), reply("clarify")).say("cc", reply("fallback"))
    talk.say("dd", reply(), reply("question"))
    row = made(talk).row
    assert (row["answered"], row["clarified"], row["fallbacks"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("replies", "level"),
    [
        ([reply("answer", "emergency")], 0),
        ([reply("notice", "soon")], 0),
        ([reply("escalation", "urgent"), reply()], 2),
        ([reply("escalation", "urgent"), reply("escalation", "emergency")], 3),
        ([reply("escalation", "of the moon")], 0),
        ([reply("notice", "soon", note=raised(weaker="soon"))], 1),
        ([reply("notice", note=raised(weaker="none"))], 0),
    ],
)
def test_the_level_is_that_of_escalations_and_red_flags(
    replies: list[dict[str, Any]], level: int
) -> None:
    assert made(Talk().say("help", *replies)).row["level"] == level


def test_the_level_is_dated_when_it_was_first_told() -> None:
    talk = Talk().say("a", reply("escalation", "urgent")).say("b", reply("escalation", "emergency"))
    talk.say("c", reply("escalation", "emergency"))
    assert made(talk).row["level_at"] == talk.lines[3].at


def test_a_red_flag_has_its_highest_level_and_its_first_moment() -> None:
    talk = Talk().say("a", reply("escalation", "urgent", note=raised(cauda="urgent")))
    talk.say("b", reply(note=raised(cauda="urgent")))
    talk.say("c", reply("escalation", "emergency", note=raised(cauda="emergency", fever="none")))
    ((name, flag),) = made(talk).flags.items()
    assert (name, flag.level, flag.at) == ("cauda", 3, talk.lines[1].at)


@pytest.mark.parametrize(
    ("said", "opening"),
    [
        (["hello", "my toes drag"], "my toes drag"),
        (["hello"], "hello"),
        (["???", "toes"], "toes"),
        (["👍"], "👍"),
        (["  many\n\n lines \t here "], "many lines here"),
        (["call me on 0770090 soon"], "call me on *** soon"),
    ],
)
def test_the_opening_is_the_first_message_that_tells_something(
    said: list[str], opening: str
) -> None:
    talk = Talk()
    for text in said:
        talk.say(text, reply("smalltalk" if text == "hello" else "answer"))
    assert made(talk).row["opening"] == opening


def test_a_button_opens_a_conversation_in_which_nothing_was_typed() -> None:
    talk = Talk().say("Exercises", reply(), choice="b1")
    assert made(talk).row["opening"] == "Exercises"
    assert made(talk.say("my toes drag", reply())).row["opening"] == "my toes drag"


def test_the_opening_is_short_and_ends_with_a_whole_word() -> None:
    opening = made(Talk().say("word " * 100, reply())).row["opening"]
    assert len(opening) <= LONGEST
    assert opening.endswith("word…")
    assert len(made(Talk().say("w" * 500, reply())).row["opening"]) == LONGEST


def test_a_red_flag_opens_with_the_message_that_raised_it() -> None:
    talk = Talk().say("my toes drag", reply())
    talk.say("I feel low", reply("escalation", "urgent", note=raised(low="urgent")))
    talk.say("I am numb", reply("escalation", "emergency", note=raised(numb="emergency")))
    assert made(talk).row["opening"] == "I am numb"


def test_a_flag_that_was_asked_about_opens_with_the_message_before_the_question() -> None:
    asking = {"triage": {"asked": {"flag": "numb", "level": "emergency", "text": "odd down there"}}}
    talk = Talk().say("it is odd down there", reply("question", "soon", note=asking))
    assert made(talk).row["unfinished"] == "red_flag"
    talk.say("Yes", reply("escalation", "emergency", note=raised(numb="emergency")), choice="b")
    assert made(talk).row["opening"] == "it is odd down there"
    assert made(talk).row["unfinished"] is None


@pytest.mark.parametrize(
    ("replies", "choice", "confidence"),
    [
        ([reply(note=note(0.4))], None, 0.4),
        ([reply("clarify", note=note(0.2))], None, 0.2),
        ([reply(note=note(1.0))], "b1", None),
        ([reply("question", note=note(0.1))], None, None),
        ([reply("fallback", note=note(0.0, label=""))], None, None),
        ([reply("escalation", note=raised()), reply(note=note(0.3))], None, 0.3),
        ([], None, None),
    ],
)
def test_the_confidence_is_of_typed_messages_that_were_judged(
    replies: list[dict[str, Any]], choice: str | None, confidence: float | None
) -> None:
    assert made(Talk().say("toes", *replies, choice=choice)).row["confidence"] == confidence


def test_the_confidence_is_the_lowest() -> None:
    talk = Talk()
    for sure in (0.9, 0.35, 0.8):
        talk.say("toes", reply(note=note(sure)))
    assert made(talk).row["confidence"] == 0.35


@pytest.mark.parametrize(
    ("last", "unfinished"),
    [
        (reply(note={"loop": None}), None),
        (reply("question", note={"loop": "action_safety_check"}), "safety_check"),
        (reply("escalation", "urgent", note={"loop": "action_safety_check"}), None),
        (reply("exercise", note={"loop": "action_exercise"}), "exercise"),
        (reply("question", note={"loop": "action_summary"}), "summary"),
        (reply("question", note={"action": "action_answer"}), None),
        (reply("question", note={"loop": "action_of_tomorrow"}), "question"),
        (reply("question", note={"loop": 7}), "question"),
        (reply("question"), "question"),
        (reply("exercise", payload={"exercise": "raises", "step": 1, "of": 3}), "exercise"),
        (reply(), None),
    ],
)
def test_what_waits_for_an_answer_is_unfinished(
    last: dict[str, Any], unfinished: str | None
) -> None:
    assert made(Talk().say("toes", reply()).say("go on", last)).row["unfinished"] == unfinished


def test_what_is_not_answered_yet_does_not_end_what_is_under_way() -> None:
    talk = Talk().say("check me", reply("question", note={"loop": "action_safety_check"}))
    assert made(talk.say("yes")).row["unfinished"] == "safety_check"


def step(exercise: str, step: int, of: int = 2) -> dict[str, Any]:
    return reply("exercise", payload={"exercise": exercise, "step": step, "of": of})


@pytest.mark.parametrize(
    ("turns", "counts"),
    [
        ([], (0, 0)),
        ([step("raises", 1)], (1, 0)),
        ([step("raises", 1), step("raises", 2)], (1, 0)),
        ([step("raises", 1), step("raises", 2), reply("question")], (1, 1)),
        ([step("raises", 1), step("raises", 2), step("curls", 1)], (2, 1)),
        ([step("raises", 1), reply("question")], (1, 0)),
        ([step("raises", 2), reply("escalation", "urgent")], (1, 0)),
        ([step("raises", 1), reply(), step("raises", 2), step("raises", 2)], (1, 0)),
        ([reply(payload={"exercise": "raises", "step": "1", "of": []})], (0, 0)),
    ],
)
def test_exercises_are_counted_by_their_steps(
    turns: list[dict[str, Any]], counts: tuple[int, int]
) -> None:
    talk = Talk().say("toes", reply())
    for one in turns:
        talk.say("next", one)
    row = made(talk).row
    assert (row["exercises_begun"], row["exercises_done"]) == counts


def test_opinions_are_counted() -> None:
    talk = Talk().say("a", reply()).say("b", reply()).say("c", reply())
    talk.helped(2, True).helped(4, False).helped(6, False)
    assert (made(talk).row["liked"], made(talk).row["disliked"]) == (1, 2)


def test_topics_are_counted_once_a_turn() -> None:
    talk = Talk().say("a", reply(), reply()).say("b", reply(), reply(topic="devices/afo"))
    assert made(talk).topics == {"causes/stroke": 2, "devices/afo": 1}


def test_the_words_are_what_was_typed_masked() -> None:
    talk = Talk().say("call 0770090", reply()).say("Exercises", reply(), choice="b")
    found = made(talk.say("thanks", reply()))
    assert found.words == "call ***\nthanks"
    assert found.masks == {"s1-1": [[5, 12, "telephone"]]}


def test_messages_without_an_answer_are_told_of() -> None:
    talk = Talk().say("a", reply()).say("is 0770090 it?", reply("clarify", note=note(0.2)))
    talk.say("b", reply("fallback", note=note(None))).say("No", reply("fallback"), choice="b")
    unmet = [(one.message_id, one.kind, one.text, one.confidence) for one in made(talk).unanswered]
    assert unmet == [("s1-3", "clarify", "is *** it?", 0.2), ("s1-5", "fallback", "b", None)]


def test_a_reply_that_names_no_message_belongs_to_the_one_before() -> None:
    talk = Talk().welcome().say("a", reply("fallback"))
    talk.lines[-1] = replace(talk.lines[-1], reply_to=None)
    assert made(talk).row["fallbacks"] == 1


def test_an_answer_to_the_message_before_tells_of_that_one() -> None:
    talk = Talk().say("odd down there", reply("question", "soon", note=raised()))
    talk.say("No", reply("fallback", note=note(0.2, earlier=True)), choice="b")
    found = made(talk)
    assert [(one.text, one.confidence) for one in found.unanswered] == [("odd down there", 0.2)]
    assert found.row["confidence"] == 0.2


def test_the_doubt_is_the_highest_alarm_that_was_not_raised() -> None:
    talk = Talk().say("a", reply(note={"alarm": 0.2})).say("b", reply(note={"alarm": 0.4}))
    talk.say("c", reply("escalation", "emergency", note={"alarm": 0.9}), reply())
    talk.say("d", reply("escalation", "soon", note={"alarm": 0.3}))
    again = {"id": "stroke", "level": "emergency", "status": "kept"}
    talk.say("c, as I said", reply(note={"alarm": 0.9, "flags": [again]}))
    assert made(talk).row["doubt"] == 0.4


ODD = [
    7,
    "note",
    ["note"],
    {"triage": ["numb"]},
    {"triage": {"raised": ["numb"]}},
    {"triage": {"raised": {"numb": "quite"}}},
    {"triage": {"raised": {"numb": None}}},
    {"triage": {"raised": {"x" * 61: "urgent"}}},
    {"triage": {"asked": "numb"}},
    {"label": "x", "confidence": "high"},
    {"label": ["x"]},
    {"loop": ["x"]},
    {"release": {"x": 1}},
    {"alarm": "loud"},
]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_odd_note_is_counted_and_hides_nothing_else(odd: Any) -> None:
    talk = Talk().say("a", reply("escalation", "emergency", note=odd))
    found = made(talk)
    assert found.row["level"] == 3
    assert found.odd >= 1


anything = some.recursive(
    some.none() | some.booleans() | some.floats() | some.integers() | some.text(max_size=9),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(
            some.sampled_from(
                [
                    "triage",
                    "raised",
                    "asked",
                    "flag",
                    "loop",
                    "release",
                    "label",
                    "confidence",
                    "numb",
                ]
            ),
            inner,
        )
    ),
)


@given(anything, anything)
def test_no_note_and_no_payload_stops_the_digest(odd: Any, payload: Any) -> None:
    talk = Talk().say("help", reply("escalation", "urgent", note=odd, payload=payload))
    assert made(talk).row["level"] >= 2


def test_personal_data_that_was_found_before_is_not_looked_for_again() -> None:
    talk = Talk().say("call 0770090", reply())
    first = talk.lines[0]
    talk.lines[0] = replace(first, places=[Place(0, 4, "name")])
    assert made(talk).words == "*** 0770090"
    talk.lines[0] = replace(first, places=[])
    assert made(talk).words == "call 0770090"
