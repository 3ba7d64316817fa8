"""Compare another encoder with the committed one on the validation messages.

Both get the same ranker on the same examples: `.venv/bin/python -m lab.encoder.compare FILE`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from assistant.nlu.component import RANKER_SETTINGS, Understand
from assistant.nlu.encoder import Encoder
from assistant.nlu.ranker import Ranker
from assistant.nlu.text import tidy
from content import load
from content.examples import labelled_examples
from gate.heldout.outcomes import Share
from gate.heldout.questions import VALIDATION, topics, unseen

OFFERED = 3


def first_and_offered(encoder: Encoder) -> tuple[Share, Share]:
    """How often the right topic comes first, and how often among the first three."""
    defaults = Understand.get_default_config()
    ranker = Ranker(encoder, {name: defaults[name] for name in RANKER_SETTINGS})
    examples = list(labelled_examples(load()))
    ranker.fit([tidy(text) for _, text in examples], [label for label, _ in examples])
    messages = unseen(topics(VALIDATION), VALIDATION)
    order = np.argsort(-ranker.scores([tidy(m.text) for m in messages]), axis=1)[:, :OFFERED]
    ranked = [[ranker.labels[index] for index in row] for row in order]
    first = sum(row[0] in m.accepted for m, row in zip(messages, ranked, strict=True))
    offered = sum(bool(m.accepted & set(row)) for m, row in zip(messages, ranked, strict=True))
    return Share(first, len(messages)), Share(offered, len(messages))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="an encoder that export.py wrote")
    options = parser.parse_args()
    for name, encoder in (("committed", Encoder()), ("other", Encoder(options.file, None))):
        first, offered = first_and_offered(encoder)
        print(f"{name}: first {first}; among three {offered}", flush=True)
