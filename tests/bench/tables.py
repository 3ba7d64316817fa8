"""The figures as tables."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.figures import Figures
from tests.bench.systems import DEFAULT, DORSI
from tests.bench.training import CHANGED, NOTHING
from tests.pages import row
from tests.rasa_default import EPOCHS

SYSTEMS = (DORSI, DEFAULT)


def head(*cells: str) -> Iterator[str]:
    """The first two lines of a table."""
    yield row(list(cells))
    yield "|---" * len(cells) + "|"


def turns(found: Figures) -> Iterator[str]:
    """Milliseconds of a turn by length, and how much longer than the tenth beside it."""
    yield from head(
        "turn", *(f"{name}: {what}" for name in SYSTEMS for what in ("p50, p95", "÷ turn 10"))
    )
    for length in found[DORSI]["turns"]:
        cells = [length]
        for name in SYSTEMS:
            taken, ratio = found[name]["turns"][length], found[name]["ratios"].get(length)
            cells += [_milliseconds(taken), f"{ratio:.2f}" if ratio else ""]
        yield row(cells)


def throughput(found: Figures) -> Iterator[str]:
    """Turns a second by number of clients."""
    shown = (f"{name}: {what}" for name in SYSTEMS for what in ("turns a second", "p50, p95"))
    yield from head("conversations", "clients", *shown, "times as many")
    for age, title in (("young", "up to 10 turns"), ("old", "50 turns")):
        for count, by in found[age].items():
            cells = [title, count]
            for name in SYSTEMS:
                cells += [f"{by[name]['rate']:.1f}", _milliseconds(by[name])]
            yield row([*cells, f"{faster(by):.2f}"])


def memory(found: Figures) -> Iterator[str]:
    """Megabytes of Rasa's process at its start, when it is warm, and at the end."""
    yield from head(
        "",
        *("at the start", "after the warm-up", "at the end", "growth", "all processes"),
        "when, load",
    )
    for name in SYSTEMS:
        if name not in found:
            continue
        one = found[name]
        warm = next((s for s in one["samples"] if s[0] >= one["warm-up"]), one["samples"][-1])
        yield row(
            [
                name,
                f"{one['samples'][0][1]:.0f} MB",
                f"{warm[1]:.0f} MB ({warm[0]:,} turns)",
                f"{one['samples'][-1][1]:.0f} MB ({one['turns']:,} turns)",
                percent(one["growth"]),
                ", ".join(f"{what} {size:.0f}" for what, size in one["processes"].items()) + " MB",
                _when(one),
            ]
        )


def start(found: Figures) -> Iterator[str]:
    """Seconds to the first answer."""
    yield from head("", "seconds (median)", "each")
    for name in SYSTEMS:
        each = ", ".join(f"{seconds:.1f}" for seconds in found[name]["all"])
        yield row([name, f"{found[name]['seconds']:.1f}", each])


def train(found: Figures) -> Iterator[str]:
    """Seconds of training, and what the default's epochs come to."""
    yield from head("training", "seconds", "of processor", "when, load")
    for key, title in ((NOTHING, "nothing remembered"), (CHANGED, "one topic changed")):
        one = found[key]
        cells = [f"{DORSI}, {title}", f"{one['seconds']:.0f}", f"{one['processor']:.0f}"]
        yield row([*cells, "as above"])
    other = found["default"]
    title = f"{DEFAULT}, {other['run']} of {EPOCHS} epochs"
    cells = [title, f"{other['seconds']:.0f}", f"{other['processor']:.0f}"]
    yield row([*cells, _when(other)])
    if other["at least"]:
        title = f"{DEFAULT}, {EPOCHS} epochs: **extrapolated**, not run"
        least = [other["at least"], other["at least"] * other["processor"] / other["seconds"]]
        yield row([title, *(f"at least {seconds:,.0f}" for seconds in least), "at such a load"])
    yield ""
    for name, each in other["epochs"].items():
        yield f"- {name}: epochs of {', '.join(f'{seconds:.1f}' for seconds in each)} s"


def faster(by: Figures) -> float:
    """How many times as many turns a second Dorsi takes."""
    ours, other = (float(by[name]["rate"]) for name in SYSTEMS)
    return ours / other


def percent(share: float | None) -> str:
    """A share with its sign."""
    return "–" if share is None else f"{share:+.1%}"


def _when(found: Figures) -> str:
    load = " to ".join(f"{value:.1f}" for value in found["load"])
    return f"{found['when'][:16].replace('T', ' ')}, {load}"


def _milliseconds(taken: Figures) -> str:
    return f"{taken['p50']:.0f}, {taken['p95']:.0f} ms"
