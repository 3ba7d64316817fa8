"""What patients type, and what they hear, in the tests of red flags."""

from typing import Any

import triage
import yaml
from triage import Level, Numbers

from gateway.settings import REPOSITORY
from tests.conftest import FakeRasa, Patient

EMERGENCY = "my face is drooping"
URGENT = "my calf is swollen and hot"
SOON = "I keep falling"
SUICIDE = "I want to kill myself"
HARMLESS = "which shoes are good for me?"

ADVICE = triage.advice()
GB = Numbers("999", "call your GP", [("Samaritans", "116 123")])
REGIONS = yaml.safe_load((REPOSITORY / "data" / "regions.yml").read_text(encoding="utf-8"))

ANSWER = "It can be."
UNAVAILABLE = "Please try again in a minute. In danger call 999."
TOO_LONG = ["That is too long.", "In danger call 999."]


def in_full(text: str, numbers: Numbers = GB) -> str:
    """The advice for the most urgent flag of a message."""
    return ADVICE.say(triage.screen(text).flags[0], numbers)


def again(level: Level) -> str:
    return ADVICE.again(level, GB)


async def hear(patient: Patient, text: str | None = None, **body: Any) -> list[str]:
    """What is said to a message."""
    return [message["text"] for message in await patient.say(text, **body)]


def told(rasa: FakeRasa) -> list[bool]:
    """Whether Rasa was told of an emergency, call by call."""
    return [body["metadata"]["escalated"] for body in rasa.received]
