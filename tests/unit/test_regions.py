"""Every number that Dorsi gives is one that the page it was read on gives."""

from __future__ import annotations

import pytest

from content import Region, load
from content.files import DATA
from content.lint.regions import given, notes, numbers
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
NOTES = notes((DATA / "regions.yml").read_text(encoding="utf-8"))


def texts(region: Region) -> list[str]:
    """Every text of a region that a patient may dial from."""
    return [text for _, text in given(vars(region))]


def test_the_regions_are_these() -> None:
    assert REGIONS.keys() == EMERGENCY.keys()


@pytest.mark.parametrize("code", EMERGENCY)
def test_the_emergency_number_is_the_one_that_everybody_knows(code: str) -> None:
    assert numbers(REGIONS[code].emergency) == EMERGENCY[code]


@pytest.mark.parametrize("code", EMERGENCY)
def test_every_region_says_whom_to_call_the_same_day(code: str) -> None:
    assert REGIONS[code].same_day.startswith("call ")


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
        dialled = {number for text in texts(REGIONS[code]) for number in numbers(text)}
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
