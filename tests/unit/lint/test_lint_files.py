"""YAML, schemas, ids and families."""

from __future__ import annotations

import json

import pytest

from content.lint.schema import SCHEMAS
from content.names import Kind

from .conftest import ASPECTS, BRACE, FAMILIES, GREET, REGIONS, SOURCES, TEXTS, Tiny


def test_a_project_without_fault_has_no_findings(tiny: Tiny) -> None:
    assert tiny.findings() == []


def test_broken_yaml_is_named_with_its_line(tiny: Tiny) -> None:
    tiny.edit(BRACE, "scope: What a brace is.", "scope: What: a brace is.")
    found = tiny.only()
    assert found.startswith(f"{tiny.place(BRACE, 'scope:')}: error: not valid YAML (")
    assert found.endswith("put a text that holds `: ` or ` #` in quotes.")


def test_a_broken_list_of_sources_does_not_make_every_source_unknown(tiny: Tiny) -> None:
    tiny.edit(SOURCES, "title: Foot drop", "title: Foot: drop")
    assert len(tiny.findings()) == 1


def test_a_missing_file_is_an_error(tiny: Tiny) -> None:
    tiny.delete(SOURCES)
    assert tiny.only().startswith(f"{SOURCES}:1: error: the file cannot be read (No such file")


def test_an_empty_file_is_an_error(tiny: Tiny) -> None:
    tiny.write(SOURCES, "")
    assert tiny.only() == (
        f"{SOURCES}:1: error: the file holds no `name: value` lines. Write `name: value` lines."
    )


def test_a_file_that_is_not_utf8_is_an_error(tiny: Tiny) -> None:
    (tiny.root / SOURCES).write_bytes(b"cafe: plain\ncaf\xe9: latin")
    assert tiny.only() == (f"{SOURCES}:2: error: the line is not UTF-8 text. Save it as UTF-8.")


def test_a_control_character_is_an_error(tiny: Tiny) -> None:
    tiny.edit(SOURCES, "publisher: NHS", "publisher: NHS\x07")
    assert tiny.only() == (
        f"{tiny.place(SOURCES, 'publisher')}: error: the line holds a sign that YAML forbids. "
        "Type the text again rather than paste it."
    )


def test_a_key_that_stands_twice_is_an_error(tiny: Tiny) -> None:
    tiny.edit(SOURCES, "  title: Foot drop\n", "  title: Foot drop\n  title: Drop foot\n")
    assert tiny.findings()[0] == (
        f"{tiny.place(SOURCES, 'Drop foot')}: error: `title:` stands here and in line 2. "
        "Keep one of them."
    )


@pytest.mark.parametrize("file", ["data/triage/learning/body_1.yml", "data/widget/en.yml"])
def test_a_key_that_stands_twice_in_a_file_that_no_check_looks_into_is_an_error(
    tiny: Tiny, file: str
) -> None:
    tiny.write(file, "none:\n  - one\nother:\n  - two\nnone:\n  - three\n")
    assert tiny.only() == f"{file}:5: error: `none:` stands here and in line 1. Keep one of them."


def test_a_file_that_no_check_looks_into_has_to_be_yaml(tiny: Tiny) -> None:
    tiny.write("data/triage/cues.yml", "a:\n  - [b\n")
    assert tiny.only().startswith("data/triage/cues.yml:3: error: not valid YAML (")


def test_a_region_that_yaml_reads_as_no_is_an_error(tiny: Tiny) -> None:
    tiny.write(REGIONS, tiny.read(REGIONS) + "NO:\n  name: Norway\n")
    place = tiny.place(REGIONS, "NO:")
    assert f"{place}: error: `NO` is not read as text. Put it in quotes." in tiny.findings()


def test_a_missing_field_is_named(tiny: Tiny) -> None:
    tiny.edit(BRACE, "title: About a brace\n", "")
    assert tiny.only() == f"{BRACE}:1: error: the field `title:` is missing. Add `title:` here."


def test_two_missing_fields_are_two_findings(tiny: Tiny) -> None:
    tiny.edit(BRACE, "title: About a brace\nscope: What a brace is.\n", "")
    assert [line.split(". ")[-1] for line in tiny.findings()] == [
        "Add `scope:` here.",
        "Add `title:` here.",
    ]


def test_a_misspelt_field_is_named_with_the_right_one(tiny: Tiny) -> None:
    tiny.edit(BRACE, "see_someone:", "see_somone:")
    assert tiny.only() == (
        f"{tiny.place(BRACE, 'see_somone')}: error: the field `see_somone:` is unknown. "
        "Write `see_someone:` or delete it."
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("yes", "yes/no (true or false)"),
        ("911", "the number 911"),
        ("my foot: it drops", "`name: value` lines"),
    ],
)
def test_a_text_that_needs_quotes_is_named(tiny: Tiny, typed: str, found: str) -> None:
    tiny.edit(BRACE, "  - brace question 24", f"  - brace question 24\n  - {typed}")
    assert tiny.only() == (
        f"{tiny.place(BRACE, typed)}: error: `examples:` needs a text, not {found}. "
        "Put it in quotes."
    )


def test_a_kind_that_does_not_exist_is_an_error(tiny: Tiny) -> None:
    tiny.edit(GREET, "kind: smalltalk", "kind: chat")
    assert tiny.only().startswith(
        f"{tiny.place(GREET, 'kind')}: error: `kind:` cannot be `chat`. Write one of answer, "
    )


def test_a_wrong_name_stands_at_its_own_line(tiny: Tiny) -> None:
    tiny.write(SOURCES, tiny.read(SOURCES) + tiny.read(SOURCES).replace("nhs-foot", "NHS_Foot"))
    errors = [line for line in tiny.findings() if ": error:" in line]
    assert errors == [
        f"{tiny.place(SOURCES, 'NHS_Foot')}: error: `NHS_Foot-drop:` cannot be `NHS_Foot-drop`. "
        "Write publisher-subject in small letters, figures and dashes."
    ]


def test_more_buttons_than_are_shown_is_an_error(tiny: Tiny) -> None:
    tiny.edit(TEXTS, "      - greet", "      - greet\n      - a\n      - b\n      - c\n      - d")
    assert (
        f"{tiny.place(TEXTS, 'buttons')}: error: `buttons:` has 5 entries; at most 4 are shown. "
        "Delete what is too much."
    ) in tiny.findings()


def test_every_schema_knows_the_same_kinds_as_the_code() -> None:
    for name in ("act", "texts"):
        schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
        body = schema["properties"].get("texts", {}).get("additionalProperties", schema)
        assert body["properties"]["kind"]["enum"] == [kind.value for kind in Kind]


def test_an_id_that_is_not_the_path_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, "id: brace/types", "id: brace/kinds")
    assert tiny.only() == (
        f"{BRACE}:1: error: the id `brace/kinds` is not the file's path. "
        "Write `id: brace/types`, or move the file."
    )


def test_an_acts_id_that_is_not_the_file_name_is_an_error(tiny: Tiny) -> None:
    tiny.edit(GREET, "id: greet", "id: hello")
    assert tiny.only().endswith("Write `id: greet`, or move the file.")


def test_an_unknown_family_is_an_error(tiny: Tiny) -> None:
    tiny.edit(FAMILIES, "brace: Braces\n", "")
    assert tiny.only() == (
        f"{BRACE}:1: error: the family `brace` is unknown. "
        f"Move the file to one of causes; or add the family to {FAMILIES}."
    )


def test_a_family_without_a_topic_is_an_error(tiny: Tiny) -> None:
    tiny.write(FAMILIES, tiny.read(FAMILIES) + "surgery: Surgery\n")
    assert tiny.only() == (
        f"{tiny.place(FAMILIES, 'surgery')}: error: the family `surgery` has no topic. "
        "Add a topic, or delete this line."
    )


def test_a_topic_outside_a_family_is_an_error(tiny: Tiny) -> None:
    tiny.write("data/topics/loose.yml", tiny.read(BRACE).replace("brace question", "loose one"))
    assert (
        "data/topics/loose.yml:1: error: the file is not in a family's folder. "
        "Move it to data/topics/<family>/<name>.yml."
    ) in tiny.findings()


def test_a_file_without_its_section_is_an_error(tiny: Tiny) -> None:
    tiny.edit(ASPECTS, "aspects:", "aspect:")
    assert f"{ASPECTS}:1: error: the field `aspects:` is missing. Add `aspects:` here." in (
        tiny.findings()
    )
