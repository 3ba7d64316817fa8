"""A line of a file belongs to a key, and a key to a field."""

import pytest

from desk.content.forms.placing import field_at, key_at

FILE = """\
# Of splints.
id: brace/types
scope: 'Kinds there are:
  not which one suits.'
facts: [T3]
examples:
  - kinds of splints
  # the ones in shoes
  - insoles
say:
  urgent:
    advice: "Please call."
steps:
  - say: Sit.
    counts: [seconds]
  - say: Stand.
"""


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (1, ()),
        (2, ("id",)),
        (3, ("scope",)),
        (4, ("scope",)),
        (5, ("facts", "0")),
        (6, ("examples",)),
        (7, ("examples", "0")),
        (9, ("examples", "1")),
        (12, ("say", "urgent", "advice")),
        (14, ("steps", "0", "say")),
        (15, ("steps", "0", "counts", "0")),
        (16, ("steps", "1", "say")),
        (99, ("steps", "1", "say")),
    ],
)
def test_a_line_belongs_to_the_deepest_key_that_has_it(line: int, key: tuple[str, ...]) -> None:
    assert key_at(FILE, line) == key


@pytest.mark.parametrize("text", ["", "a: [", "\t"])
def test_what_is_no_yaml_has_no_keys(text: str) -> None:
    assert key_at(text, 1) == ()


def test_a_key_belongs_to_the_field_that_names_most_of_it() -> None:
    fields = [("say",), ("say", "urgent"), ("examples",)]
    assert field_at(("say", "urgent", "advice"), fields) == ("say", "urgent")
    assert field_at(("say", "soon", "advice"), fields) == ("say",)
    assert field_at(("examples", "3"), fields) == ("examples",)
    assert field_at(("scope",), fields) is None
    assert field_at((), fields) is None
