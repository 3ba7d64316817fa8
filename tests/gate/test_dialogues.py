"""What is concluded of a written dialogue that goes otherwise than written."""

from __future__ import annotations

from typing import Any, cast

import pytest

from content.lint.problems import Severity
from content.model import Catalogue
from deploy.stack import Stack
from gate.dialogues.playing import Talk
from gate.dialogues.telling import Versions, finding
from gate.dialogues.written import Conversation, ConversationError
from gate.report import Finding

BRACE, LEG = "is a brace heavy", "my calf is hot and swollen"
BARE = Catalogue({}, {}, {}, {}, {}, {})
NOTHING = Versions({}, {}, BARE, BARE)


class Scripted:
    """An assistant that gives these replies, one after the other."""

    def __init__(self, *replies: dict[str, Any]) -> None:
        self._replies = iter(replies)

    def post(self, path: str, body: object, token: str | None = None) -> dict[str, Any]:
        if path == "/api/sessions":
            return {"session": "s", "messages": []}
        message = {"id": "m", "text": "", "level": "none", "topic": None, **next(self._replies)}
        return {"messages": [message]}


def failure(turns: list[dict[str, Any]], *replies: dict[str, Any]) -> ConversationError:
    with pytest.raises(ConversationError) as failed:
        Talk(cast(Stack, Scripted(*replies))).play(turns)
    return failed.value


def told(
    turns: list[dict[str, Any]], draft: list[dict[str, Any]], live: list[dict[str, Any]]
) -> Finding:
    conversation = Conversation("talk: a talk", turns, file="talk.yml")
    return finding(conversation, failure(turns, *draft), NOTHING, 3, failure(turns, *live))


def asked(text: str, **expected: object) -> dict[str, Any]:
    return {"patient": text, "dorsi": expected}


TALK = [
    asked(BRACE, topic="brace/weight", says=["light", "carbon"]),
    asked(LEG, says="calf", never_says=["wait", "rest"]),
]
WELL = {"topic": "brace/weight", "text": "Carbon is light."}


def test_what_goes_wrong_on_live_in_the_same_way_is_known() -> None:
    other = {"topic": "fes/cost", "text": "Light carbon."}
    found = told(TALK, [other], [other])
    assert (found.known, found.severity) == (True, Severity.WARNING)
    assert "not the cause" in found.mend


def test_what_lacks_less_than_live_is_known() -> None:
    found = told(TALK, [{**WELL, "text": "It is light."}], [{**WELL, "text": "Hello."}])
    assert (found.known, found.severity) == (True, Severity.WARNING)


@pytest.mark.parametrize(
    ("draft", "live"),
    [
        pytest.param([{**WELL, "topic": "x/y"}], [{**WELL, "text": ""}], id="another expectation"),
        pytest.param([{**WELL, "text": ""}], [{**WELL, "text": "light"}], id="one word more"),
        pytest.param(
            [WELL, {"text": "calf: wait, rest"}], [WELL, {"text": "calf: rest"}], id="a ban more"
        ),
        pytest.param([{**WELL, "text": ""}], [WELL, {"text": ""}], id="an earlier turn"),
    ],
)
def test_what_goes_worse_than_live_stops(
    draft: list[dict[str, Any]], live: list[dict[str, Any]]
) -> None:
    found = told(TALK, draft, live)
    assert (found.known, found.severity) == (False, Severity.ERROR)
    assert "but not so" in found.mend


def test_the_same_lack_at_another_turn_is_not_known() -> None:
    turns = [asked(BRACE, says="light"), asked(BRACE, says="light")]
    found = told(turns, [{"text": ""}], [{"text": "light"}, {"text": ""}])
    assert (found.known, found.severity) == (False, Severity.ERROR)


def test_a_button_that_is_missing_on_live_too_is_known() -> None:
    turns = [asked(BRACE), {"chooses": "Yes"}]
    assert told(turns, [WELL], [WELL]).known


@pytest.mark.parametrize("name", ["level", "first_level"])
def test_a_level_that_asks_for_help_and_is_not_given_stops_though_live_lacks_it(name: str) -> None:
    turns = [asked(LEG, **{name: ["urgent", "emergency"]})]
    found = told(turns, [{"level": "soon"}], [{"level": "soon"}])
    assert (found.known, found.severity) == (True, Severity.ERROR)
    assert "stops every change" in found.mend


def test_an_alarm_too_many_that_live_raises_too_stops_nothing() -> None:
    turns = [asked(LEG, level=["none", "soon"])]
    alarm = {"level": "emergency"}
    assert told(turns, [alarm], [alarm]).severity is Severity.WARNING


def test_a_first_failure_of_the_draft_alone_stops() -> None:
    conversation = Conversation("talk: a talk", TALK, file="talk.yml")
    found = finding(conversation, failure(TALK, {**WELL, "text": ""}), NOTHING, 3)
    assert found.severity is Severity.ERROR
    assert "Look which of your changes" in found.mend
