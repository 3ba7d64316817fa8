"""Which facts a patient reaches by a question nobody trained on: writes docs/coverage.md."""

from __future__ import annotations

from collections import defaultdict

from assistant.nlu.gate import Decision
from assistant.nlu.text import normalise
from content import load
from content.examples import labelled_examples
from deploy.train import ROOT
from gate.heldout.questions import HELDOUT, topics
from gate.model import understander

REPORT = ROOT / "docs" / "coverage.md"
HEAD = """# Facts and the questions that reach them

Made by `make coverage`; do not edit. For every fact of `data/facts.yml`: the topics that state
it, how many held-out messages on these topics were answered with one of them, and one such
message. None of these messages is a training example.

| fact | what | topics | answered | reached by |
|---|---|---|---|---|
"""


def reached() -> dict[str, tuple[list[str], int, int, str]]:
    """For every fact id: its topics, messages answered, messages asked, and one that was."""
    catalogue, model = load(), understander()
    trained = {normalise(text) for _, text in labelled_examples(catalogue)}
    asked: dict[str, int] = defaultdict(int)
    answered: dict[str, list[str]] = defaultdict(list)
    for message in topics(HELDOUT):
        if normalise(message.text) in trained:
            continue
        asked[message.label] += 1
        understood = model.understand(message.text)
        if understood.decision is Decision.ANSWER and understood.topic == message.label:
            answered[message.label].append(message.text)
    found = {}
    for fact in catalogue.facts:
        stating = [t.id for t in catalogue.topics.values() if fact in t.facts]
        texts = [text for topic in stating for text in answered[topic]]
        shown = min(texts, key=lambda text: abs(len(text) - 60), default="")
        found[fact] = (stating, len(texts), sum(asked[t] for t in stating), shown)
    return found


def main() -> int:
    """Write the report; 1 if a fact is out of reach."""
    facts = load().facts
    rows = reached()
    lines = [
        f"| {fact} | {facts[fact]} | {', '.join(stating)} | {count} of {total} | {_cell(text)} |"
        for fact, (stating, count, total, text) in rows.items()
    ]
    missing = [fact for fact, row in rows.items() if not row[1]]
    summary = f"\n{len(rows) - len(missing)} of {len(rows)} facts are reached."
    summary += f" Out of reach: {', '.join(missing)}." if missing else ""
    REPORT.write_text(HEAD + "\n".join(lines) + "\n" + summary + "\n", encoding="utf-8")
    print(summary.strip())
    return 1 if missing else 0


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")


if __name__ == "__main__":
    raise SystemExit(main())
