"""What would be a number without end is refused with its line before anybody works it out."""

import time

import pytest

from editing import values
from editing.broken import BrokenYaml
from editing.documents import Document
from editing.nodes import compose, plain

ENDLESS = {
    "sixtieths": "1" + ":1" * 400_000,
    "sixtieths with a point": "1" + ":1" * 400_000 + ".5",
    "hexadecimal": "0x" + "f" * 800_000,
    "octal": "0" + "7" * 800_000,
    "decimal": "9" * 800_000,
    "decimal with a point": "9" * 800_000 + ".0",
    "said to be one": '!!int "' + "1:" * 400_000 + '1"',
}


@pytest.mark.parametrize("reader", [Document.parse, values.load])
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_number_without_end_is_refused_with_its_line(kind: str, reader: object) -> None:
    assert callable(reader)
    begun = time.process_time()
    with pytest.raises(BrokenYaml, match=r"would be a number, of \d+ signs\. Put it in quotes"):
        reader(f"a: b\nc:\n  - {ENDLESS[kind]}\n")
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("reader", [Document.parse, values.load])
def test_its_line_is_told(reader: object) -> None:
    assert callable(reader)
    with pytest.raises(BrokenYaml) as refused:
        reader(f"a: b\nc:\n  - {'9' * 41}\n")
    assert refused.value.line == 3


def test_in_quotes_it_is_a_text_and_a_short_one_a_number() -> None:
    text = f'a: "{"1:" * 500}1"\nb: 1:30\nc: 0x1f\nd: 2.5\n'
    expected = {"a": "1:" * 500 + "1", "b": 90, "c": 31, "d": 2.5}
    assert plain(compose(text)) == values.load(text) == expected


@pytest.mark.parametrize("said", ['!!int ""', '!!float ""', "!!int x", "!!bool x"])
def test_what_is_only_said_to_be_a_number_is_a_text_or_refused(said: str) -> None:
    assert isinstance(plain(compose(f"a: {said}")), dict)
    with pytest.raises(BrokenYaml):
        values.load(f"a: {said}")


def test_what_is_only_said_to_be_a_day_is_refused() -> None:
    with pytest.raises(BrokenYaml):
        values.load("a: !!timestamp x")
