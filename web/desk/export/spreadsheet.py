"""Conversations as CSV: one message is one row. Pure."""

import csv
import io
from collections.abc import Iterator

from desk.export.json_lines import moment
from desk.export.safe import cell
from desk.export.transcripts import Said, Transcript

# Without it Excel takes the file for one of its own, older letters.
MARK = "\ufeff"
COLUMNS = (
    "number",
    "masked",
    "began_at",
    "region",
    "release",
    "conversation_level",
    "status",
    "tags",
    "seq",
    "at",
    "by",
    "text",
    "kind",
    "level",
    "topic",
    "helpful",
    "opinion",
    "verdicts",
)
_HELPFUL = {True: "yes", False: "no", None: ""}


def heading() -> str:
    """The first row."""
    return MARK + _row(COLUMNS)


def rows(transcript: Transcript) -> str:
    """A conversation's rows."""
    shared = (
        str(transcript.number),
        "yes" if transcript.masked else "NO",
        moment(transcript.began_at),
        cell(transcript.region),
        cell(transcript.release or ""),
        transcript.level,
        cell(transcript.status),
        cell(" / ".join(transcript.tags)),
    )
    return "".join(_row((*shared, *_message(message))) for message in transcript.messages)


def _message(said: Said) -> Iterator[str]:
    yield str(said.seq)
    yield moment(said.at)
    for text in (said.by, said.text, said.kind, said.level, said.topic):
        yield cell(text or "")
    yield _HELPFUL[said.helpful]
    yield cell(said.opinion or "")
    yield cell(" / ".join(each.verdict for each in said.verdicts))


def _row(cells: tuple[str, ...]) -> str:
    made = io.StringIO()
    csv.writer(made, quoting=csv.QUOTE_ALL).writerow(cells)
    return made.getvalue()
