"""What each kind of file protects patients by: fields that hold things, each with a level."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from triage.files import FLAGS, LANGUAGE, WORDS
from triage.model import RANKS, Level

Key = tuple[str, ...]
Things = Mapping[str, Level]
"""What stands in a field, each with the level that it deserves; none for what has no level."""
Guards = Callable[[Mapping[str, Any]], Mapping[Key, Things]]


def of_flag(content: Mapping[str, Any]) -> Mapping[Key, Things]:
    """What a red flag's file protects by."""
    own = Level(content["level"])
    examples: Mapping[str, Any] = content.get("must_fire") or {}
    found: dict[Key, Things] = {
        ("level",): {"the flag": own},
        ("must_fire",): {
            str(text): Level(level) for level, texts in examples.items() for text in texts or ()
        },
        ("rules",): _rules(content.get("rules") or (), own),
        ("say",): {level: Level(level) for level in content.get("say") or {}},
        ("ask",): _plain(["the question"] if content.get("ask") else []),
    }
    for name, spec in (content.get("signs") or {}).items():
        found["signs", name] = _plain(_sign(spec))
    for name, members in (content.get("words") or {}).items():
        found["words", name] = _plain(members)
    return found


def of_words(content: Mapping[str, Any]) -> Mapping[Key, Things]:
    """What the groups of words that flags share protect by."""
    groups: Mapping[str, Any] = content.get("groups") or {}
    return {("groups", name): _plain(members) for name, members in groups.items()}


def of_check(content: Mapping[str, Any]) -> Mapping[Key, Things]:
    """What the questions of the safety check protect by."""
    found: dict[Key, Things] = {}
    for question in content.get("questions") or ():
        answers: Mapping[str, Any] = question.get("answers") or {}
        for name, outcome in answers.items():
            key = ("questions", question["id"], "answers", name)
            found[key] = {"the answer": Level(outcome["level"])}
            for part in ("flags", "signs", "patterns"):
                held: Key = (*key, part)
                found[held] = _plain(outcome.get(part) or ())
    return found


def of_body(content: Mapping[str, Any]) -> Mapping[Key, Things]:
    """What a sign of the body, told during an exercise, is noticed by."""
    return {
        ("grade",): _plain([str(content.get("grade"))]),
        ("patterns",): _plain(content.get("patterns") or ()),
    }


KINDS: Mapping[str, Guards] = {
    f"{FLAGS}/*.yml": of_flag,
    f"{LANGUAGE}/{WORDS}": of_words,
    "safety_check.yml": of_check,
    "coach/signs/*.yml": of_body,
}
"""The files that protect, as patterns of their names."""


def _sign(spec: Any) -> Iterator[str]:
    """A sign's patterns, and the cues in spite of which it counts."""
    if not isinstance(spec, dict):
        yield from map(str, spec)
        return
    yield from map(str, spec["patterns"])
    for status in spec.get("ignore") or ():
        yield f"counts although {status}"


def _rules(rules: Sequence[Mapping[str, Any]], own: Level) -> Things:
    """Each rule as text, whatever the order of its fields, with the highest level it gives."""
    found: dict[str, Level] = {}
    for rule in rules:
        rest = {key: _sorted(value) for key, value in rule.items() if key != "level"}
        text, level = json.dumps(rest, sort_keys=True), Level(rule.get("level", own))
        if text not in found or RANKS[level] > RANKS[found[text]]:
            found[text] = level
    return found


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _plain(things: Sequence[Any] | Iterator[str]) -> Things:
    return {str(thing): Level.NONE for thing in things}
