"""Train the teacher: all-MiniLM-L6-v2 as a classifier of red flags.

``head.py`` then fits its last layer anew and writes what ``triage`` uses.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

from lab.opinion.data import NONE, SEED, Item, items, labels, validation, varied
from lab.opinion.sample import Shares, sample

BATCH, BUCKET, LONGEST = 32, 640, 128
SMOOTHING, WARM_UP, HEAD_RATE = 0.05, 0.1, 1e-3


class Teacher(torch.nn.Module):
    """Texts to class scores."""

    def __init__(self, folder: str, classes: int) -> None:
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.bert = AutoModel.from_pretrained(folder)
        self.head = torch.nn.Linear(2 * self.bert.config.hidden_size, classes)

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """Scores of shape (len(texts), classes)."""
        return self.read(texts)[0]

    def read(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """The scores, and the tokens' mean and maximum from which they are made."""
        batch = self.tokenizer(
            list(texts), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
        )
        tokens = self.bert(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).float()
        mean = (tokens * mask).sum(1) / mask.sum(1)
        most = (tokens + (mask - 1) * 1e4).max(1).values
        found = torch.cat([mean, most], 1)
        return self.head(functional.dropout(found, 0.1, self.training)), found


def batches(found: Sequence[Item], draw: random.Random) -> list[list[Item]]:
    """All items in random batches of like length."""
    order = list(found)
    draw.shuffle(order)
    made = []
    for start in range(0, len(order), BUCKET):
        bucket = sorted(order[start : start + BUCKET], key=lambda item: len(item.text))
        made += [bucket[at : at + BATCH] for at in range(0, len(bucket), BATCH)]
    draw.shuffle(made)
    return made


def train(options: argparse.Namespace) -> None:
    """Train from the weights in ``options.start``, or go on from those of an earlier run."""
    everything = items()
    quiet = [item for item in everything if item.label == NONE]
    learn = sample(everything, Shares(options.quiet, options.loud, options.often))
    names = labels(learn)
    number = {name: at for at, name in enumerate(names)}
    draw = random.Random(SEED)
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)
    teacher = Teacher(options.start, len(names))
    if options.earlier:
        teacher.load_state_dict(torch.load(options.earlier / "teacher.pt"))
    own = list(teacher.bert.parameters())
    optimizer = torch.optim.AdamW(
        [
            {"params": own, "lr": options.rate},
            {"params": teacher.head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps = options.epochs * len(batches(learn, random.Random(0)))
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.0, (steps - step) / steps),
    )
    began, step = time.monotonic(), 0
    for _ in range(options.epochs):
        teacher.train()
        for batch in batches(learn, draw):
            with torch.autocast("cpu", torch.bfloat16, enabled=options.bfloat16):
                made = teacher([varied(item, quiet, draw) for item in batch])
            target = torch.tensor([number[item.label] for item in batch])
            loss = functional.cross_entropy(made.float(), target, label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(own, 1.0)
            optimizer.step()
            scheduler.step()
            step += 1
            if step % 25 == 0:
                passed = time.monotonic() - began
                print(f"step {step} of {steps}, loss {loss.item():.2f}, {passed:.0f} s", flush=True)
        print(report(teacher, validation(), names), flush=True)
        store(teacher, names, options.target)  # nothing is lost if the next round is cut short


def store(teacher: Teacher, names: Sequence[str], target: Path) -> None:
    """Write the weights and the classes."""
    target.mkdir(parents=True, exist_ok=True)
    torch.save(teacher.state_dict(), target / "teacher.pt")
    (target / "classes.json").write_text(json.dumps(names), encoding="utf-8")


@torch.no_grad()
def scores(model: Teacher, texts: Sequence[str]) -> torch.Tensor:
    """Class scores, in the texts' order."""
    model.eval()
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    parts = [
        model([texts[at] for at in order[start : start + 64]]) for start in range(0, len(order), 64)
    ]
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(parts)[back]


def report(teacher: Teacher, dev: Sequence[Item], names: Sequence[str]) -> str:
    """How many alarming and quiet messages of ``dev`` are told apart at one half."""
    alarming = [at for at, name in enumerate(names) if name.endswith((":urgent", ":emergency"))]
    chance = scores(teacher, [item.text for item in dev]).softmax(1)[:, alarming].sum(1)
    wanted = torch.tensor([names.index(item.label) in alarming for item in dev])
    hit, false = (chance[wanted] > 0.5).float().mean(), (chance[~wanted] > 0.5).float().mean()
    return f"dev: alarming found {hit:.3f}, quiet taken for alarming {false:.3f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("start", help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("target", type=Path, help="the folder to write")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--quiet", type=float, default=1.0, help="share of harmless texts to draw")
    parser.add_argument("--loud", type=float, default=1.0, help="and of those not grave")
    parser.add_argument("--often", default="", help="beginning of the names of files read thrice")
    parser.add_argument("--bfloat16", action="store_true", help="faster where the processor has it")
    parser.add_argument("--earlier", type=Path, help="the folder of a run to go on from")
    train(parser.parse_args())
