"""Writes the tables of docs/lab.md between their marks, and the plots beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy.train import ROOT
from gate.heldout.outcomes import ASKED, RIGHT, WRONG
from lab.understanding import plots
from lab.understanding.perturb import PERTURBATIONS
from lab.understanding.registry import CANDIDATES
from tests.pages import filled, row

PAGE = ROOT / "docs" / "lab.md"
FOLDER = ROOT / "docs" / "lab"
RESULTS, SHORT = FOLDER / "results.json", FOLDER / "short.json"
Results = dict[str, dict[str, Any]]


def kept(file: Path) -> Results:
    """The figures of the last runs, in the order of the candidates."""
    found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {name: found[name] for name in CANDIDATES if name in found}


def write() -> None:
    """Write all tables and plots."""
    page, results = PAGE.read_text(encoding="utf-8"), kept(RESULTS)
    tables = {"main": _main, "cost": _cost, "robustness": _robustness, "heldout": _heldout}
    for name, table in tables.items():
        page = filled(page, f"lab:{name}", "\n".join(table(results)))
    page = filled(page, "lab:short", "\n".join(_main(kept(SHORT))))
    PAGE.write_text(page, encoding="utf-8")
    plots.draw(results, FOLDER)


def percent(figure: dict[str, float] | None, *, interval: bool = True) -> str:
    """A share for a table cell."""
    if not figure:
        return "–"
    text = f"{figure['value']:.1%}"
    return f"{text} ({figure['low']:.1%}–{figure['high']:.1%})" if interval else text


def _main(results: Results) -> Iterator[str]:
    yield "| candidate | right first | folds | wrong | right | asked | AUROC | rejected | ECE |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for one in results.values():
        done, apart, folds = one["decisions"], one["strangers"], one["folds"]
        cells = [
            _title(one),
            percent(one["accuracy"]),
            percent(folds and folds["accuracy"], interval=False),
            percent(done[WRONG]),
            percent(done[RIGHT], interval=False),
            percent(done[ASKED], interval=False),
            f"{apart['auroc']['value']:.3f}",
            percent(apart["rejection"]),
            f"{one['ece']:.3f}",
        ]
        yield row(cells)


def _cost(results: Results) -> Iterator[str]:
    yield "| candidate | p50 | p95 | opens in | memory | disk | learns in |"
    yield "|---|---|---|---|---|---|---|"
    for one in results.values():
        cost = one["footprint"]
        cells = [
            _title(one),
            f"{cost['p50 ms']:.1f} ms",
            f"{cost['p95 ms']:.1f} ms",
            f"{cost['load s']:.1f} s",
            f"{cost['memory MB']:.0f} MB",
            f"{cost['disk MB']:.0f} MB",
            f"{one['seconds']:.0f} s",
        ]
        yield row(cells)


def _robustness(results: Results) -> Iterator[str]:
    tried = [one for one in results.values() if one["robustness"]]
    if not tried:
        return
    names = list(PERTURBATIONS)
    yield row(["candidate", "as written", *names])
    yield "|---" * (len(names) + 2) + "|"
    for one in tried:
        plain = one["accuracy"]["value"]
        falls = [_fallen(one["robustness"].get(name), plain) for name in names]
        yield row([_title(one), f"{plain:.1%}", *falls])


def _fallen(figure: dict[str, float] | None, plain: float) -> str:
    """A share and how many points it is from that of the messages as they were written."""
    return f"{figure['value']:.1%} ({100 * (figure['value'] - plain):+.1f})" if figure else "–"


def _heldout(results: Results) -> Iterator[str]:
    yield "| candidate | right or asked | right | wrong | others handled | ECE |"
    yield "|---|---|---|---|---|---|"
    for one in results.values():
        found = one["heldout"]
        if found:
            keys = ("right or asked", RIGHT, WRONG, "other handled")
            yield row([_title(one), *(percent(found[key]) for key in keys), f"{found['ece']:.3f}"])


def _title(one: dict[str, Any]) -> str:
    return str(one["title"])
