"""The files that conversations are taken away in, written as they are read."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import batched

from sqlalchemy import Connection, func, select

from desk.errors import CannotBe
from desk.export import json_lines, paper, selection, spreadsheet, transcripts
from desk.export.selection import Selection
from desk.export.transcripts import Transcript
from records.base import now
from records.conversations import Conversation
from records.database import Database
from records.models import Message

# So many conversations are in memory at a time.
AT_ONCE = 25


class Format(StrEnum):
    """A kind of file."""

    JSONL = "jsonl"
    CSV = "csv"
    PDF = "pdf"


MEDIA = {
    Format.JSONL: "application/jsonl",
    Format.CSV: "text/csv; charset=utf-8",
    Format.PDF: "application/pdf",
}


@dataclass(frozen=True)
class Order:
    """What somebody takes away: which conversations, in which form, masked or not."""

    format: Format
    selection: Selection
    masked: bool
    made_by: str


def check(db: Connection, order: Order) -> int:
    """How many conversations an order has.

    Raises:
        CannotBe: there is none, or there are too many for a PDF.
    """
    count = selection.count(db, order.selection)
    if not count:
        raise CannotBe("There is no such conversation.")
    if order.format is not Format.PDF:
        return count
    if count > paper.MOST_CONVERSATIONS:
        raise CannotBe(
            f"A PDF takes {paper.MOST_CONVERSATIONS} conversations at most, and these are {count}. "
            "Choose fewer, or JSON Lines or CSV, which take any number."
        )
    ids = select(Conversation.session_id).where(*order.selection.conditions)
    length = select(func.sum(func.length(Message.text))).where(Message.session_id.in_(ids))
    if (db.execute(length).scalar_one() or 0) > paper.MOST_CHARACTERS:
        raise CannotBe(
            f"A PDF takes {paper.MOST_CHARACTERS} characters at most, and these have more. "
            "Choose fewer conversations, or JSON Lines or CSV, which take any number."
        )
    return count


# Laying out pages takes a processor for up to half a minute, and patients need it as well.
_PRINTING = asyncio.Semaphore(1)


async def content(database: Database, order: Order) -> AsyncIterator[str | bytes]:
    """A file's content, part by part."""
    if order.format is Format.PDF:
        found = [one async for part in _parts(database, order) for one in part]
        make = partial(paper.pdf, masked=order.masked, made_by=order.made_by, at=now())
        async with _PRINTING:
            yield await asyncio.to_thread(make, found)
        return
    if order.format is Format.CSV:
        yield spreadsheet.heading()
    write = _written_by(json_lines.line if order.format is Format.JSONL else spreadsheet.rows)
    async for part in _parts(database, order):
        yield await asyncio.to_thread(write, part)


async def _parts(database: Database, order: Order) -> AsyncIterator[Sequence[Transcript]]:
    """The conversations, a few at a time; one that is erased meanwhile is left out."""
    numbers = await database.read(partial(selection.numbers, selection=order.selection))
    for some in batched(numbers, AT_ONCE):
        found = await database.read(partial(transcripts.read, numbers=some))
        yield await asyncio.to_thread(_masked, found) if order.masked else found


def _masked(found: Sequence[Transcript]) -> list[Transcript]:
    return [transcripts.masked(one) for one in found]


def _written_by(write: Callable[[Transcript], str]) -> Callable[[Sequence[Transcript]], str]:
    return lambda found: "".join(map(write, found))
