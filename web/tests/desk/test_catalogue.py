"""Titles from the content files."""

import os
from pathlib import Path

from desk.catalogue import RedFlag, load
from desk.settings import REPOSITORY
from records.words import Level


def write(folder: Path, path: str, text: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_topics_acts_and_flags_have_their_titles(tmp_path: Path) -> None:
    write(tmp_path, "topics/causes/ms.yml", "{id: causes/ms, title: MS}")
    write(tmp_path, "conversation/greet.yml", "{id: greet}")
    write(tmp_path, "red_flags/dvt.yml", "{id: dvt, title: A clot, level: urgent}")
    found = load(tmp_path)
    assert (found.title("causes/ms"), found.title("greet")) == ("MS", "greet")
    assert found.flags == {"dvt": RedFlag("A clot", Level.URGENT)}
    assert (found.title("gone/topic"), found.flag("gone")) == ("gone/topic", "gone")


def test_a_file_that_cannot_be_read_costs_its_own_title_alone(tmp_path: Path) -> None:
    write(tmp_path, "topics/a/good.yml", "{id: a/good, title: Good}")
    write(tmp_path, "topics/a/bad.yml", "{id: [")
    write(tmp_path, "topics/a/odd.yml", "- a list")
    assert load(tmp_path).topics == {"a/good": "Good"}


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    file = write(tmp_path, "topics/a/b.yml", "{id: a/b, title: Before}")
    assert load(tmp_path).title("a/b") == "Before"
    write(tmp_path, "topics/a/b.yml", "{id: a/b, title: After}")
    os.utime(file, ns=(1, 1))
    assert load(tmp_path).title("a/b") == "After"


def test_the_content_there_is_can_be_read() -> None:
    found = load(REPOSITORY / "data")
    assert len(found.topics) > 100
    assert len(found.flags) > 20
    assert all(flag.title and flag.level for flag in found.flags.values())
