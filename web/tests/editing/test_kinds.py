"""Every file of a kind has the fields that are in it, and no path leads out of the content."""

from pathlib import Path

import pytest

from editing.documents import Document
from editing.kinds import Kind, Shape, fields, id_of, is_content, kind_of, path_of

ROOT = Path(__file__).resolve().parents[3]
PATHS = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "data").rglob("*.yml"))
KINDED = [path for path in PATHS if kind_of(path)]


def test_the_kinds_are_told_by_the_place_of_the_file() -> None:
    assert kind_of("data/topics/brace/types.yml") is Kind.TOPIC
    assert kind_of("data/conversation/thanks.yml") is Kind.ACT
    assert kind_of("data/conversation/texts.yml") is Kind.TEXTS
    assert kind_of("data/red_flags/stroke.yml") is Kind.RED_FLAG
    assert [
        kind_of(path) for path in ("data/triage/cues.yml", "data/conversation/aspects.yml")
    ] == [
        None,
        None,
    ]


@pytest.mark.parametrize("path", KINDED)
def test_what_can_be_changed_in_a_file_is_there_and_has_the_shape_it_should(path: str) -> None:
    kind = kind_of(path)
    assert kind is not None and path_of(kind, id_of(path) or "") == path
    document = Document.parse((ROOT / path).read_text())
    shapes = {Shape.LINES: list, Shape.PARAGRAPHS: list, Shape.IDS: list, Shape.FLAG: bool}
    for field in fields(kind, document):
        assert document.has(field.key) or not field.required, field.key
        if document.has(field.key) and field.shape is not Shape.YAML:
            wanted = int if field.shape is Shape.NUMBER else shapes.get(field.shape, str)
            assert isinstance(document.get(field.key), wanted), field.key


@pytest.mark.parametrize("path", KINDED)
def test_nothing_of_a_file_but_its_id_is_without_a_field(path: str) -> None:
    kind = kind_of(path)
    assert kind is not None
    document = Document.parse((ROOT / path).read_text())
    known = {field.key[0] for field in fields(kind, document)}
    assert set(document.value()) - known <= {"id"}


def test_every_file_of_the_content_may_be_written() -> None:
    assert all(map(is_content, PATHS))


@pytest.mark.parametrize(
    "path",
    [
        *("data/../deploy/x.yml", "/data/x.yml", "data/x.py", "content/x.yml", "data/.git/x.yml"),
        *(
            "data//x.yml",
            "data/a/./x.yml",
            "data/x.yml\n",
            "data/ü.yml",
            "data/x.yml/",
            "data/-.yml",
        ),
        f"data/{'x' * 300}.yml",
    ],
)
def test_no_other_path_may_be_written(path: str) -> None:
    assert not is_content(path)


@pytest.mark.parametrize("id", ["../x/y", "Brace/x", "brace", "brace/x/y", "", "a/b\n"])
def test_a_topic_has_an_id_of_family_and_name(id: str) -> None:
    with pytest.raises(ValueError, match="small letters"):
        path_of(Kind.TOPIC, id)


def test_the_files_of_texts_and_aspects_are_no_acts() -> None:
    with pytest.raises(ValueError, match="small letters"):
        path_of(Kind.ACT, "texts")
