"""A file that would take the desk down is refused with its line, before it is read."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from editing.broken import BrokenYaml
from editing.nodes import compose
from editing.tangled import DEEPEST, check

BOMB = "a: &a [x, x]\n" + "".join(
    f"{one}: &{one} [*{before}, *{before}]\n"
    for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)


def ladder(deep: int) -> str:
    """A list below a name, again and again, each a little further right."""
    return "a:\n" + "".join(f"{'  ' * at}- a:\n" for at in range(deep))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a: b\nc: " + "[" * 100_000, 2, id="lists"),
        pytest.param("a: " + "{b: " * 5_000 + "}" * 5_000, 1, id="mappings"),
        pytest.param("a:\n " + "- " * 100_000 + "b\n", 2, id="lists on a line"),
        pytest.param("a: b\rc:\r " + "- " * 100_000 + "b\r", 3, id="lines that end otherwise"),
        pytest.param("? " * 100_000 + "b\n", 1, id="keys that are mappings"),
        pytest.param(ladder(200), 26, id="lists below names"),
    ],
)
def test_what_is_nested_without_end_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BrokenYaml, match=r"more than 50 deep\. Close the brackets") as refused:
        compose(text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(BOMB, 1, id="ten that hold ten"),
        pytest.param("b: c\na: &a [*a]\n", 2, id="one that holds itself"),
        pytest.param('b: c\na: {"b":*c}\n', 2, id="behind a colon"),
        pytest.param("b: c\na: [?*b]\n", 2, id="behind a question mark"),
        pytest.param("\ufeff&a b: c\n", 1, id="at the beginning"),
        pytest.param("a: b\r- &a c", 1, id="not even YAML"),
    ],
)
def test_what_repeats_a_part_of_itself_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(BrokenYaml) as refused:
        compose(text)
    assert refused.value.line >= line


def test_the_mend_of_a_name_is_told() -> None:
    with pytest.raises(BrokenYaml, match=r"`here` is the name of a part .* or put the text in quo"):
        compose("a: b\nc: *here\n")


@pytest.mark.parametrize(
    "text",
    [
        "a: R&D and 5*3 & *\n",
        'a: "&b and *c"\n',
        "# &a *b\na: b\n",
        "a: https://example.org/?b=1&c=2\n",
        "a: " + "[" * 45 + "]" * 45 + "\n",
        "a: [" + "[], " * 500 + "]\n",
        "a: |\n" + " " * 60 + "b\n",
        "a: '" + "[" * 500 + "'\n",
    ],
)
def test_signs_that_mean_nothing_are_left_alone(text: str) -> None:
    assert compose(text) is not None


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
            names |= getattr(event, "anchor", None) is not None
    except yaml.YAMLError:
        pass
    return deepest, names


@given(st.lists(st.tuples(SIGNS, st.sampled_from([1, 1, 1, 2, 8, 30]))))
def test_nothing_deep_and_no_name_escapes_the_quick_look(parts: list[tuple[str, int]]) -> None:
    text = "".join(sign * times for sign, times in parts)
    deepest, names = depth_and_names(text)
    if deepest > DEEPEST or names:
        with pytest.raises(BrokenYaml):
            check(text)
    else:
        check(text)
