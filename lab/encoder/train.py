"""Teach the sentence encoder our patients' words.

all-MiniLM-L6-v2 is trained further as a classifier of the catalogue's labels with a cosine head
(normalised softmax, Wang 2017, doi:10.1145/3123266.3123359) and label smoothing; then the head
is thrown away. Only the catalogue's examples are read, never the messages of ``tests/accuracy``.
Topics written later need no new encoder: `make train` learns them on top of it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from assistant.nlu.slips import with_slips
from content import load
from content.examples import labelled_examples

BATCH = 32
BUCKET = 20 * BATCH
SCALE = 20.0
SMOOTHING = 0.1
HEAD_RATE = 2e-2
WARM_UP = 0.1
TYPO_SHARE = 0.25
SEED = 0


class Encoder(torch.nn.Module):
    """Texts to unit vectors."""

    def __init__(self, start: str) -> None:
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained(start)
        self.bert = AutoModel.from_pretrained(start)

    def forward(self, texts: list[str]) -> torch.Tensor:
        """Vectors of shape (len(texts), 384)."""
        batch = self.tokenizer(
            texts, padding=True, truncation=True, max_length=128, return_tensors="pt"
        )
        tokens = self.bert(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).float()
        return functional.normalize((tokens * mask).sum(1) / mask.sum(1), dim=1)


def batches(texts: list[str]) -> list[list[int]]:
    """Indices of all texts in random batches of like length."""
    order = list(range(len(texts)))
    random.shuffle(order)
    found = []
    for start in range(0, len(order), BUCKET):
        bucket = sorted(order[start : start + BUCKET], key=lambda index: len(texts[index]))
        found += [bucket[at : at + BATCH] for at in range(0, len(bucket), BATCH)]
    random.shuffle(found)
    return found


def train(start: str, epochs: int, rate: float) -> Encoder:
    """Train an encoder from ``start`` (a folder or name) and return it."""
    labels, texts = map(list, zip(*((b, a) for b, a in labelled_examples(load())), strict=True))
    names = sorted(set(labels))
    targets = torch.tensor([names.index(label) for label in labels])
    encoder, head = Encoder(start), torch.nn.Linear(384, len(names), bias=False)
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder.parameters(), "lr": rate},
            {"params": head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps = epochs * len(batches(texts))

    def schedule(step: int) -> float:
        return min(1.0, step / (WARM_UP * steps)) * max(0.0, (steps - step) / steps)

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, schedule)
    started, step, draw = time.monotonic(), 0, random.Random(SEED)
    encoder.train()
    for _ in range(epochs):
        for batch in batches(texts):
            vectors = encoder([with_slips(texts[index], draw, TYPO_SHARE) for index in batch])
            scores = SCALE * functional.linear(vectors, functional.normalize(head.weight, dim=1))
            loss = functional.cross_entropy(scores, targets[batch], label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            scheduler.step()
            step += 1
            if step % 50 == 0:
                passed = time.monotonic() - started
                print(f"step {step} of {steps}, loss {loss.item():.2f}, {passed:.0f} s", flush=True)
    return encoder.eval()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("start", help="the folder of all-MiniLM-L6-v2, or of an earlier run")
    parser.add_argument("target", type=Path, help="the folder to write")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=6e-5)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    random.seed(SEED)
    np.random.seed(SEED)
    trained = train(options.start, options.epochs, options.rate)
    trained.bert.save_pretrained(options.target)
    trained.tokenizer.save_pretrained(options.target)
