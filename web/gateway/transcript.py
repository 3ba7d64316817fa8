"""A conversation as a plain text to keep: who said what, when, and where it was taken from."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response

from gateway.access import Own, Parts
from gateway.errors import ANY, described
from gateway.words import TranscriptWords
from records.models import PATIENT, Message

FILE_NAME = "dorsi-conversation.txt"
MEDIA_TYPE = "text/plain"
MINUTES = "%Y-%m-%d %H:%M"

router = APIRouter()

_FILE: dict[int | str, dict[str, Any]] = {
    HTTPStatus.OK.value: {
        "description": "The file.",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
    }
}


@router.get(
    "/api/transcript",
    responses={**_FILE, **described(HTTPStatus.UNAUTHORIZED, *ANY)},
    response_class=Response,
    summary="Fetch the conversation as a text",
)
async def read_transcript(parts: Parts, session: Own) -> Response:
    """All messages of the session, the oldest first, as a file."""
    texts = parts.bundles.live.texts
    words = texts.words.transcript
    notice = texts.fill(words.notice, session.region)
    messages = await parts.store.history(session.id)
    return Response(
        as_text(messages, words, notice, datetime.now(UTC)),
        media_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'},
    )


def as_text(
    messages: Sequence[Message], words: TranscriptWords, notice: str, saved: datetime
) -> str:
    """The messages as a text.

    Args:
        messages: in their order.
        words: what stands around them.
        notice: what Dorsi is, and whom to call in danger.
        saved: when the text is made.
    """
    on = words.saved.replace("{date}", saved.strftime(MINUTES))
    blocks = [f"{words.heading}\n{on}\n{notice}"]
    blocks += ["\n".join(_lines(message, words)) for message in messages]
    return "\n\n".join(blocks) + "\n"


def _lines(message: Message, words: TranscriptWords) -> Iterator[str]:
    who = words.you if message.direction == PATIENT else words.dorsi
    yield f"[{message.created_at.astimezone(UTC).strftime(MINUTES)}] {who}:"
    yield message.text
    sources = message.payload.get("sources") or []
    if sources:
        yield words.sources
    for source in sources:
        publisher = f" ({source['publisher']})" if source.get("publisher") else ""
        yield f"- {source['title']}{publisher}: {source['url']}"
