"""A wrong phone number is the worst kind of defect."""

from __future__ import annotations

import pytest

from .conftest import REGIONS, Tiny

SOURCE = """\
  sources:
    - title: When to call 999
      publisher: NHS
      url: https://www.nhs.uk/999
      verified: true
      opened: "2026-01-15"
      # note: call 999 in danger and NHS 111 for advice; the Samaritans are at 116 123.
"""
EMERGENCY = '  name: United Kingdom\n  emergency: "999"\n'


@pytest.mark.parametrize("instead", ["", '  emergency: ""\n'])
def test_a_region_without_an_emergency_number_is_an_error(tiny: Tiny, instead: str) -> None:
    tiny.edit(REGIONS, EMERGENCY, f"  name: United Kingdom\n{instead}")
    place = f"{REGIONS}:{3 if instead else 1}"
    assert (
        f"{place}: error: the region `GB` has no emergency number (`emergency:`). "
        'Add it in quotes, such as `emergency: "112"`.'
    ) in tiny.findings()


def test_an_emergency_number_without_quotes_is_an_error(tiny: Tiny) -> None:
    tiny.edit(REGIONS, EMERGENCY, "  name: United Kingdom\n  emergency: 000\n")
    assert (
        f"{REGIONS}:3: error: `emergency:` needs a text, not the number 0. Put it in quotes."
    ) in tiny.findings()


def test_numbers_without_a_source_are_errors(tiny: Tiny) -> None:
    tiny.edit(REGIONS, SOURCE, "")
    found = [line for line in tiny.findings() if not line.startswith(f"{REGIONS}:8")]
    mend = "Add the page it was read on to the region's `sources:`."
    assert [line for line in found if line.endswith(mend)][:3] == [
        f"{REGIONS}:3: error: the number `999` has no source. {mend}",
        f"{REGIONS}:4: error: the number `NHS 111` has no source. {mend}",
        f"{REGIONS}:6: error: the number `116 123` has no source. {mend}",
    ]


def test_the_general_region_may_repeat_the_others_emergency_numbers_only(tiny: Tiny) -> None:
    tiny.edit(
        REGIONS, '  name: Anywhere\n  emergency: "999"', "  name: Anywhere\n  emergency: 999 or 555"
    )
    assert tiny.findings() == [
        f"{tiny.place(REGIONS, '555')}: error: no page is noted to give the number 555 for unknown."
        " Open a page that gives it, and say so below its source: `# note: …`.",
        f"{tiny.place(REGIONS, '555')}: error: the number `999 or 555` has no source. "
        "Add the page it was read on to the region's `sources:`.",
    ]


def test_a_number_whose_source_nobody_opened_is_a_warning(tiny: Tiny) -> None:
    tiny.edit(REGIONS, "verified: true", "verified: false")
    assert tiny.only().startswith(
        f"{tiny.place(REGIONS, 'verified')}: warning: nobody opened this address "
        "(`When to call 999`). Open the address"
    )


def test_the_general_region_has_to_exist(tiny: Tiny) -> None:
    text = tiny.read(REGIONS)
    tiny.write(REGIONS, text[: text.index("unknown:")])
    assert tiny.only() == (
        f"{REGIONS}:1: error: the region `unknown` is missing. "
        "Add `unknown:`, for people who name no region."
    )


@pytest.mark.parametrize(
    ("right", "wrong", "number"),
    [
        ('"999"\n  advice_line: N', '"998"\n  advice_line: N', "998"),
        ("NHS 111\n", "NHS 112\n", "112"),
    ],
)
def test_a_number_that_no_page_gives_is_an_error(
    tiny: Tiny, right: str, wrong: str, number: str
) -> None:
    tiny.edit(REGIONS, right, wrong)
    wrong = f"no page is noted to give the number {number} for GB"
    assert (
        f"{tiny.place(REGIONS, number)}: error: {wrong}. "
        "Open a page that gives it, and say so below its source: `# note: …`."
    ) in tiny.findings()


def test_a_wrong_crisis_line_is_named_where_it_stands(tiny: Tiny) -> None:
    tiny.edit(REGIONS, '"116 123"', '"116 132"')
    assert tiny.only().startswith(f"{REGIONS}:6: error: no page is noted to give the number 116132")
