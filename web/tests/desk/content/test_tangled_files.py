"""A file that would take its reader down is one that cannot be read, wherever the desk reads it."""

import pytest

from desk.content import shelf
from desk.content.bodies import body
from desk.content.forms.placing import key_at
from desk.content.moving.references import references
from desk.publishing.due.listing import listed
from desk.workbench.showing import REGIONS, CannotShow, Numbers
from editing.shapes import Kind
from editing.trees import Texts

TOPIC = "data/topics/brace/types.yml"
DEEP = "id: brace/types\ntitle: " + "[" * 100_000
HELD_BY_ITSELF = "id: brace/types\ntitle: &a [*a]\n"

pytestmark = pytest.mark.parametrize("text", [DEEP, HELD_BY_ITSELF], ids=["deep", "by itself"])


def test_the_lists_of_the_content_name_it_as_broken(text: str) -> None:
    (why,) = shelf.read(Texts({TOPIC: text})).broken.values()
    assert why.startswith("Line 2: ")
    assert "Take it out" in why or "Close the brackets" in why


def test_a_look_up_finds_nothing_in_it(text: str) -> None:
    assert body(text) == {}
    assert references(Kind.TOPIC, "brace/types", {TOPIC: text}) == []
    assert key_at(text, 2) == ()


def test_nothing_of_it_is_due(text: str) -> None:
    assert listed(text, Texts({TOPIC: text})) == []


def test_a_draft_of_it_is_not_shown(text: str) -> None:
    with pytest.raises(CannotShow, match=REGIONS):
        Numbers(Texts({REGIONS: text}))
