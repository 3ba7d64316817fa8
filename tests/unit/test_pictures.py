"""The pictures of the exercises: one a step, told in words too, and safe to show anywhere."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from content.files import CatalogueError, read_yaml
from lab.pictures import draw, scenes
from lab.pictures.foot import REST, foot
from lab.pictures.geometry import joint, number

EXERCISES = Path(__file__).parents[2] / "data" / "exercises"
PICTURES = EXERCISES / "pictures"
SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 8_000
PLAIN = {f"{SVG}{name}" for name in ("svg", "title", "desc", "rect", "g", "path")}

STEPS = [
    (path.stem, place, exercise["name"], len(exercise["steps"]), step["shows"])
    for path in sorted(EXERCISES.glob("*.yml"))
    for exercise in (read_yaml(path),)
    for place, step in enumerate(exercise["steps"], start=1)
]
every_step = pytest.mark.parametrize(
    ("exercise", "step", "name", "of", "shows"), STEPS, ids=[f"{s[0]}-{s[1]}" for s in STEPS]
)


def picture(exercise: str, step: int) -> Path:
    return PICTURES / exercise / f"{step}.svg"


def words(root: ElementTree.Element, name: str) -> tuple[str | None, str | None]:
    found = root.find(f"{SVG}{name}")
    assert found is not None
    return found.get("id"), found.text


def drawing(path: Path) -> str:
    """A picture without its words."""
    return path.read_text(encoding="utf-8").split("</desc>")[1]


def test_every_step_has_a_picture_and_there_is_none_too_many() -> None:
    wanted = {picture(exercise, step) for exercise, step, *_ in STEPS}
    assert wanted
    assert {path for path in PICTURES.rglob("*") if path.is_file()} == wanted


@every_step
def test_a_picture_says_which_step_it_is_and_what_it_shows(
    exercise: str, step: int, name: str, of: int, shows: str
) -> None:
    root = ElementTree.parse(picture(exercise, step)).getroot()
    title, description = words(root, "title"), words(root, "desc")
    assert title[1] == f"{name}, step {step} of {of}"
    assert description[1] == shows
    assert root.get("role") == "img"
    assert root.get("viewBox") == "0 0 320 240"
    assert root.get("aria-labelledby") == f"{title[0]} {description[0]}"


@every_step
def test_a_picture_has_nothing_that_a_strict_page_would_refuse(
    exercise: str, step: int, name: str, of: int, shows: str
) -> None:
    path = picture(exercise, step)
    assert path.stat().st_size < LARGEST
    for element in ElementTree.parse(path).getroot().iter():
        assert element.tag in PLAIN, "no text, scripts, styles, links or images"
        names = {key.rpartition("}")[2] for key in element.attrib}
        assert not names & {"style", "href", "class"}
        assert not [key for key in names if key.startswith("on")]
        assert not [value for value in element.attrib.values() if "url(" in value]


@pytest.mark.parametrize("exercise", sorted({one[0] for one in STEPS}))
def test_the_pictures_of_neighbouring_steps_differ(exercise: str) -> None:
    drawn = [drawing(picture(exercise, step)) for name, step, *_ in STEPS if name == exercise]
    assert all(one != other for one, other in pairwise(drawn))


def test_the_committed_pictures_are_what_the_kit_draws() -> None:
    assert draw.stale() == []


def test_the_check_tells_of_a_picture_that_is_old_missing_or_of_no_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draw, "PICTURES", tmp_path)
    count = draw.write()
    assert count == len(STEPS)
    assert draw.stale() == []
    exercise = STEPS[0][0]
    (tmp_path / exercise / "1.svg").write_text("<svg/>")
    (tmp_path / exercise / "2.svg").unlink()
    (tmp_path / exercise / "99.svg").write_text("<svg/>")
    told = " ".join(draw.stale())
    assert all(word in told for word in ("1.svg is not what", "2.svg is missing", "99.svg is of"))
    draw.write()
    assert draw.stale() == []


def test_an_exercise_with_a_step_too_many_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "toe_raises.yml").write_text("name: Toes\nsteps: [{shows: A foot.}]\n")
    monkeypatch.setattr(draw, "EXERCISES", tmp_path)
    with pytest.raises(CatalogueError, match=r"toe_raises.yml: 1 steps but 6 scenes"):
        list(draw.pictures())


def test_a_scene_with_an_unknown_part_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scenes.yml"
    path.write_text("scenes: {toe_raises: [[{trampoline: {y: 1}}]]}\n")
    monkeypatch.setattr(scenes, "SCENES", path)
    with pytest.raises(CatalogueError, match="trampoline"):
        scenes.scenes()


def test_the_command_checks_without_drawing() -> None:
    command = [sys.executable, "-m", "lab.pictures", "--check"]
    done = subprocess.run(command, cwd=EXERCISES.parents[1], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "current" in done.stdout


def test_a_knee_bends_forward_and_an_elbow_back() -> None:
    hip, ankle = 0j, 60j
    assert joint(hip, ankle, 50, 50, side=1).real > 0
    assert joint(hip, ankle, 50, 50, side=-1).real < 0
    assert abs(joint(hip, ankle, 50, 40, side=1) - ankle) == pytest.approx(40)


def test_a_limb_that_cannot_reach_is_stretched_straight() -> None:
    assert joint(0j, 200 + 0j, 60, 40, side=1) == pytest.approx(120 + 0j)


@pytest.mark.parametrize("resting", sorted(REST))
def test_a_foot_stands_on_the_point_it_was_given_however_it_is_turned(resting: str) -> None:
    placed = foot({resting: [100, 200], "up": 25}, size=2)
    assert placed.place(REST[resting]) == pytest.approx(100 + 200j)


def test_toes_that_lift_are_higher_than_the_heel() -> None:
    lifted = foot({"heel": [100, 200], "up": 20}, size=1)
    assert lifted.place(REST["tip"]).imag < lifted.place(REST["heel"]).imag


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (-0.04, "0"), (0.5, ".5"), (-0.25, "-.2"), (10.04, "10")]
)
def test_numbers_are_as_short_as_can_be(value: float, text: str) -> None:
    assert number(value) == text
