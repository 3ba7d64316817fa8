"""Fit the last layer of the second opinion on what its eight-bit body says, and write both.

The body is rounded to eight bits before it is used, so the last layer learns from the rounded
body's own output. The temperature is chosen on the validation messages.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tokenizers.implementations.bert_wordpiece import BertWordPieceTokenizer
from torch.nn import functional

from lab.opinion.data import NONE, SEED, items, labels, validation, varied
from lab.opinion.export import export, export_body
from lab.opinion.teacher import LONGEST, Teacher

BATCH, EPOCHS, RATE, DECAY, SMOOTHING, DROPPED = 256, 12, 4e-3, 0.03, 0.05, 0.1
TEMPERATURES = [0.5 + 0.05 * step for step in range(40)]


class Body:
    """The eight-bit body.

    Args:
        file: what ``export_body`` wrote.
        vocabulary: the word pieces.
    """

    def __init__(self, file: Path, vocabulary: Path) -> None:
        self._session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._tokenizer.enable_truncation(LONGEST)

    def read(self, texts: Sequence[str]) -> torch.Tensor:
        """Float32 of shape (len(texts), 2 × size): the tokens' mean and maximum."""
        encoded = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda at: len(encoded[at].ids))
        found = [np.empty(0, np.float32)] * len(texts)
        for start in range(0, len(order), 48):
            rows = order[start : start + 48]
            width = max(len(encoded[at].ids) for at in rows)
            ids = np.zeros((len(rows), width), np.int64)
            mask = np.zeros_like(ids)
            for row, at in enumerate(rows):
                ids[row, : len(encoded[at].ids)] = encoded[at].ids
                mask[row, : len(encoded[at].ids)] = 1
            [made] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
            for row, at in enumerate(rows):
                found[at] = made[row]
        return torch.from_numpy(np.stack(found))


def fit(features: torch.Tensor, truth: torch.Tensor, classes: int) -> torch.nn.Linear:
    """A linear layer over features as they are; it learns on standardised ones."""
    mean, spread = features.mean(0), features.std(0) + 1e-3
    scaled = (features - mean) / spread
    layer = torch.nn.Linear(features.shape[1], classes)
    torch.nn.init.zeros_(layer.weight)
    optimizer = torch.optim.AdamW(layer.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * (len(truth) // BATCH + 1)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(truth)).split(BATCH):
            made = layer(functional.dropout(scaled[rows], DROPPED))
            loss = functional.cross_entropy(made, truth[rows], label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            scheduler.step()
    with torch.no_grad():
        layer.weight /= spread
        layer.bias -= layer.weight @ mean
    return layer


def main(options: argparse.Namespace) -> None:
    """Fit, calibrate, store."""
    torch.manual_seed(SEED)
    learn, draw, kept = items(), random.Random(SEED), validation()
    quiet = [item for item in learn if item.label == NONE]
    names = labels(learn)
    teacher = Teacher(options.base, len(names))
    teacher.load_state_dict(torch.load(options.teacher / "teacher.pt"))
    vocabulary = options.target / "vocab.txt"
    export_body(teacher, options.teacher / "body.onnx")
    body = Body(options.teacher / "body.onnx", vocabulary)
    truth = torch.tensor([names.index(item.label) for item in learn])
    features = body.read([varied(item, quiet, draw) for item in learn])
    teacher.head = fit(features, truth, len(names))
    export(teacher, options.target / "opinion.onnx")
    with torch.no_grad():
        scores = teacher.head(body.read([item.text for item in kept]))
    wanted = torch.tensor([names.index(item.label) for item in kept])
    loss = {t: float(functional.cross_entropy(scores / t, wanted)) for t in TEMPERATURES}
    temperature = min(loss, key=lambda t: loss[t])
    print(f"temperature {temperature:.2f}, loss on validation {loss[temperature]:.3f}")
    about = options.target / "about.json"
    known = json.loads(about.read_text(encoding="utf-8"))
    known |= {"classes": names, "temperature": round(temperature, 2)}
    about.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("teacher", type=Path, help="the folder that teacher.py wrote")
    parser.add_argument("target", type=Path, help="triage/weights")
    main(parser.parse_args())
