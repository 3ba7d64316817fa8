"""Reading data/: what an editor is told when a file cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from content import CatalogueError, load
from content.files import DATA

STROKE = "topics/causes/stroke.yml"
TEXTS = "conversation/texts.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The project's data with two topics, to be spoilt."""
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy, ignore=shutil.ignore_patterns("topics"))
    for name in (STROKE, "topics/causes/diabetes.yml"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / name, copy / name)
    return copy


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaint(data: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        load(data)
    return str(caught.value)


def test_a_folder_without_fault_is_read(data: Path) -> None:
    assert sorted(load(data).topics) == ["causes/diabetes", "causes/stroke"]


def test_broken_yaml_is_named_with_file_line_and_mend(data: Path) -> None:
    file = data / STROKE
    edit(file, "title: ", "title: Stroke: and ")
    line = 1 + next(n for n, t in enumerate(file.read_text().splitlines()) if "Stroke: and" in t)
    assert complaint(data).startswith(f"{file}:{line}: not valid YAML (")
    assert complaint(data).endswith("Put the text in quotes?")


def test_a_missing_file_is_named(data: Path) -> None:
    (data / "regions.yml").unlink()
    expected = f"{data / 'regions.yml'}: cannot be read (No such file or directory)"
    assert complaint(data) == expected


def test_a_missing_field_of_a_topic_is_named(data: Path) -> None:
    edit(data / STROKE, "title:", "name:")
    assert complaint(data) == f"{data / STROKE}:1: add the field `title:`"


@pytest.mark.parametrize(
    ("name", "field"),
    [("regions.yml", "emergency"), ("sources.yml", "publisher"), (TEXTS, "reply")],
)
def test_a_missing_field_of_a_list_is_named_too(data: Path, name: str, field: str) -> None:
    edit(data / name, f"{field}:", "other:")
    assert complaint(data) == f"{data / name}:1: add the field `{field}:`"


def test_a_list_where_names_are_expected_is_an_error(data: Path) -> None:
    (data / "sources.yml").write_text("- one\n- two\n")
    expected = f"{data / 'sources.yml'}:1: expected `name: value` lines at the top level"
    assert complaint(data) == expected


def test_an_empty_file_is_an_error(data: Path) -> None:
    (data / STROKE).write_text("")
    assert complaint(data).startswith(f"{data / STROKE}:1: expected")


def test_texts_without_their_heading_are_an_error(data: Path) -> None:
    (data / TEXTS).write_text("welcome: {kind: notice, reply: [Hello.]}\n")
    assert complaint(data) == f"{data / TEXTS}:1: expected one top-level key `texts:`"


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [("kind: notice", "kind: shout", "shout"), ("  welcome:", "  wellcome:", "wellcome")],
)
def test_a_kind_or_a_text_nobody_knows_is_named_with_its_file(
    data: Path, old: str, new: str, word: str
) -> None:
    edit(data / TEXTS, old, new)
    assert complaint(data).startswith(f"{data / TEXTS}:1: a field does not hold what it should")
    assert word in complaint(data)
    assert "make lint-content" in complaint(data)


def test_a_source_without_any_field_is_named_with_its_file(data: Path) -> None:
    (data / "sources.yml").write_text("nhs:\n")
    assert complaint(data).startswith(f"{data / 'sources.yml'}:1: a field does not hold")


@pytest.mark.parametrize("content", [b"title: caf\xe9\n", b"title: a\x07\n"])
def test_bytes_that_are_no_text_are_an_error(data: Path, content: bytes) -> None:
    (data / STROKE).write_bytes(content)
    assert complaint(data).startswith(f"{data / STROKE}:1: not UTF-8 text")
