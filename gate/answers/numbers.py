"""Figures and telephone numbers in what Dorsi says: a slip in one of them may do harm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from content.lint.files import Files
from content.lint.regions import given, numbers
from gate.answers.spoken import Key, Spoken, reviewed
from gate.report import Finding

REGIONS = "regions.yml"
LONG = 7
"""A number of so many figures is dialled, whatever stands before it."""
_WORDS = dict(
    zip(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "twenty",
            "thirty",
            "forty",
            "fifty",
            "hundred",
            "half",
            "third",
            "quarter",
        ],
        [
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "20",
            "30",
            "40",
            "50",
            "100",
            "1/2",
            "1/3",
            "1/4",
        ],
        strict=True,
    )
)
_FIGURE = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d[\d ()-]{1,}\d")
_CALL = re.compile(
    r"\b(?:call|dial|ring|phone|text|telephone|number|helpline|line)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)

Texts = Mapping[tuple[str, Key], Spoken]


def changed(live: Files, data: Files, before: Texts, after: Texts) -> Iterator[Finding]:
    """Texts that give other figures although neither their sources nor their review changed."""
    for (path, key), now in after.items():
        was = before.get((path, key))
        if was is None or was.text == now.text:
            continue
        name = path.partition("/")[2]
        then = reviewed(live.document(name, ""))
        if then[0] and reviewed(data.document(name, "")) == then:
            added = list((_figures(now.text) - _figures(was.text)).elements())
            if added:
                wrong = f"the figures {_listed(added)} are new, but neither `reviewed:` nor "
                mend = "Look into the source, and then set `reviewed:` to the day you did."
                yield Finding(path, now.line, f"{wrong}`sources:` changed", mend, key=key)


def doses(live: Files, data: Files) -> Iterator[Finding]:
    """Exercises whose dose changed although neither their sources nor their review did."""
    for name in data.below("exercises"):
        if name not in live.names:
            continue
        was, now = live.document(name, ""), data.document(name, "")
        if was.content.get("dose") != now.content.get("dose") and reviewed(was) == reviewed(now):
            place = now.place("dose")
            wrong = "the dose of the exercise changed, but neither `reviewed:` nor `sources:` did"
            mend = "Look into the source, and then set `reviewed:` to the day you did."
            yield Finding(place.path, place.line, wrong, mend, key=("dose",))


def telephones(data: Files, before: Texts, after: Texts) -> Iterator[Finding]:
    """Telephone numbers in texts that are new: they belong into the regions."""
    known = _known(data)
    for where, now in after.items():
        was = before.get(where)
        old = set(_telephones(was.text, known)) if was else set()
        for number in _telephones(now.text, known):
            if number in old:
                continue
            if numbers(number) <= known:
                wrong = f"“{number}” is the number of one region; patients elsewhere read it too"
            else:
                wrong = f"“{number}” is the number of no region"
            mend = "Write {emergency} or {same_day}, or “call your doctor”: numbers stand in "
            yield Finding(now.path, now.line, wrong, f"{mend}{data.place(REGIONS)}.", key=now.key)


def regions(live: Files, data: Files) -> Iterator[Finding]:
    """Regions whose numbers changed although nobody opened a page anew."""
    was, now = (files.document(REGIONS, "").content for files in (live, data))
    document = data.document(REGIONS, "")
    for code, before in was.items():
        after = now.get(code)
        place = document.place(code)
        if not isinstance(after, dict):
            wrong = f"the region {code} is gone: people there get the general numbers"
            yield Finding(place.path, place.line, wrong, "Put it back.", key=(code,))
        elif _dialled(before) != _dialled(after) and not _opened(after) - _opened(before):
            wrong = f"the numbers of {code} changed ({_turned(before, after)}), but no source was "
            mend = "Open the page that gives the number, say so in its note, and set `opened:`."
            yield Finding(place.path, place.line, f"{wrong}opened again", mend, key=(code,))


def _figures(text: str) -> Counter[str]:
    found = (one.lower() for one in _FIGURE.findall(text))
    return Counter(_WORDS.get(one, one.replace(",", "")) for one in found)


def _telephones(text: str, known: set[str]) -> Iterator[str]:
    for found in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if len(digits) >= LONG or digits in known or _CALL.search(text[: found.start()]):
            yield found.group().strip()


def _known(data: Files) -> set[str]:
    content = data.document(REGIONS, "").content
    return {number for region in content.values() for number in _dialled(region)}


def _dialled(region: Any) -> set[str]:
    texts = given(region) if isinstance(region, dict) else ()
    return {number for _, text in texts for number in numbers(text)}


def _opened(region: Mapping[str, Any]) -> set[tuple[str, str]]:
    sources = region.get("sources")
    return {
        (str(one.get("url")), str(one.get("opened")))
        for one in (sources if isinstance(sources, list) else ())
        if isinstance(one, dict)
    }


def _turned(before: Any, after: Any) -> str:
    gone, new = _dialled(before) - _dialled(after), _dialled(after) - _dialled(before)
    parts = [f"{_listed(sorted(some))} {word}" for some, word in ((gone, "gone"), (new, "new"))]
    return ", ".join(part for part, some in zip(parts, (gone, new), strict=True) if some)


def _listed(numbers: list[str]) -> str:
    return ", ".join(numbers)
