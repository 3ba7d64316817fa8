"""A message that reaches Rasa twice gets the same turn twice, whatever the turn is made of."""

from __future__ import annotations

import json
import urllib.request
import uuid
from typing import Any

import pytest

from content.coach import Coach
from content.load import load
from deploy.stack import DIRECT, Stack

pytestmark = pytest.mark.stack

FOUND = load().coach
assert FOUND is not None
COACH: Coach = FOUND
WEBHOOK = "/webhooks/dorsi/webhook"


class Conversation:
    """One conversation without the gateway; each message is sent twice."""

    def __init__(self, stack: Stack) -> None:
        self._address = f"{stack.rasa_url}{WEBHOOK}"
        self._sender = uuid.uuid4().hex
        self._diary = uuid.uuid4().hex * 2

    def says(self, *, screened: bool = True, **said: str) -> list[dict[str, Any]]:
        """What is said to a message, the first time and again."""
        metadata = {"region": "GB", "screened": screened, "diary": self._diary}
        message = {"sender": self._sender, "message_id": str(uuid.uuid4()), "metadata": metadata}
        first, again = (self._post({**message, **said}) for _ in range(2))
        assert again == first
        messages: list[dict[str, Any]] = first["messages"]
        return messages

    def _post(self, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self._address, json.dumps(body).encode(), headers)
        with DIRECT.open(request, timeout=60) as reply:
            return json.load(reply)


@pytest.fixture
def conversation(stack: Stack) -> Conversation:
    return Conversation(stack)


def payload(messages: list[dict[str, Any]], title: str) -> str:
    """What the button of that title carries."""
    buttons = {b["title"]: b["payload"] for m in messages for b in m["buttons"] or []}
    assert title in buttons, f"{title!r} is none of {list(buttons)}"
    return str(buttons[title])


def test_an_answer_with_its_sources_and_buttons(conversation: Conversation) -> None:
    answer = conversation.says(text="what is an AFO?")
    assert any(message["sources"] for message in answer)
    assert any(message["buttons"] for message in answer)


def test_a_red_flag_that_rasa_notices_itself(conversation: Conversation) -> None:
    [told] = conversation.says(text="I cannot breathe", screened=False)
    assert (told["kind"], told["level"]) == ("escalation", "emergency")


def test_every_turn_of_an_exercise(conversation: Conversation) -> None:
    exercise = next(one for one in COACH.exercises.values() if not one.hold)
    messages = conversation.says(text=f"do the {exercise.name.lower()} with me")
    messages = conversation.says(choice=payload(messages, COACH.buttons["none_of_these"]))
    for number in range(1, len(exercise.steps) + 1):
        [shown] = [message for message in messages if message.get("step")]
        assert (shown["step"], shown["exercise"]) == (number, exercise.id)
        assert shown["image"]["alt"]
        messages = conversation.says(text="next")


def test_a_summary_with_its_document(conversation: Conversation) -> None:
    conversation.says(text="my left foot keeps catching on the rug since Easter")
    draft = conversation.says(text="summary for my doctor")
    made = conversation.says(choice=payload(draft, "Make it"))
    assert any(message.get("document") for message in made)
