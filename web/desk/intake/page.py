"""What the pages of the inbox for editors show, made of what the database gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from desk.catalogue import Catalogue
from desk.figures.unanswered import Group
from desk.intake import from_reviews, unanswered, unsure
from desk.intake.from_reviews import Job
from desk.intake.turns import Place, Turn, by_ids, by_places
from desk.intake.wanted import PAGE, Source, Wanted
from desk.transcript.understood import Understood, understood

SOURCES: Mapping[Source, str] = {
    Source.REVIEWS: "From reviews",
    Source.UNANSWERED: "Asked in vain",
    Source.UNSURE: "Least sure",
}


@dataclass(frozen=True)
class Entry:
    """One thing of the list.

    Attributes:
        turn: the turn, of a group the most typical one.
        understood: what was understood of it.
        job: what a reviewer found wanting.
        also: other turns of its group that are shown.
        messages: how many there are of its group.
    """

    turn: Turn
    understood: Understood
    job: Job | None = None
    also: Sequence[Turn] = ()
    messages: int = 1


@dataclass(frozen=True)
class Found:
    """A page of the list, how much there is, and whether there is another page."""

    entries: Sequence[Entry]
    count: int
    is_more: bool


def reviews(connection: Connection, wanted: Wanted, catalogue: Catalogue) -> Found:
    """A page of what reviewers found wanting."""
    jobs = from_reviews.listed(connection, wanted.topic, wanted.page)
    count = from_reviews.count(connection, wanted.topic)
    entries = [Entry(job.turn, understood(job.turn.note, catalogue), job) for job in jobs]
    return Found(entries, count, count > PAGE * wanted.page)


def groups(
    connection: Connection, wanted: Wanted, catalogue: Catalogue, found: Sequence[Group]
) -> Found:
    """A page of what was asked in vain."""
    here = found[PAGE * (wanted.page - 1) : PAGE * wanted.page]
    entries = [
        Entry(
            bunch.turns[0],
            understood(bunch.turns[0].note, catalogue),
            also=bunch.turns[1:],
            messages=bunch.messages,
        )
        for bunch in unanswered.bunches(connection, here)
    ]
    count = unanswered.count(connection, wanted)
    return Found(entries, count, len(found) > PAGE * wanted.page)


def unsure_turns(connection: Connection, wanted: Wanted, catalogue: Catalogue) -> Found:
    """A page of what Dorsi was least sure of."""
    ids = unsure.ranked(connection, wanted)
    here = ids[PAGE * (wanted.page - 1) : PAGE * wanted.page]
    turns = by_ids(connection, here)
    entries = [
        Entry(turns[id], understood(turns[id].note, catalogue)) for id in here if id in turns
    ]
    return Found(entries, len(ids), len(ids) > PAGE * wanted.page)


@dataclass(frozen=True)
class About:
    """All that the page of one turn shows.

    Attributes:
        turn: the turn.
        understood: what was understood of it.
        jobs: what reviewers found wanting about it.
        alike: other messages that ask the same and are left, the most typical first.
    """

    turn: Turn
    understood: Understood
    jobs: Sequence[Job] = ()
    alike: Sequence[Turn] = ()

    @property
    def proposed(self) -> str:
        """The topic that an example of it is most likely for; empty where nobody knows."""
        right = next((job.topic for job in self.jobs if job.topic), None)
        return right or self.turn.guess


def about(
    connection: Connection, place: Place, alike: Sequence[str], catalogue: Catalogue
) -> About | None:
    """What is to be seen of a turn; None where it is gone.

    Args:
        connection: a transaction that reads.
        place: where it stands.
        alike: the ids of messages that ask the same.
        catalogue: has the titles.
    """
    found = by_places(connection, [place])
    if not found:
        return None
    (turn,), others = found, by_ids(connection, alike)
    return About(
        turn,
        understood(turn.note, catalogue),
        from_reviews.about(connection, turn.message_id),
        [others[id] for id in alike if id in others],
    )
