"""What a reply carries beside its words, read so that none of it, however odd, can fail. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_PICTURE = re.compile(r"/pictures/[a-z_]+/[0-9]+\.svg")
_WEB = ("https://", "http://")
_LONGEST = 2000
# A document is a handful of sections with some lines each; more is no document of ours.
_DEPTH = 6


@dataclass(frozen=True)
class Source:
    """Where an answer was taken from; `url` leads to the web or is empty."""

    title: str
    url: str


@dataclass(frozen=True)
class Extras:
    """What was shown with a reply.

    Attributes:
        sources: where the answer was taken from.
        step: the exercise and its step, in words; empty for none.
        picture: the address of the step's picture at the patients' site; empty for none.
        drawing: what a drawing made for the patient shows, in words; empty for none.
        calls: whom to call.
        document: the lines of a summary that was made; they may hold the patient's words.
    """

    sources: tuple[Source, ...] = ()
    step: str = ""
    picture: str = ""
    drawing: str = ""
    calls: tuple[str, ...] = ()
    document: tuple[str, ...] = ()


def read(payload: object) -> Extras:
    """What a reply carries; what is malformed is left out."""
    if not isinstance(payload, dict):
        return Extras()
    image, chart = _mapping(payload.get("image")), _mapping(payload.get("chart"))
    url = _text(image.get("url"))
    return Extras(
        sources=tuple(_sources(payload.get("sources"))),
        step=_step(payload),
        picture=url if _PICTURE.fullmatch(url) else "",
        drawing=_text(chart.get("alt")),
        calls=tuple(_text(call.get("title")) for call in _mappings(payload.get("calls"))),
        document=tuple(_lines(payload.get("document"))),
    )


def _sources(given: object) -> Iterator[Source]:
    for source in _mappings(given):
        url = _text(source.get("url"))
        title = _text(source.get("title")) or url
        if title:
            yield Source(title, url if url.startswith(_WEB) else "")


def _step(payload: Mapping[str, Any]) -> str:
    exercise = _text(payload.get("exercise"))
    step, of = payload.get("step"), payload.get("of")
    if not exercise:
        return ""
    return f"{exercise}, step {step} of {of}" if _is_int(step) and _is_int(of) else exercise


def _lines(document: object, depth: int = 0) -> Iterator[str]:
    """Every text of a document, in its order."""
    if isinstance(document, str):
        yield document[:_LONGEST]
    elif depth < _DEPTH and isinstance(document, dict | list):
        for part in document.values() if isinstance(document, dict) else document:
            yield from _lines(part, depth + 1)


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> Iterator[Mapping[str, Any]]:
    return (one for one in (value if isinstance(value, list) else []) if isinstance(one, dict))
