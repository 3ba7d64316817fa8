"""The words of `data/gateway.yml`, which are shown around a conversation."""

from pydantic import BaseModel, ConfigDict


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, str_min_length=1)


class CallWords(_Words):
    """The titles of links that call."""

    emergency: str
    advice: str
    crisis: str


class HelpWords(_Words):
    """What is said beside the numbers where there is no conversation."""

    text: str


class TranscriptWords(_Words):
    """What stands around the messages in a conversation's copy."""

    heading: str
    notice: str
    saved: str
    you: str
    dorsi: str
    sources: str


class Words(_Words):
    """All of them."""

    calls: CallWords
    help: HelpWords
    too_many: str
    transcript: TranscriptWords
