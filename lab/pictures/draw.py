"""All pictures: those of the exercises' steps, and which committed files are not current."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from content.files import CatalogueError, naming, read_yaml
from lab.pictures.scenes import scenes
from lab.pictures.svg import document

EXERCISES = Path(__file__).parents[2] / "data" / "exercises"
PICTURES = EXERCISES / "pictures"


def pictures() -> Iterator[tuple[Path, str]]:
    """Each picture's place under ``data/exercises/pictures`` with its SVG.

    Raises:
        CatalogueError: an exercise has more or fewer scenes than steps, or a file has a fault.
    """
    drawn = scenes()
    for path in sorted(EXERCISES.glob("*.yml")):
        yield from _of_exercise(path, drawn.get(path.stem, []))


def stale() -> list[str]:
    """What is wrong with the committed files, a sentence each; nothing if they are current."""
    wanted = {PICTURES / place: svg for place, svg in pictures()}
    found = set(PICTURES.rglob("*.svg"))
    wrong = [f"{path} is of no step" for path in sorted(found - wanted.keys())]
    for path, svg in wanted.items():
        if path not in found:
            wrong.append(f"{path} is missing")
        elif path.read_text(encoding="utf-8") != svg:
            wrong.append(f"{path} is not what the kit draws")
    return wrong


def write() -> int:
    """Draw all and drop those of no step; how many there are."""
    wanted = {PICTURES / place: svg for place, svg in pictures()}
    for path in set(PICTURES.rglob("*.svg")) - wanted.keys():
        path.unlink()
    for path, svg in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, encoding="utf-8")
    return len(wanted)


def _of_exercise(path: Path, bodies: list[str]) -> Iterator[tuple[Path, str]]:
    exercise = read_yaml(path)
    with naming(path):
        steps = exercise["steps"]
        if len(bodies) != len(steps):
            raise CatalogueError(f"{path}: {len(steps)} steps but {len(bodies)} scenes")
        for index, (step, body) in enumerate(zip(steps, bodies, strict=True), start=1):
            title = f"{exercise['name']}, step {index} of {len(steps)}"
            place = Path(path.stem) / f"{index}.svg"
            yield place, document(f"{path.stem}-{index}", title, step["shows"], body)
