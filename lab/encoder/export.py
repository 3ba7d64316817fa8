"""Write a trained encoder as one int8 ONNX file that gives unit sentence vectors."""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from transformers import AutoModel


class SentenceVectors(torch.nn.Module):
    """The mean of the tokens' vectors, of length 1."""

    def __init__(self, bert: torch.nn.Module) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Vectors of shape (batch, 384)."""
        tokens = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(tokens.dtype)
        return torch.nn.functional.normalize((tokens * mask).sum(1) / mask.sum(1), dim=1)


def export(folder: Path, target: Path) -> str:
    """Export the model in ``folder`` to ``target``; the file's sha256 is returned."""
    bert = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    example = (torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long))
    axes = {0: "batch", 1: "sequence"}
    with tempfile.TemporaryDirectory() as scratch:
        full, ready = Path(scratch, "full.onnx"), Path(scratch, "ready.onnx")
        torch.onnx.export(
            SentenceVectors(bert),
            example,
            full,
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={
                "input_ids": axes,
                "attention_mask": axes,
                "vectors": {0: "batch"},
            },
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(full, ready, skip_symbolic_shape=True)
        # A scale for every row of a weight matrix stays closer than one for the whole matrix.
        quantize_dynamic(ready, target, weight_type=QuantType.QInt8, per_channel=True)
    return hashlib.sha256(target.read_bytes()).hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what train.py wrote")
    parser.add_argument("target", type=Path, help="for example assistant/nlu/minilm/encoder.onnx")
    options = parser.parse_args()
    print(export(options.folder, options.target))
