"""A patient's text as markup: personal data hidden, and places of it marked. Pure.

The text that shows is always the masked one, letter for letter: marks go around it and into it,
and add nothing to it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from markupsafe import Markup, escape

from desk.privacy.masking import Span, masked


class Sign(StrEnum):
    """What a mark says of its place."""

    FLAG = "flag"
    """These words raised a red flag."""
    FOUND = "found"
    """These words were searched for."""


@dataclass(frozen=True)
class Mark:
    """A place in a text as it was typed, in characters, and what is said of it."""

    start: int
    end: int
    sign: Sign


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: as it is shown, and where it stands in the text as it was typed."""

    shown: str
    start: int
    end: int
    is_hidden: bool


def tidied(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in their order, within the text, and none over another.

    Where two lie over each other they become one of the kind of the first: nothing of either is
    seen.
    """
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start, end = max(span.start, 0), min(span.end, len(text))
        if start >= end:
            continue
        if kept and start < kept[-1].end:
            last = kept[-1]
            kept[-1] = Span(last.start, max(last.end, end), last.kind)
        else:
            kept.append(Span(start, end, span.kind))
    return kept


def pieces(text: str, hidden: Sequence[Span]) -> list[Piece]:
    """The text in stretches that are shown as they were typed, or hidden.

    Args:
        text: as it was typed.
        hidden: tidied spans.
    """
    parts: list[Piece] = []
    at = 0
    for span in hidden:
        if at < span.start:
            parts.append(Piece(text[at : span.start], at, span.start, False))
        part = text[span.start : span.end]
        instead = masked(part, [Span(0, len(part), span.kind)])
        parts.append(Piece(instead, span.start, span.end, True))
        at = span.end
    if at < len(text):
        parts.append(Piece(text[at:], at, len(text), False))
    return parts


def marked(parts: Sequence[Piece], marks: Iterable[Mark]) -> Markup:
    """The pieces as markup, which is safe to put into a page whatever was typed.

    A mark that touches hidden words marks what stands in their place as a whole. Marks without a
    place in the text are left out.
    """
    wanted = [mark for mark in marks if mark.start < mark.end]
    shown = Markup()
    for signs, run in _joined(_cut(parts, wanted)):
        inner = Markup().join(_element(text, is_hidden) for text, is_hidden in run)
        shown += _around(inner, signs)
    return shown


type _Run = tuple[str, bool]
type _Signs = frozenset[Sign]


def _cut(parts: Sequence[Piece], marks: Sequence[Mark]) -> Iterator[tuple[_Signs, _Run]]:
    """The pieces, cut where a mark begins or ends, each with the signs that lie on it."""
    for part in parts:
        here = [mark for mark in marks if mark.start < part.end and mark.end > part.start]
        if part.is_hidden or not here:
            yield frozenset(mark.sign for mark in here), (part.shown, part.is_hidden)
            continue
        edges = {place for mark in here for place in (mark.start, mark.end)}
        cuts = sorted({part.start, part.end, *(e for e in edges if part.start < e < part.end)})
        for start, end in pairwise(cuts):
            signs = frozenset(mark.sign for mark in here if mark.start < end and mark.end > start)
            yield signs, (part.shown[start - part.start : end - part.start], False)


def _joined(cut: Iterable[tuple[_Signs, _Run]]) -> Iterator[tuple[_Signs, list[_Run]]]:
    """Neighbours with the same signs as one."""
    last: tuple[_Signs, list[_Run]] | None = None
    for signs, run in cut:
        if last is not None and last[0] == signs:
            last[1].append(run)
            continue
        if last is not None:
            yield last
        last = (signs, [run])
    if last is not None:
        yield last


def _element(text: str, is_hidden: bool) -> Markup:
    return Markup("<span class=hid>{}</span>").format(text) if is_hidden else escape(text)


def _around(inner: Markup, signs: _Signs) -> Markup:
    if not signs:
        return inner
    return Markup('<mark class="{}">{}</mark>').format(" ".join(sorted(signs)), inner)
