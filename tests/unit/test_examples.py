"""The messages that the second opinion learns from."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from triage import Level
from triage.examples import Example, learning
from triage.files import KnowledgeError


def home_with(folder: Path, lines: str) -> Path:
    """A folder of content with one file to learn from."""
    (folder / "red_flags").mkdir()
    (folder / "red_flags" / "stroke.yml").touch()
    (folder / "triage" / "learning").mkdir(parents=True)
    (folder / "triage" / "learning" / "mine.yml").write_text(lines, encoding="utf-8")
    return folder


def test_a_label_is_a_flag_with_its_level_or_none(tmp_path: Path) -> None:
    home = home_with(tmp_path, '"stroke:emergency": ["my face fell"]\nnone: ["hello"]\n')
    assert list(learning(home)) == [
        Example("my face fell", "stroke", Level.EMERGENCY),
        Example("hello", "", Level.NONE, "none"),
    ]


@pytest.mark.parametrize("label", ["strok:emergency", "stroke:emergncy", "stroke", "stroke:none"])
def test_a_label_with_a_slip_is_refused_with_its_file(tmp_path: Path, label: str) -> None:
    home = home_with(tmp_path, f'"{label}": ["my face fell"]\n')
    with pytest.raises(KnowledgeError, match=rf"mine\.yml: `{label}`"):
        list(learning(home))


def test_no_message_is_learnt_under_two_labels() -> None:
    labels = defaultdict(set)
    for example in learning():
        labels[example.text.lower()].add((example.flag, example.level))
    assert [text for text, found in labels.items() if len(found) > 1] == []
