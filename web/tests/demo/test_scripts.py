"""The scripts of the demonstration can be played, and nobody in them is real."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo.scripts import FOLDER, ScriptError, Scripts, load, texts
from demo.wording import filled

REPOSITORY = Path(__file__).resolve().parents[3]
MEASURED = ("tests/accuracy/heldout", "tests/safety/heldout", "tests/coach/heldout")
# Ranges that are kept for fiction: Ofcom's, and 555-01xx in North America.
INVENTED = re.compile(r"(07700 ?900|\+44 7700 900|020 7946 0|(\(555\) )?555-01)\S+")


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return load()


def all_texts(scripts: Scripts) -> Iterator[str]:
    for visit in scripts.visits:
        yield from texts(visit)
    for values in scripts.words.values():
        yield from values


def one_visit(folder: Path, steps: str, words: str = "first: [Tom]") -> Scripts:
    (folder / "words.yml").write_text(words)
    (folder / "one.yml").write_text(f"visits: [{{name: one, steps: [{steps}]}}]")
    return load(folder)


def test_all_scripts_can_be_played(scripts: Scripts) -> None:
    assert len(scripts.visits) >= 40
    assert sum(len(texts(visit)) for visit in scripts.visits) >= 300


def test_every_word_that_is_kept_is_used(scripts: Scripts) -> None:
    used = set(re.findall(r"\{([a-z_]+)\}", "\n".join(all_texts(scripts))))
    assert set(scripts.words) == used


@pytest.mark.parametrize(
    ("steps", "wrong"),
    [
        ("{say: [hello], press: [Next]}", "one of"),
        ("{chance: 0.5}", "one of"),
        ("{say: []}", "at least 1"),
        ("{say: [hello], times: [3, 2]}", "fewest"),
        ("{say: [hello], chance: 2}", "less than or equal"),
        ("{say: [hello], often: 1}", "Extra inputs"),
        ("{say: [hello], otherwise: [bye]}", "belongs to"),
        ('{say: ["I am {nobody}"]}', "{nobody}"),
        ("{say: [hello", "no YAML"),
    ],
)
def test_a_script_that_cannot_be_played_is_one_clear_error(
    steps: str, wrong: str, tmp_path: Path
) -> None:
    with pytest.raises(ScriptError, match=re.escape(wrong)):
        one_visit(tmp_path, steps)


def test_two_visits_of_one_name_are_an_error(tmp_path: Path) -> None:
    one_visit(tmp_path, "{say: [hello]}")
    (tmp_path / "two.yml").write_text((tmp_path / "one.yml").read_text())
    with pytest.raises(ScriptError, match="two visits are called 'one'"):
        load(tmp_path)


def test_telephone_numbers_and_addresses_are_of_ranges_for_fiction(scripts: Scripts) -> None:
    for number in scripts.words["phone"]:
        assert INVENTED.match(number), number
    for address in scripts.words["email"]:
        assert re.search(r"@(example\.(com|org)|mail\.example)$", address), address
    for text in all_texts(scripts):
        for host in re.findall(r"https?://([a-z.]+)", text):
            assert host.endswith(".example"), text
    # Numbers of the health service that begin with 999 belong to nobody.
    assert all(number.startswith("999") for number in scripts.words["nhs"])


def test_scripts_have_no_message_that_is_measured_by(scripts: Scripts) -> None:
    measured = {
        plain(text)
        for folder in MEASURED
        for file in (REPOSITORY / folder).rglob("*.yml")
        for text in leaves(yaml.safe_load(file.read_text()))
    }
    assert len(measured) > 1000
    own = {plain(text) for text in all_texts(scripts)}
    # What is shorter two people write in the same words.
    assert not {text for text in own & measured if len(text.split()) > 4}


def test_the_texts_of_one_place_are_filled_to_the_end(scripts: Scripts) -> None:
    for text in all_texts(scripts):
        whole = filled(text, scripts.words, random.Random(1))
        assert not re.search(r"\{[a-z_]+\}", whole), whole


def plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)


def test_the_scripts_lie_where_they_are_looked_for() -> None:
    assert (FOLDER / "words.yml").exists()
