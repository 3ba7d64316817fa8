"""Every file of the content goes through its forms and comes back as it was."""

from collections.abc import Mapping

import pytest
from starlette.datastructures import FormData

from desk.content import shelf
from desk.content.forms.encoding import BOXES, Boxes
from desk.content.forms.filling import name_of
from desk.content.forms.sheets import NoSuchPart, Sheet, put, sheet
from editing.kinds import kind_of
from tests.desk.content.files import Checkout

FILES = Checkout()
PATHS = sorted(path for path in FILES.paths("data") if kind_of(path))


def text_of(path: str) -> str:
    text = FILES.read(path)
    assert text is not None
    return text


def shown(one: Sheet) -> dict[str, list[str]]:
    """What a browser sends of a form that nobody touched."""
    sent: dict[str, list[str]] = {}
    for group, boxes in one.filled():
        for box in boxes:
            more = {Boxes.TICK: ["no"], Boxes.ONE_EACH: [""], Boxes.ONE: []}
            typed = [*more[BOXES[box.field.shape]], *box.boxes] or [""]
            sent[box.name] = [text.replace("\n", "\r\n") for text in typed]
        if group and group.many is not None and not group.is_new:
            sent[f"place.{name_of(group.key)}"] = [str(group.place)]
    return sent


def form(sent: Mapping[str, list[str]]) -> FormData:
    """The same as the desk reads it."""
    return FormData(
        [(name, text.replace("\r\n", "\n")) for name, texts in sent.items() for text in texts]
    )


@pytest.mark.parametrize("path", PATHS)
def test_a_form_that_nobody_touched_leaves_its_file_as_it_is(path: str) -> None:
    text = text_of(path)
    for part in sheet(path, text).parts[:40]:
        one = sheet(path, text, part.name)
        _, wrong = put(one, form(shown(one)))
        assert wrong == {}
        assert one.document.text() == text


def test_all_that_is_content_can_be_read() -> None:
    found = shelf.read(FILES)
    assert found.broken == {}
    assert {item.path for item in found.items.values()} == set(PATHS)


def changed(path: str, sent: Mapping[str, list[str]], part: str = "") -> tuple[str, dict[str, str]]:
    """A file after some fields of its form were typed into."""
    one = sheet(path, text_of(path), part)
    _, wrong = put(one, form({**shown(one), **sent}))
    return one.document.text(), {name_of(key): said for key, said in wrong.items()}


def difference(path: str, text: str) -> list[str]:
    before = text_of(path).split("\n")
    return [line for line in text.split("\n") if line not in before]


TOPIC = "data/topics/brace/types.yml"
EXERCISE = "data/exercises/calf_stretch.yml"
REGIONS = "data/regions.yml"


def test_only_what_was_typed_differs() -> None:
    text, wrong = changed(TOPIC, {"title": ["Braces there are"], "see_someone": ["Ask: today."]})
    assert wrong == {}
    assert difference(TOPIC, text) == ["title: Braces there are", 'see_someone: "Ask: today."']


def test_what_is_emptied_is_taken_out_or_asked_for() -> None:
    text, wrong = changed(TOPIC, {"facts": [""], "title": [" "]})
    assert "facts:" not in text
    assert wrong == {"title": "“Title” cannot be empty. Please fill it in."}


def test_what_cannot_be_read_is_named_and_all_else_is_put() -> None:
    text, wrong = changed(TOPIC, {"review_due": ["soon"], "title": ["Braces"]})
    assert "title: Braces\n" in text
    assert wrong == {"review_due": "This is no day. Write it as 2027-03-31: year, month, day."}


def test_yaml_that_is_none_is_refused_with_its_line() -> None:
    _, wrong = changed("data/red_flags/dvt.yml", {"rules": ["- any: [a\n- b"]}, "patterns")
    assert wrong["rules"].startswith("In line 2 of this box: ")


def test_a_step_has_inputs_of_its_own_and_moves() -> None:
    text, wrong = changed(
        EXERCISE,
        {
            "steps.1.say": ["Stretch your leg."],
            "place.steps.0": ["2"],
            "out.steps.2": ["yes"],
        },
    )
    assert wrong == {}
    before = sheet(EXERCISE, text_of(EXERCISE)).document.value(("steps",))
    after = sheet(EXERCISE, text).document.value(("steps",))
    assert after == [{**before[1], "say": "Stretch your leg."}, before[0], *before[3:]]


def test_one_more_is_put_at_the_end_with_its_ticks() -> None:
    text, wrong = changed(
        REGIONS,
        {
            "EU.crisis_lines.0.name": ["A line"],
            "EU.crisis_lines.0.number": ["112"],
            "EU.sources.2.title": ["A page"],
        },
        "EU",
    )
    assert wrong == {}
    assert difference(REGIONS, text) == [
        "    - name: A line",
        '      number: "112"',
        "    - title: A page",
    ]
    assert sheet(REGIONS, text, "EU").document.value(("EU", "sources", "2")) == {
        "title": "A page",
        "verified": False,
    }


def test_a_file_has_the_parts_it_has() -> None:
    with pytest.raises(NoSuchPart):
        sheet(REGIONS, text_of(REGIONS), "XX")
    with pytest.raises(NoSuchPart):
        sheet("data/families.yml", text_of("data/families.yml"))
