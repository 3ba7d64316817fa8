"""Read ``data/exercises`` and ``data/coach``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from content.coach.model import (
    Check,
    Coach,
    Command,
    Dose,
    Exercise,
    Feeling,
    Goal,
    Range,
    Result,
    Sign,
    Step,
    Variant,
)
from content.files import naming, read_yaml, section, strings


def load_coach(data: Path) -> Coach | None:
    """The coach of a data folder; None for a folder without exercises.

    Raises:
        CatalogueError: a file is not YAML, or lacks a field.
    """
    folder = data / "coach"
    exercises = [_exercise(path) for path in sorted((data / "exercises").glob("*.yml"))]
    if not exercises or not folder.exists():
        return None
    goals = folder / "goals.yml"
    readiness = folder / "readiness.yml"
    texts = folder / "texts.yml"
    with naming(readiness):
        checks = tuple(_check(item) for item in read_yaml(readiness)["checks"])
        results = {key: Result(**item) for key, item in section(readiness, "results").items()}
    with naming(texts):
        said = {key: str(text) for key, text in section(texts, "texts").items()}
        buttons = {key: str(title) for key, title in section(texts, "buttons").items()}
    return Coach(
        exercises={one.id: one for one in exercises},
        goals=_goals(goals, "goals"),
        positions=_goals(goals, "positions"),
        starting=strings(read_yaml(goals).get("starting")),
        checks=checks,
        results=results,
        feelings=_feelings(folder / "feelings.yml"),
        signs={one.id: one for one in map(_sign, sorted((folder / "signs").glob("*.yml")))},
        commands={
            one.id: one for one in map(_command, sorted((folder / "commands").glob("*.yml")))
        },
        asides={key: strings(texts) for key, texts in read_yaml(folder / "asides.yml").items()},
        agreeing=frozenset(strings(read_yaml(texts).get("agreeing"))),
        denying=frozenset(strings(read_yaml(texts).get("denying"))),
        texts=said,
        buttons=buttons,
    )


def _exercise(path: Path) -> Exercise:
    body = read_yaml(path)
    with naming(path):
        return Exercise(
            id=body["id"],
            name=body["name"],
            title=body["title"],
            also_known_as=strings(body["also_known_as"]),
            goals=strings(body["goals"]),
            position=body["position"],
            minutes=int(body["minutes"]),
            hold=bool(body["hold"]),
            equipment=body["equipment"],
            purpose=body["purpose"],
            cautions=strings(body["cautions"]),
            dose=_dose(body["dose"]),
            steps=tuple(_step(item) for item in body["steps"]),
            stop_signs=body["stop_signs"],
            mistakes=strings(body["mistakes"]),
            sources=strings(body["sources"]),
            reviewed=str(body["reviewed"]),
            review_due=str(body["review_due"]),
            topic=body.get("topic"),
            facts=strings(body.get("facts")),
            ask_seconds=body.get("ask_seconds", ""),
            variants={
                key: Variant(item["say"], _dose(item.get("dose")) or None, item.get("position"))
                for key, item in (body.get("variants") or {}).items()
            },
        )


def _dose(body: Mapping[str, Any] | None) -> Any:
    if not body:
        return None
    return Dose(**{name: _range(value) for name, value in body.items()})


def _range(value: Any) -> Range:
    """A number, or ``[least, most]``."""
    least, most = value if isinstance(value, list) else (value, value)
    return Range(int(least), int(most))


def _step(body: Mapping[str, Any]) -> Step:
    return Step(body["say"], body["explain"], body["shows"], strings(body.get("counts")))


def _check(body: Mapping[str, Any]) -> Check:
    return Check(**{**body, "patterns": strings(body.get("patterns"))})


def _feelings(path: Path) -> dict[str, tuple[Feeling, ...]]:
    found = read_yaml(path)
    with naming(path):
        return {
            kind: tuple(
                Feeling(int(item["value"]), item["title"], strings(item["words"])) for item in items
            )
            for kind, items in found.items()
        }


def _goals(path: Path, name: str) -> dict[str, Goal]:
    found = section(path, name)
    with naming(path):
        return {key: Goal(key, strings(item["patterns"])) for key, item in found.items()}


def _sign(path: Path) -> Sign:
    body = read_yaml(path)
    with naming(path):
        return Sign(
            id=body["id"],
            grade=body["grade"],
            say=body["say"],
            patterns=strings(body["patterns"]),
            examples=strings(body["examples"]),
            ask=body.get("ask", ""),
            worse=body.get("worse", ""),
            milder=body.get("milder", ""),
            limit=body.get("limit", ""),
        )


def _command(path: Path) -> Command:
    body = read_yaml(path)
    with naming(path):
        return Command(body["id"], strings(body["examples"]))
