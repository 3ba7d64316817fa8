"""A file that would take the lint down is told with its line and its mend."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from content.lint.nesting import DEEPEST, Tangled, check

from .conftest import BRACE, Tiny

OPENING = ["- ", "? ", ": ", "a: ", "a:", "[", "{", "--- ", "\t", "\ufeff"]
ENDING = ["]", "}", ",", "'", '"', "#", "|", "\n", "\r", "\x85", "\u2028", "\n ", "\n  "]
SIGNS = st.sampled_from([*OPENING, *ENDING, "&b ", "&b", "*b", "!t "])


def depth_and_names(text: str) -> tuple[int, bool]:
    depth = deepest = 0
    names = False
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            deepest = max(deepest, depth)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            names |= isinstance(event, yaml.NodeEvent) and event.anchor is not None
    except yaml.YAMLError:
        pass
    return deepest, names


@pytest.mark.parametrize(
    "line",
    [
        "scope: " + "[" * 100_000,
        "\r  - " + "- " * 100_000,
        "\u2028  - " + "- " * 100_000,
    ],
    ids=["brackets", "behind a carriage return", "behind a separator of lines"],
)
@pytest.mark.parametrize("path", [BRACE, "data/triage/learning/body_1.yml"])
def test_what_is_nested_without_end_is_an_error(tiny: Tiny, path: str, line: str) -> None:
    tiny.write(path, f"id: brace/types\nanswer:\n{line}")
    (found,) = (told for told in tiny.findings() if told.startswith(f"{path}:"))
    assert "lists stand in lists, more than 40 deep. Close the brackets" in found


@pytest.mark.parametrize("path", [BRACE, "data/triage/learning/body_1.yml"])
@pytest.mark.parametrize("text", ["a: &b [c]\nd: {'e':*b}\n", "a: &b [*b]\n", "a: &b c\n"])
def test_what_repeats_a_part_of_itself_is_an_error(tiny: Tiny, path: str, text: str) -> None:
    tiny.write(path, text)
    (found,) = (told for told in tiny.findings() if told.startswith(f"{path}:"))
    assert found == (
        f"{path}:1: error: `b` is the name of a part of the file that is to be repeated. "
        "Write it out, or put it in quotes."
    )


@pytest.mark.parametrize("path", [BRACE, "data/triage/learning/body_1.yml"])
@pytest.mark.parametrize(
    "number",
    ["1" + ":1" * 400_000, "1" + ":1" * 400_000 + ".5", "0x" + "f" * 800_000, "9" * 800_000],
    ids=["sixtieths", "sixtieths with a point", "hexadecimal", "decimal"],
)
def test_a_number_without_end_is_an_error(tiny: Tiny, path: str, number: str) -> None:
    tiny.write(path, f"id: brace/types\nanswer: {number}\n")
    (found,) = (told for told in tiny.findings() if told.startswith(f"{path}:"))
    assert found.startswith(f"{path}:2: error: `{number[:20]}…` would be a number, of 80")
    assert found.endswith("Put it in quotes, or take it out.")


@given(st.lists(st.tuples(SIGNS, st.sampled_from([1, 1, 1, 2, 8, 30]))))
def test_nothing_deep_and_no_name_escapes_the_quick_look(parts: list[tuple[str, int]]) -> None:
    text = "".join(sign * times for sign, times in parts)
    deepest, names = depth_and_names(text)
    try:
        check(text, yaml.CSafeLoader)
    except Tangled:
        assert deepest > DEEPEST or names
    except yaml.YAMLError:
        assert deepest <= DEEPEST
        assert not names
    else:
        assert deepest <= DEEPEST
        assert not names
