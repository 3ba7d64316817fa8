"""Every number that Dorsi gives is one that the page it was read on gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from content import Region, load
from content.load import DATA
from content.model import UNKNOWN_REGION
from triage import Numbers

REGIONS = load().regions
# Written from what is publicly known, apart from data/regions.yml.
EMERGENCY = {
    "GB": {"999"},
    "IE": {"112", "999"},
    "US": {"911"},
    "CA": {"911"},
    "AU": {"000"},
    "NZ": {"111"},
    "EU": {"112"},
    UNKNOWN_REGION: {"112", "999", "911"},
}
WITHOUT_CRISIS_LINE = {"EU", UNKNOWN_REGION}
# A name that is dialled as letters, and what it is in figures.
LETTERS = {"1800MEDICARE": "1800633422"}

_NUMBER = re.compile(r"\d+[A-Z]+|\d[\d -]*\d|\d")
_REGION = re.compile(r"^(\w+):$")
_NOTE = re.compile(r"^ +# note: (.+)$")


def numbers(text: str) -> set[str]:
    """The numbers in a text, without the spaces and hyphens in them."""
    found = (re.sub(r"[ -]", "", number) for number in _NUMBER.findall(text))
    return {LETTERS.get(number, number) for number in found}


def given(region: Region) -> Iterator[str]:
    """Every text of a region that a patient may dial from."""
    yield from (region.emergency, region.same_day, region.advice_line)
    yield from (line["number"] for line in region.crisis_lines)


def notes() -> dict[str, list[str]]:
    """What the pages say, by region: the notes are comments, for the editor and for this test."""
    found: dict[str, list[str]] = {}
    region = ""
    for line in (DATA / "regions.yml").read_text(encoding="utf-8").splitlines():
        if heading := _REGION.match(line):
            region = heading.group(1)
        elif note := _NOTE.match(line):
            found.setdefault(region, []).append(note.group(1))
    return found


NOTES = notes()


def said_by_pages(code: str) -> set[str]:
    """The numbers that pages give for a region; the general one leans on all the others."""
    codes = REGIONS if code == UNKNOWN_REGION else [code]
    return {number for one in codes for note in NOTES.get(one, ()) for number in numbers(note)}


def test_the_regions_are_these() -> None:
    assert REGIONS.keys() == EMERGENCY.keys()


@pytest.mark.parametrize("code", EMERGENCY)
def test_the_emergency_number_is_the_one_that_everybody_knows(code: str) -> None:
    assert numbers(REGIONS[code].emergency) == EMERGENCY[code]


@pytest.mark.parametrize("code", EMERGENCY)
def test_every_region_says_whom_to_call_the_same_day(code: str) -> None:
    assert REGIONS[code].same_day.startswith("call ")


@pytest.mark.parametrize("code", EMERGENCY)
def test_every_number_is_in_what_a_page_says_of_that_region(code: str) -> None:
    dialled = {number for text in given(REGIONS[code]) for number in numbers(text)}
    assert dialled - said_by_pages(code) == set()


def test_every_verified_source_has_a_note() -> None:
    text = (DATA / "regions.yml").read_text(encoding="utf-8")
    sources = text.count("\n      verified: true")
    assert sum(map(len, NOTES.values())) == sources


@pytest.mark.parametrize("code", sorted(EMERGENCY.keys() - WITHOUT_CRISIS_LINE))
def test_every_country_has_a_crisis_line_with_a_name_and_a_number(code: str) -> None:
    lines = Numbers.of(vars(REGIONS[code])).crisis_lines
    assert lines
    for name, number in lines:
        assert name.strip()
        assert numbers(number)


@pytest.mark.parametrize("code", sorted(WITHOUT_CRISIS_LINE))
def test_where_the_country_is_not_known_no_countrys_line_is_given(code: str) -> None:
    region = REGIONS[code]
    assert not region.crisis_lines
    assert not region.advice_line
    assert numbers(region.same_day) == set()


def test_no_region_gives_the_emergency_number_of_another_as_its_own_line() -> None:
    everywhere = set().union(*EMERGENCY.values())
    for code in EMERGENCY.keys() - {UNKNOWN_REGION}:
        others = everywhere - EMERGENCY[code]
        # In Britain 111 is the NHS's line; in New Zealand it is the emergency number.
        allowed = {"111"} if code == "GB" else set()
        dialled = {number for text in given(REGIONS[code]) for number in numbers(text)}
        assert dialled & others <= allowed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("call 112, 999 or 911", {"112", "999", "911"}),
        ("9-8-8 or 13 11 14", {"988", "131114"}),
        ("1800MEDICARE (1800 633 422)", {"1800633422"}),
        ("call your doctor", set()),
    ],
)
def test_numbers_are_found_however_they_are_written(text: str, found: set[str]) -> None:
    assert numbers(text) == found
