"""What the head of a conversation's page says, and what to do next. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from desk.review.reading import Review
from desk.transcript.outline import Outline
from desk.transcript.reading import Head
from records.words import Status

WORDS = {
    Status.NEW: "new",
    Status.IN_REVIEW: "in review",
    Status.DONE: "done",
    Status.ESCALATED: "escalated",
}


@dataclass(frozen=True)
class Next:
    """What to do next: a sentence, and where; `path` is empty where it is done on this page."""

    text: str
    path: str = ""


def lasted(length: timedelta) -> str:
    """How long a conversation lasted, in words."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"


def unjudged(outline: Outline, review: Review) -> list[int]:
    """The turns that are to be looked at and that nobody has judged yet."""
    return [
        turn.seq for turn in outline.turns if turn.why and not review.verdicts.get(turn.message_id)
    ]


def next_step(head: Head, outline: Outline, review: Review) -> Next:
    """What to do next: the most pressing thing that is left."""
    at = f"/conversations/{head.number}"
    for incident in review.open_incidents:
        return Next(_of_incident(incident.status, incident.opener), f"/incidents/{incident.id}")
    if head.status == Status.DONE:
        return Next("Nothing is left: the review is done.")
    split = [turn.seq for turn in outline.turns if review.disagrees(turn.message_id)]
    if split:
        return Next(f"Reviewers disagree on {_turns(split)}: settle it.", f"{at}/turns/{split[0]}")
    open_turns = unjudged(outline, review)
    if open_turns:
        text = f"Judge {_turns(open_turns)}: unsure or flagged, and judged by nobody yet."
        return Next(text, f"{at}/turns/{open_turns[0]}")
    if not outline.marked:
        return Next("Nothing in it is unsure or flagged. Read it, or set it to done.")
    return Next("All that was unsure or flagged is judged: set it to done.")


def _turns(seqs: Sequence[int]) -> str:
    return f"turn {seqs[0]}" if len(seqs) == 1 else f"{len(seqs)} turns"


def _of_incident(status: str, opener: str) -> str:
    if status == "looked_at":
        return "A safety incident was looked at twice: close it with an outcome."
    return f"A safety incident is open: somebody other than {opener} takes the second look."
