"""The turns of a page: as the patient saw them, and as they were understood. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup, escape

from desk.catalogue import Catalogue
from desk.transcript import extras, masking, searching
from desk.transcript.marks import Mark, marked, pieces
from desk.transcript.outline import Brief, Outline, whole_note
from desk.transcript.reading import Part, Row
from desk.transcript.understood import Understood, places, understood
from records.models import PATIENT
from records.note import Note
from records.words import Level

DOCUMENT_LINES, DOCUMENT_LINE = 40, 400


@dataclass(frozen=True)
class Choice:
    """A button that was offered, and whether it was ever taken."""

    title: str
    taken: bool


@dataclass(frozen=True)
class ReplyView:
    """One message of Dorsi's."""

    text: Markup
    kind: str
    level: Level
    topic: str
    choices: tuple[Choice, ...]
    extras: extras.Extras
    drawing: str = ""
    document: tuple[str, ...] = ()
    helpful: bool | None = None
    reason: str = ""


@dataclass(frozen=True)
class TurnView:
    """A turn; the first of a conversation may be Dorsi's alone and has then no number.

    `next` is the next turn that is to be looked at, `release` the model that answered where it
    is another than that of the turn before.
    """

    seq: int | None
    message_id: str = ""
    time: str = ""
    text: Markup | str = ""
    is_choice: bool = False
    replies: tuple[ReplyView, ...] = ()
    understood: Understood | None = None
    brief: Brief | None = None
    next: int | None = None
    release: str = ""


@dataclass(frozen=True)
class Shown:
    """What the turns are shown with.

    Attributes:
        catalogue: has the titles.
        outline: the whole conversation.
        masks: the stored spans, by the messages' ids.
        stems: what was searched for.
        unmasked: whether the reader may see it all.
    """

    catalogue: Catalogue
    outline: Outline
    masks: Mapping[str, object] = field(default_factory=dict)
    stems: Sequence[str] = ()
    unmasked: bool = False

    def parts(self, text: str, kept: object = None) -> list[Any]:
        """A text in pieces, with what is hidden from this reader hidden."""
        return pieces(text, []) if self.unmasked else masking.hidden(text, kept)

    def plain(self, text: str) -> str:
        """A text as this reader may see it."""
        return text if self.unmasked else masking.masked(text)


def turns(part: Part, page: int, shown: Shown) -> list[TurnView]:
    """The turns of a page, in their order.

    Args:
        part: its messages.
        page: its number, from 1.
        shown: what they are shown with.
    """
    rows = {row["id"]: row for row in part.messages if row["direction"] == PATIENT}
    replies = _replies(part.messages)
    views = []
    if page == 1 and replies.get(None):
        views.append(TurnView(None, replies=_reply_views(replies[None], Note(), part, shown)))
    for brief in shown.outline.on(page):
        if brief.message_id in rows:
            said = replies.get(brief.message_id, [])
            views.append(_turn(brief, rows[brief.message_id], said, part, shown))
    return views


def _replies(messages: Sequence[Row]) -> dict[str | None, list[Row]]:
    """Dorsi's messages by the one they answer; by None what was said before the patient spoke.

    What names none answers the last before it: so earlier releases left it.
    """
    found: dict[str | None, list[Row]] = {}
    last = None
    for row in messages:
        if row["direction"] == PATIENT:
            last = row["id"]
        else:
            found.setdefault(row["reply_to"] or last, []).append(row)
    return found


def _turn(brief: Brief, row: Row, said: Sequence[Row], part: Part, shown: Shown) -> TurnView:
    note = whole_note(said)
    following = [seq for seq in shown.outline.marked if seq > brief.seq]
    return TurnView(
        seq=brief.seq,
        message_id=brief.message_id,
        time=_time(row["created_at"]),
        text=_patients(row, note, shown),
        is_choice=brief.chosen is not None,
        replies=_reply_views(said, note, part, shown),
        understood=understood(note, shown.catalogue),
        brief=brief,
        next=following[0] if following and brief.why else None,
        release=_release(brief, shown.outline),
    )


def _patients(row: Row, note: Note, shown: Shown) -> Markup:
    """The patient's text, masked, with the words that raised flags and those searched for."""
    parts = shown.parts(str(row["text"]), shown.masks.get(row["id"]))
    marks: list[Mark] = [*places(note), *searching.found(parts, shown.stems)]
    return marked(parts, marks)


def _time(at: datetime) -> str:
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%b %H:%M}"


def _release(brief: Brief, outline: Outline) -> str:
    before = [turn.release for turn in outline.turns if turn.seq < brief.seq and turn.release]
    changed = brief.release and (not before or before[-1] != brief.release)
    return brief.release or "" if changed else ""


def _reply_views(
    said: Sequence[Row], note: Note, part: Part, shown: Shown
) -> tuple[ReplyView, ...]:
    return tuple(_reply_view(row, note, part, shown) for row in said)


def _reply_view(row: Row, note: Note, part: Part, shown: Shown) -> ReplyView:
    text, kept = str(row["text"]), shown.masks.get(row["id"])
    opinion = part.feedback.get(row["id"], {})
    carried = extras.read(row["payload"])
    echoes = masking.may_echo(row, note)
    return ReplyView(
        text=marked(shown.parts(text, kept), ()) if echoes else escape(text),
        kind=str(row["kind"] or ""),
        level=Level.named(row["level"]),
        topic=shown.catalogue.title(row["topic"]) if row["topic"] else "",
        choices=tuple(_choices(part.buttons.get(row["id"], ()), echoes, shown)),
        extras=carried,
        drawing=shown.plain(carried.drawing),
        document=tuple(_document(carried, shown)),
        helpful=opinion.get("helpful"),
        reason=shown.plain(opinion.get("reason") or ""),
    )


def _choices(offered: Sequence[Row], echoes: bool, shown: Shown) -> Iterator[Choice]:
    for button in offered:
        title = shown.plain(button["title"]) if echoes else button["title"]
        yield Choice(title, button["id"] in shown.outline.chosen)


def _document(carried: extras.Extras, shown: Shown) -> Iterator[str]:
    """The lines of a summary, cut where they are too many for a page."""
    for line in carried.document[:DOCUMENT_LINES]:
        seen = shown.plain(line)
        yield seen if len(seen) <= DOCUMENT_LINE else f"{seen[:DOCUMENT_LINE]}…"
    more = len(carried.document) - DOCUMENT_LINES
    if more > 0:
        yield f"… and {more} more lines"
