"""A second release to switch to: the same content, with a mark on each text."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

MARK = " ²"
"""Stands behind every sentence that the second release says."""
# What is looked for in patients' words, and what patients never see.
UNSEEN = frozenset(
    {"examples", "patterns", "words", "scope", "agreeing", "denying", "groups", "lemmas", "signs"}
)
UNSEEN_FOLDERS = ("triage/cues.yml", "triage/words.yml", "triage/learning", "coach/commands")
TITLES = ("title", "emergency", "advice", "crisis")
SHORTEST = 12


def write(data: Path, to: Path) -> None:
    """Copy content with every text marked.

    Args:
        data: the content.
        to: where the copy goes.
    """
    shutil.copytree(data, to)
    for file in sorted(to.rglob("*.yml")):
        place = file.relative_to(to).as_posix()
        if not place.startswith(UNSEEN_FOLDERS):
            loaded = yaml.safe_load(file.read_text(encoding="utf-8"))
            is_calls = place == "gateway.yml"
            text = yaml.safe_dump(
                _marked(loaded, is_calls), allow_unicode=True, sort_keys=False, width=10_000
            )
            file.write_text(text, encoding="utf-8")


def _marked(part: Any, is_calls: bool, name: object = "") -> Any:
    if isinstance(part, dict):
        return {
            key: value if key in UNSEEN else _marked(value, is_calls, key)
            for key, value in part.items()
        }
    if isinstance(part, list):
        return [_marked(item, is_calls, name) for item in part]
    if not isinstance(part, str):
        return part
    is_sentence = len(part) >= SHORTEST and part.rstrip().endswith((".", "?", ":", "!", '"', "}"))
    is_title = name == "title" or (is_calls and name in TITLES)
    return f"{part.rstrip()}{MARK}" if is_sentence or is_title else part
