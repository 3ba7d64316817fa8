"""Plots as small SVG files that can be read on white and on black."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot
from matplotlib.axes import Axes

from gate.heldout.outcomes import RIGHT, WRONG
from lab.understanding.registry import DEFAULT, DIET, PRESENT

GREY = "#7a7a7a"
COLOURS = {PRESENT: "#1f83d6", "joined": "#1a9850", DEFAULT: "#d9541e", DIET: "#b8791a"}
OTHERS = ("#9a6dd7", "#c2559d", "#2aa5a0", "#8a8f2a")
SHOWN = (PRESENT, "joined", "letters", "static", DEFAULT)
Results = dict[str, dict[str, Any]]


def draw(results: Results, folder: Path) -> None:
    """Write the operating curve and the reliability diagram."""
    shown = {name: results[name] for name in SHOWN if name in results}
    with _axes(folder / "operating.svg") as axes:
        for (name, one), colour in zip(shown.items(), _colours(shown), strict=True):
            across, up = zip(*one["operating"], strict=True)
            axes.plot(across, up, color=colour, label=one["title"].replace("`", ""))
            done = one["decisions"]
            wrong = done[WRONG]["value"]
            if name in (PRESENT, DEFAULT):
                axes.plot(done[RIGHT]["value"] + wrong, wrong, "o", color=colour)
        axes.set(xlabel="share of messages answered", ylabel="share answered wrongly")
        axes.set(xlim=(0.3, 1.0), ylim=(0, 0.25))
    with _axes(folder / "reliability.svg") as axes:
        axes.plot([0, 1], [0, 1], "--", color=GREY, linewidth=0.8)
        for one, colour in zip(shown.values(), _colours(shown), strict=True):
            claimed, true, _ = zip(*one["reliability"], strict=True)
            label = f"{one['title'].replace('`', '')}: ECE {one['ece']:.3f}"
            axes.plot(claimed, true, "o-", markersize=3, color=colour, label=label)
        axes.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1))


def _colours(shown: Results) -> list[str]:
    spare = iter(OTHERS)
    return [COLOURS.get(name) or next(spare) for name in shown]


@contextmanager
def _axes(file: Path) -> Iterator[Axes]:
    """Empty axes that are saved to ``file`` in the end; the same figures give the same file."""
    style = {
        "svg.fonttype": "none",
        "svg.hashsalt": "lab",
        "font.family": "sans-serif",
        "font.size": 9,
        **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor"), GREY),
        **dict.fromkeys(("xtick.color", "ytick.color"), GREY),
    }
    with pyplot.rc_context(style):
        figure, axes = pyplot.subplots(figsize=(5.6, 3.6), layout="constrained")
        axes.spines[["top", "right"]].set_visible(False)
        yield axes
        axes.legend(frameon=False, fontsize=8)
        file.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(file, transparent=True, metadata={"Date": None})
        pyplot.close(figure)
