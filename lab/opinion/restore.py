"""Make a teacher again from the weights in the repository, to go on training when there is more.

The eight-bit values come back as numbers; what rounding took is lost, and soon learnt again.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from lab.opinion.teacher import Teacher, store

QUANTIZED = "_quantized"
EMBEDDINGS = "bert.embeddings."
POOLER = "pooler"  # part of BERT that nothing here uses


def restored(base: str, weights: Path) -> tuple[Teacher, list[str]]:
    """The teacher and its classes.

    Args:
        base: the folder of all-MiniLM-L6-v2.
        weights: the folder ``triage/weights``.

    Raises:
        ValueError: the network has other layers than the teacher.
    """
    graph = onnx.load(weights / "opinion.onnx").graph
    values = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    classes = json.loads((weights / "about.json").read_text(encoding="utf-8"))["classes"]
    teacher = Teacher(base, len(classes))
    found = {name: value for name, value in values.items() if name in teacher.state_dict()}
    found["head.weight"] = values["head.weight"].T
    for name in [one for one in values if one.startswith(EMBEDDINGS) and QUANTIZED in one]:
        found[name.removesuffix(QUANTIZED)] = _number(values, name)
    for node in graph.node:
        place = re.match(r"/(bert/encoder/layer.*)/MatMul", node.name)
        quantized = [one for one in node.input if one.startswith("onnx::") and QUANTIZED in one]
        if place and quantized:
            found[place[1].replace("/", ".") + ".weight"] = _number(values, quantized[0]).T
    missing = {name for name in teacher.state_dict() if name not in found and POOLER not in name}
    if missing:
        raise ValueError(f"the network has no {', '.join(sorted(missing))}")
    state = {name: torch.tensor(v.copy()) for name, v in found.items()}
    teacher.load_state_dict(state, strict=False)
    return teacher, classes


def _number(values: dict[str, np.ndarray], name: str) -> np.ndarray:
    """The float32 values behind eight-bit ones."""
    stem = name.removesuffix(QUANTIZED)
    offset = values[f"{stem}_zero_point"].astype(np.float32)
    return (values[name].astype(np.float32) - offset) * values[f"{stem}_scale"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="the folder of all-MiniLM-L6-v2")
    parser.add_argument("weights", type=Path, help="triage/weights")
    parser.add_argument("target", type=Path, help="the folder to write")
    options = parser.parse_args()
    store(*restored(options.base, options.weights), options.target)
