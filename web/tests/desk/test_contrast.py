"""The colours of the desk can be read, in both schemes."""

import re

import pytest

from desk.app import FILES

PAIRS = [
    ("text", "page"), ("text", "ground"), ("text", "raised"), ("text", "tint"), ("text", "mark"),
    ("soft", "page"), ("soft", "ground"), ("soft", "raised"), ("link", "page"),
    ("link", "ground"), ("link", "raised"), ("link", "tint"), ("brand", "ground"),
    ("brand", "page"), ("on-brand", "brand"), ("good-text", "good"), ("warn-text", "warn"),
    ("bad-text", "bad"), ("bad-text", "ground"), ("bad-text", "page"), ("bad-text", "raised"),
]  # fmt: skip
ENOUGH = 7.0


def schemes() -> list[dict[str, str]]:
    """The colours of each scheme, by their names."""
    css = (FILES / "desk.css").read_text()
    return [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    ]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(text: str, ground: str, scheme: int) -> None:
    colours = schemes()[scheme]
    lighter, darker = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= ENOUGH


def test_no_other_colour_is_written_anywhere() -> None:
    css = (FILES / "desk.css").read_text().split("* { box-sizing", 1)[1]
    screen = css.split("@media print", 1)[0]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", screen)) <= {"#fff"}
