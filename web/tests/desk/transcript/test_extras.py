"""What a reply carries, whatever an earlier release or an odd day has left there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desk.transcript.extras import Extras, Source, read

NAMES = some.sampled_from(
    ["sources", "url", "title", "exercise", "step", "of", "image", "chart", "alt", "calls",
     "document", "sections"]
)  # fmt: skip
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda part: some.lists(part, max_size=3) | some.dictionaries(NAMES, part, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_whatever_a_payload_is_it_can_be_read(payload: Any) -> None:
    found = read(payload)
    assert all(isinstance(line, str) for line in found.document)


def test_what_a_reply_carries_is_read() -> None:
    assert read(
        {
            "sources": [{"title": "NHS", "url": "https://nhs.example"}],
            "exercise": "toe_raises", "step": 1, "of": 4,
            "image": {"url": "/pictures/toe_raises/1.svg", "alt": "A foot"},
            "chart": {"svg": "<svg/>", "alt": "Three weeks"},
            "calls": [{"title": "Call 999", "number": "999"}],
            "document": {"title": "Summary", "sections": [{"lines": [{"text": "My toes drag"}]}]},
        }
    ) == Extras(
        sources=(Source("NHS", "https://nhs.example"),),
        step="toe_raises, step 1 of 4",
        picture="/pictures/toe_raises/1.svg",
        drawing="Three weeks",
        calls=("Call 999",),
        document=("Summary", "My toes drag"),
    )  # fmt: skip


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil", " https://a"])
def test_a_source_that_does_not_lead_to_the_web_is_no_link(url: str) -> None:
    assert read({"sources": [{"title": "A", "url": url}]}).sources == (Source("A", ""),)


@pytest.mark.parametrize("url", ["https://evil.example/1.svg", "/pictures/../secret/1.svg", 3])
def test_only_pictures_of_ours_are_pictures(url: Any) -> None:
    assert read({"image": {"url": url}}).picture == ""
