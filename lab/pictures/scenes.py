"""Scenes: what each picture is put together from, in `scenes.yml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from content.files import naming, section
from lab.pictures import arrows, behind, facing, figure, front, limbs, marks, props

SCENES = Path(__file__).parent / "scenes.yml"
PARTS: Mapping[str, Callable[..., str]] = {
    "arrow": arrows.arrow,
    "bowl": props.bowl,
    "chair": props.chair,
    "clock": marks.clock,
    "cloth": props.cloth,
    "counter": props.counter,
    "dotted": marks.dotted,
    "facing": facing.facing,
    "floor": props.floor,
    "front_leg": front.front_leg,
    "hand": limbs.held,
    "lower_leg": limbs.lower_leg,
    "marbles": props.marbles,
    "person": figure.person,
    "person_behind": behind.person_behind,
    "right_angle": marks.right_angle,
    "thigh": limbs.thigh,
    "towel": props.towel,
    "wall": props.wall,
}


def scenes() -> dict[str, list[str]]:
    """The bodies of each exercise's pictures, one a step.

    Raises:
        CatalogueError: the file cannot be read, or a part or a measure of one is unknown.
    """
    found = section(SCENES, "scenes")
    with naming(SCENES):
        return {exercise: [_scene(parts) for parts in steps] for exercise, steps in found.items()}


def _scene(parts: Sequence[Mapping[str, Mapping[str, Any]]]) -> str:
    """Parts in the order they lie, those behind first."""
    return "\n".join(PARTS[name](**measures) for part in parts for name, measures in part.items())
