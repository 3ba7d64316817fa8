"""Measure the masking on the marked messages; prints the figures and writes `docs/masking.md`.

Run from `web/` with `.venv/bin/python -m tests.masking.measure`.
"""

import statistics
import time
from pathlib import Path

from desk.privacy.masking import VERSION, Kind, spans
from tests.masking.messages import Message, read
from tests.masking.scoring import Score, Share, score

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "masking.md"
RECALL, PRECISION = 0.95, 0.85
# How often the held-out messages were measured while the rules were written.
MEASURED = 3
TEMPLATE = """# Masking personal data

Made by `cd web && .venv/bin/python -m tests.masking.measure`; do not edit. The desk shows patients'
words with names, telephone numbers, addresses, e-mail addresses, dates of birth and numbers of
records masked (`web/desk/privacy/masking`, rules of version {version}; why by rules:
[decision 21](decisions/0021-masking.md)).

A personal piece counts as found when every letter and figure of it is masked; a masked piece counts
as right when it hides something personal. Shares carry 95% Wilson intervals. The rules were written
by the development messages alone. The held-out ones were written before the rules, and measured
{measured} times while the rules grew, their faults unread. One author wrote both sets and the
rules, and no message is a real patient's: figures on real messages will be lower.

## Held-out messages

{heldout}

## Development messages

{development}

## Speed

Time of the processor, on the machine that measured and on messages full of personal data: 300
characters {p50:.1f} ms (median) and {p99:.1f} ms (99th of 100), 100,000 characters {long:.0f} ms,
loading the lists {load:.0f} ms once.
"""


def table(messages: list[Message], result: Score) -> str:
    """The figures of one set, as a table in Markdown."""
    lines = [
        f"{len(messages)} messages, {len(result.found)} personal pieces, "
        f"{len(result.clean)} messages with nothing personal.",
        "",
        "| kind | found whole (recall) | in part | masked rightly (precision) |",
        "|---|---|---|---|",
    ]
    for kind in (None, *Kind):
        name = (
            f"all (≥ {RECALL:.0%} and ≥ {PRECISION:.0%})"
            if kind is None
            else kind.replace("_", " ")
        )
        partial = result.partial(kind).count
        lines.append(f"| {name} | {result.recall(kind)} | {partial} | {result.precision(kind)} |")
    lines += [
        "",
        f"Messages with nothing personal left as they are: {_share(result.clean)}.",
        f"Found pieces given their own kind: {_share(result.named)}.",
    ]
    return "\n".join(lines)


def _share(outcomes: list[bool]) -> Share:
    return Share(sum(outcomes), len(outcomes))


def speed(messages: list[Message]) -> tuple[float, float, float]:
    """Milliseconds for 300 characters (median, 99th of 100; best of three) and for 100,000."""
    text = " ".join(message.text for message in messages)
    parts = [text[start : start + 300] for start in range(0, len(text) - 300, 150)][:100]
    times = sorted(min(_took(part) for _ in range(3)) for part in parts)
    return statistics.median(times), times[98], _took((text * 20)[:100_000])


def _took(text: str) -> float:
    began = time.thread_time()
    spans(text)
    return (time.thread_time() - began) * 1000


def main() -> None:
    """Measure, print and write."""
    load = _took("sarah")
    sets = {name: read(name) for name in ("heldout", "development")}
    tables = {name: table(messages, score(messages, spans)) for name, messages in sets.items()}
    p50, p99, long = speed(sets["development"])
    document = TEMPLATE.format(
        version=VERSION, measured=MEASURED, p50=p50, p99=p99, long=long, load=load, **tables
    )
    DOCUMENT.write_text(document, "utf-8")
    print(document)


if __name__ == "__main__":
    main()
