"""The picture of six weeks."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from diary.chart import WORDS as KEYS
from diary.chart import chart
from diary.values import Done, History

from .making import TODAY, diary, visit

WORDS = {
    "title": "Six weeks",
    "visits": "Practice a week",
    "pain": "Highest pain, 0 to 10",
    "oldest": "6 weeks ago",
    "newest": "this week",
    "and": "and",
    "alt": "Practice in each week: {visits}. Pain: {pain}.",
    "alt_no_pain": "Practice in each week: {visits}. No pain was told.",
}
SVG = "{http://www.w3.org/2000/svg}"
HISTORY = diary(
    visit(42, pain=9), visit(41, pain=2), visit(20), visit(8, pain=10), visit(6), visit(0, pain=0)
)


def drawn(history: History, words: dict[str, str] = WORDS) -> ElementTree.Element:
    return ElementTree.fromstring(chart(history, TODAY, words).svg)


def bars(history: History) -> list[float]:
    """The heights of the bars, the legend's left out."""
    return [float(one.attrib["height"]) for one in drawn(history).findall(f"{SVG}rect")[1:]]


def test_the_words_tell_the_same_numbers_as_the_picture() -> None:
    told = chart(HISTORY, TODAY, WORDS)
    assert told.alt == "Practice in each week: 1, 0, 0, 1, 1 and 2. Pain: 2, 10 and 0."
    root = drawn(HISTORY)
    assert root.findtext(f"{SVG}title") == "Six weeks"
    assert root.findtext(f"{SVG}desc") == told.alt
    heights = bars(HISTORY)
    assert [round(height / heights[0]) for height in heights] == [1, 1, 1, 2]
    line = root.find(f"{SVG}polyline")
    assert line is not None
    ys = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
    assert ys == [111.6, 30, 132]


def test_without_pain_there_is_no_line_and_the_words_say_so() -> None:
    told = chart(diary(visit(0)), TODAY, WORDS)
    assert told.alt == "Practice in each week: 0, 0, 0, 0, 0 and 1. No pain was told."
    assert "polyline" not in told.svg


def test_an_empty_diary_is_a_picture_without_bars() -> None:
    assert bars(History()) == []


def test_a_visit_in_which_all_was_skipped_is_no_bar_but_its_pain_is_shown() -> None:
    history = diary(visit(0, Done("a", pain=3, skipped=True)))
    assert bars(history) == []
    assert "polyline" in chart(history, TODAY, WORDS).svg


def test_one_practice_is_not_a_full_bar_and_many_stay_within_the_picture() -> None:
    assert bars(diary(visit(0))) == [34]
    assert max(bars(diary(*(visit(days / 10) for days in range(50))))) == 102


def test_the_picture_carries_nothing_that_runs_styles_or_loads() -> None:
    root = drawn(HISTORY)
    assert (root.attrib["viewBox"], root.attrib["role"]) == ("0 0 320 160", "img")
    allowed = {"svg", "title", "desc", "rect", "text", "path", "circle", "polyline"}
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in allowed
        for name, value in element.attrib.items():
            assert name not in ("style", "class", "id", "href")
            assert not name.startswith("on")
            assert not re.search(r"url|:|#", value)


@pytest.mark.parametrize("key", ["title", "visits", "pain", "oldest", "newest", "alt"])
def test_words_cannot_break_out_of_the_picture(key: str) -> None:
    nasty = '</text><script>alert("&")</script>'
    root = drawn(HISTORY, {**WORDS, key: nasty})
    assert root.find(f".//{SVG}script") is None
    assert nasty in "".join(root.itertext())


@pytest.mark.parametrize("key", KEYS)
def test_every_word_is_needed(key: str) -> None:
    words = {name: text for name, text in WORDS.items() if name != key}
    with pytest.raises(KeyError, match=key):
        [chart(history, TODAY, words) for history in (History(), HISTORY)]
