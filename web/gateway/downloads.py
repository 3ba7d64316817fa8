"""A summary that came with a message, as files to keep."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, JsonValue, ValidationError

from gateway import summaries
from gateway.normalise import storable_json
from gateway.summaries import Document

log = logging.getLogger(__name__)

type Form = Literal["pdf", "html"]

MEDIA_TYPES: Mapping[Form, str] = {"pdf": "application/pdf", "html": "text/html"}
PLAIN_NAMES: Mapping[Form, str] = {"pdf": "PDF", "html": "HTML"}
FILE_NAME = "dorsi-summary"
MAX_TITLE = 120


def _read(kept: Mapping[str, Any]) -> Document:
    """The document; the names of its files are for the page and not for the paper."""
    named = {f"{form}_title" for form in MEDIA_TYPES}
    return Document.model_validate({key: kept[key] for key in kept.keys() - named})


def _printable(document: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The document made storable, where a summary can be made of it."""
    kept: dict[str, JsonValue] = storable_json(document)
    _read(kept)
    return kept


Stored = Annotated[dict[str, JsonValue], AfterValidator(_printable)]


class Download(BaseModel):
    """A file made of what a message carries; it is fetched with the session's token."""

    title: str
    url: str = Field(examples=["/api/summaries/6f1c….pdf"])
    type: str = Field(examples=list(MEDIA_TYPES.values()))


def document_of(payload: Mapping[str, Any]) -> Document | None:
    """The document among what a message carries; None where no summary can be made of it."""
    if "document" not in payload:
        return None
    try:
        return _read(payload["document"])
    except ValidationError:
        log.warning("a document of an older release cannot be read")
        return None


def downloads(message_id: str, payload: Mapping[str, Any]) -> list[Download] | None:
    """The files that can be made of what a message carries; None where there are none."""
    if document_of(payload) is None:
        return None
    return [
        Download(
            title=_title(payload["document"].get(f"{form}_title")) or PLAIN_NAMES[form],
            url=f"/api/summaries/{message_id}.{form}",
            type=media_type,
        )
        for form, media_type in MEDIA_TYPES.items()
    ]


def _title(given: Any) -> str:
    return given.strip()[:MAX_TITLE] if isinstance(given, str) else ""


class Printer:
    """Makes the files, one at a time: no other patient's message must wait for them."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def make(self, document: Document, form: Form) -> bytes:
        """The document as a file of that form."""
        makers: dict[Form, Callable[[Document], bytes]] = {"pdf": summaries.pdf, "html": _html}
        async with self._turn:
            return await asyncio.to_thread(makers[form], document)


def _html(document: Document) -> bytes:
    return summaries.html(document).encode()
