"""Conversations as JSON Lines: one conversation is one line. Pure."""

import json
from datetime import UTC, datetime
from typing import Any

from desk.export.transcripts import Judgement, Said, Transcript

VERSION = 1


def line(transcript: Transcript) -> str:
    """A conversation with the end of its line, in ASCII: nothing in it is hidden from view."""
    return f"{json.dumps(_conversation(transcript))}\n"


def moment(at: datetime) -> str:
    """A moment in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _conversation(one: Transcript) -> dict[str, Any]:
    return {
        "format": VERSION,
        "masked": one.masked,
        "number": one.number,
        "began_at": moment(one.began_at),
        "last_at": moment(one.last_at),
        "region": one.region,
        "release": one.release,
        "level": one.level,
        "status": one.status,
        "topics": one.topics,
        "flags": one.flags,
        "tags": one.tags,
        "messages": [_message(message) for message in one.messages],
    }


def _message(said: Said) -> dict[str, Any]:
    return {
        "seq": said.seq,
        "at": moment(said.at),
        "by": said.by,
        "text": said.text,
        "kind": said.kind,
        "level": said.level,
        "topic": said.topic,
        "helpful": said.helpful,
        "opinion": said.opinion,
        "verdicts": [_verdict(each) for each in said.verdicts],
    }


def _verdict(one: Judgement) -> dict[str, Any]:
    return {"verdict": one.verdict, "topic": one.topic, "flag": one.flag}
