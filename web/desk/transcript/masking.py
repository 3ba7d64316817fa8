"""Which of a conversation's texts are masked, and where: by what is stored, or found now."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from desk.privacy import masking
from desk.privacy.masking import Kind, Span
from desk.transcript.marks import Piece, pieces, tidied
from records.conversations import MASK_VERSIONS, Mask
from records.models import PATIENT
from records.note import Note

# Kinds of reply that an earlier release, which kept less, may have made of the patient's words.
_MAY_ECHO = frozenset({"notice", "question", None})
_SUMMARY = "action_summary"
_KINDS = frozenset(kind.value for kind in Kind)


def stored(connection: Connection, message_ids: Sequence[str]) -> dict[str, list[Any]]:
    """The spans that are stored of messages, where the rules of today found them."""
    asked = select(Mask.message_id, Mask.spans).where(
        Mask.message_id.in_(message_ids), Mask.made_by == masking.VERSION
    )
    return {row.message_id: row.spans for row in connection.execute(asked)}


def indexed(
    connection: Connection, messages: Sequence[Mapping[str, Any]], made_by: int, last_seq: int
) -> dict[str, list[Any]]:
    """The same of messages of one conversation, none where the index found nothing.

    Args:
        connection: a transaction that reads.
        messages: rows of the conversation.
        made_by: what its index was made by.
        last_seq: the newest message that was indexed.
    """
    is_of_today = made_by % MASK_VERSIONS == masking.VERSION
    without: dict[str, list[Any]] = {
        message["id"]: []
        for message in messages
        if is_of_today and message["direction"] == PATIENT and message["seq"] <= last_seq
    }
    return without | stored(connection, [message["id"] for message in messages])


def spans(text: str, kept: object = None) -> list[Span]:
    """Where personal data stands in a text.

    Args:
        text: as it was typed.
        kept: what is stored of it; where that is missing or odd it is found anew.
    """
    read = _read(kept)
    return tidied(text, masking.spans(text) if read is None else read)


def hidden(text: str, kept: object = None) -> list[Piece]:
    """A text in pieces, personal data hidden."""
    return pieces(text, spans(text, kept))


def masked(text: str, kept: object = None) -> str:
    """A text with personal data hidden."""
    return "".join(piece.shown for piece in hidden(text, kept))


def may_echo(reply: Mapping[str, Any], note: Note) -> bool:
    """Whether a reply may hold the patient's own words: a summary, or what is not known to be none.

    All else that Dorsi says was written beforehand, and its telephone numbers are to be read.
    """
    payload = reply["payload"] if isinstance(reply["payload"], dict) else {}
    if "document" in payload or _SUMMARY in (note.action, note.loop):
        return True
    is_known = note.action is not None or note.answered_by == "gateway"
    return not is_known and not reply["topic"] and reply["kind"] in _MAY_ECHO


def _read(kept: object) -> list[Span] | None:
    """The stored spans; None where they are missing or any of them is odd."""
    if not isinstance(kept, list):
        return None
    found = [_span(one) for one in kept]
    return None if None in found else [span for span in found if span is not None]


def _span(kept: object) -> Span | None:
    match kept:
        case [int() as start, int() as end, str() as kind] if kind in _KINDS:
            return Span(start, end, Kind(kind))
    return None
