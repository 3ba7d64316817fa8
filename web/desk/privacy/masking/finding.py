"""Everything personal in a text, as one list of pieces."""

import re
from collections.abc import Iterable

from desk.privacy.masking.addresses import addresses
from desk.privacy.masking.dates import DATE, births
from desk.privacy.masking.digits import numbers
from desk.privacy.masking.emails import emails
from desk.privacy.masking.kinds import Kind, Span
from desk.privacy.masking.names import names
from desk.privacy.masking.records import records

WINDOW, OVERLAP = 4_000, 200
# One character stands for each piece that is masked already. It is of no script and no word.
MASK = "\ue000"
_MASKED = re.compile(r"\[(?:" + "|".join(Kind) + r")\]")
_RANK = (Kind.EMAIL, Kind.ADDRESS, Kind.BIRTH_DATE, Kind.RECORD_NUMBER, Kind.PHONE, Kind.NAME)
_FINDERS = (emails, addresses, births, records, numbers, names)
_LOOKS = 6


def spans(text: str) -> list[Span]:
    """Find what tells who somebody is.

    The text is looked at again without what was found, until nothing more is: so a text that has
    been masked holds nothing to mask.

    Args:
        text: a message of any length; `[name]` and its like count as masked.

    Returns:
        Pieces in the order of the text. They do not overlap.
    """
    found: list[Span] = []
    for start, end in _windows(len(text)):
        inside = _settled(text[start:end])
        found += [Span(start + span.start, start + span.end, span.kind) for span in inside]
    return _merged(found)


def masked(text: str, found: Iterable[Span]) -> str:
    """Put a piece's kind in its place, as `[name]`.

    Args:
        text: the text that the pieces were found in.
        found: pieces that do not overlap.

    Returns:
        The text without what tells who somebody is.
    """
    parts, end = [], 0
    for span in sorted(found):
        parts += [text[end : span.start], f"[{span.kind}]"]
        end = span.end
    return "".join([*parts, text[end:]])


def _windows(length: int) -> list[tuple[int, int]]:
    """Parts of a long text that overlap, so that no piece is cut by both."""
    if length <= WINDOW:
        return [(0, length)]
    return [(start, min(start + WINDOW + OVERLAP, length)) for start in range(0, length, WINDOW)]


def _settled(text: str) -> list[Span]:
    """Look at a text until nothing more is found."""
    found: list[Span] = []
    for _ in range(_LOOKS):
        more = _look(text, found)
        if not more:
            break
        found = _merged([*found, *more])
    return found


def _look(text: str, found: list[Span]) -> list[Span]:
    """Look once at a text in which each masked piece is one character."""
    hidden = [
        *((span.start, span.end) for span in found),
        *(mask.span() for mask in _MASKED.finditer(text)),
    ]
    if not hidden:
        return _find(text)
    short: list[str] = []
    origin: list[int] = []
    end = 0
    for start, close in sorted(hidden):
        if start >= end:
            short += [text[end:start], MASK]
            origin += [*range(end, start), start]
            end = close
    short.append(text[end:])
    origin += [*range(end, len(text)), len(text)]
    return [
        Span(origin[span.start], origin[span.end - 1] + 1, span.kind)
        for span in _find("".join(short))
    ]


def _find(text: str) -> list[Span]:
    found = _merged(piece for finder in _FINDERS for piece in _apart(text, finder(text)))
    beside = list(_births_beside(text, found))
    return _merged([*found, *beside]) if beside else found


def _apart(text: str, found: Iterable[Span]) -> Iterable[Span]:
    """Cut pieces where they would reach over something masked, and drop the space around them."""
    for span in found:
        start = span.start
        for part in text[span.start : span.end].split(MASK):
            kept = part.strip()
            begin = start + len(part) - len(part.lstrip())
            if any(char.isalnum() for char in kept):
                yield Span(begin, begin + len(kept), span.kind)
            start += len(part) + 1


def _births_beside(text: str, found: list[Span]) -> Iterable[Span]:
    """Dates that stand right after a name or the number of a record, as on a form."""
    ends = {span.end for span in found if span.kind in (Kind.NAME, Kind.RECORD_NUMBER)}
    if not ends:
        return
    for date in DATE.finditer(text):
        before = text[: date.start()].rstrip(" ,;\n")
        if len(before) in ends and len(date.group()) > 5 and not _goes_on(text, date.end()):
            yield Span(date.start(), date.end(), Kind.BIRTH_DATE)


def _goes_on(text: str, end: int) -> bool:
    return re.match(r"\s[a-z]", text[end : end + 2]) is not None


def _merged(found: Iterable[Span]) -> list[Span]:
    """Pieces in order; those that overlap become one of the surer kind."""
    merged: list[Span] = []
    for span in sorted(found):
        last = merged[-1] if merged else None
        if last is not None and span.start < last.end:
            kind = min(last.kind, span.kind, key=_RANK.index)
            merged[-1] = Span(last.start, max(last.end, span.end), kind)
        else:
            merged.append(span)
    return merged
