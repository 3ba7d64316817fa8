"""One page of a conversation, read from the database and put together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from desk.access.visitors import User
from desk.catalogue import Catalogue
from desk.privacy import holding, unmasking
from desk.review import reading as reviewing
from desk.transcript import masking, reading, searching
from desk.transcript.extras import Source
from desk.transcript.head import Next, next_step, unjudged
from desk.transcript.outline import Outline, outline
from desk.transcript.reading import Head
from desk.transcript.turns import Shown, TurnView, turns


@dataclass(frozen=True)
class Asked:
    """What of a conversation is asked for.

    Attributes:
        number: the conversation's.
        page: from 1; one that is not there counts as the nearest.
        at: the turn whose form is open, if any.
        query: words to mark.
    """

    number: int
    page: int = 1
    at: int | None = None
    query: str = ""


@dataclass(frozen=True)
class Page:
    """All that the template shows."""

    head: Head
    page: int
    outline: Outline
    turns: list[TurnView]
    sources: Mapping[Source, int]
    review: reviewing.Review
    next_step: Next
    unjudged: list[int]
    earlier: int | None
    later: int | None
    open_incidents: int
    unmasked_until: datetime | None
    is_held: bool

    @property
    def marked_before(self) -> int | None:
        """The last turn to be looked at on the pages before."""
        first, _ = self.outline.seqs(self.page)
        return next((seq for seq in reversed(self.outline.marked) if seq < first), None)

    @property
    def marked_after(self) -> int | None:
        """The first turn to be looked at on the pages that follow."""
        _, until = self.outline.seqs(self.page)
        following = (seq for seq in self.outline.marked if until is not None and seq >= until)
        return next(following, None)

    def link(self, seq: int) -> str:
        """Where a turn is: on this page, or on another."""
        here = self.outline.page_of(seq) == self.page
        return f"#turn-{seq}" if here else f"/conversations/{self.head.number}/turns/{seq}"


def read(connection: Connection, asked: Asked, user: User, catalogue: Catalogue) -> Page | None:
    """The page that is asked for; None if there is no such conversation.

    Args:
        connection: a transaction that reads.
        asked: what is asked for.
        user: who asks; personal data shows only if they may see it now.
        catalogue: has the titles.
    """
    head = reading.head(connection, asked.number)
    if head is None:
        return None
    brief = outline(reading.brief_rows(connection, head.session_id))
    page = min(max(asked.page, 1), brief.pages)
    part = reading.part(connection, head.session_id, *brief.seqs(page))
    until = unmasking.unmasked_until(connection, user, head.number)
    shown = Shown(
        catalogue=catalogue,
        outline=brief,
        masks=masking.indexed(connection, part.messages, head.made_by, head.last_seq),
        stems=searching.stems(asked.query),
        unmasked=until is not None,
    )
    review = reviewing.review_of(connection, head.number)
    views = turns(part, page, shown)
    earlier, later = reading.neighbours(connection, head)
    return Page(
        head=head,
        page=page,
        outline=brief,
        turns=views,
        sources=_sources(views),
        review=review,
        next_step=next_step(head, brief, review),
        unjudged=unjudged(brief, review),
        earlier=earlier,
        later=later,
        open_incidents=reviewing.open_incidents(connection),
        unmasked_until=until,
        is_held=holding.held(connection, head.number) is not None,
    )


def place_of(connection: Connection, asked: Asked, seq: int) -> Asked | None:
    """Where a turn stands: its page and its number, said by the patient or by Dorsi.

    Args:
        connection: a transaction that reads.
        asked: of which conversation, and what else the address says.
        seq: the number of any message of the turn.

    Returns:
        None if the conversation has no such turn.
    """
    head = reading.head(connection, asked.number)
    if head is None:
        return None
    brief = outline(reading.brief_rows(connection, head.session_id))
    turn = brief.turn(seq)
    return None if turn is None else replace(asked, page=brief.page_of(turn.seq), at=turn.seq)


def first_to_judge(connection: Connection, asked: Asked) -> Asked | None:
    """Where the first turn stands that is to be looked at and not judged yet.

    Where all are judged, or none is to be looked at, it is the beginning.

    Returns:
        None if there is no such conversation.
    """
    head = reading.head(connection, asked.number)
    if head is None:
        return None
    brief = outline(reading.brief_rows(connection, head.session_id))
    left = unjudged(brief, reviewing.review_of(connection, head.number))
    if not left:
        return replace(asked, page=1, at=None)
    return replace(asked, page=brief.page_of(left[0]), at=left[0])


def _sources(views: list[TurnView]) -> dict[Source, int]:
    """Each source of the page once, with the number it goes by there."""
    found: dict[Source, int] = {}
    for turn in views:
        for reply in turn.replies:
            for source in reply.extras.sources:
                found.setdefault(source, len(found) + 1)
    return found
