"""Write the trained network as int8 ONNX files."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from lab.opinion.teacher import Teacher


class Pooled(torch.nn.Module):
    """The tokens' mean and maximum."""

    def __init__(self, trained: Teacher) -> None:
        super().__init__()
        self.bert = trained.bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Values of shape (batch, 2 × size)."""
        return pooled(self.tokens(input_ids, attention_mask), attention_mask)

    def tokens(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """The last layer's values of shape (batch, pieces, size)."""
        return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


class Scores(Pooled):
    """What ``triage.opinion`` runs."""

    def __init__(self, trained: Teacher) -> None:
        super().__init__(trained)
        self.head = trained.head
        size = trained.bert.config.hidden_size
        self.register_buffer("share", trained.head.weight[:, :size].detach().T.contiguous())

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of shape (batch, classes), and of shape (batch, pieces, classes)."""
        tokens = self.tokens(input_ids, attention_mask)
        return self.head(pooled(tokens, attention_mask)), tokens @ self.share


def pooled(tokens: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    """The mean and the maximum over the pieces that are no padding."""
    mask = attention_mask.unsqueeze(-1).float()
    mean = (tokens * mask).sum(1) / mask.sum(1)
    return torch.cat([mean, (tokens + (mask - 1) * 1e4).max(1).values], 1)


def export(trained: Teacher, target: Path) -> None:
    """Write body and head: class scores, and what each word piece adds to them."""
    _write(Scores(trained), ["scores", "pieces"], target)


def export_body(trained: Teacher, target: Path) -> None:
    """Write the body alone."""
    _write(Pooled(trained), ["pooled"], target)


def _write(module: torch.nn.Module, outputs: list[str], target: Path) -> None:
    example = (torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long))
    axes = {0: "batch", 1: "sequence"}
    with tempfile.TemporaryDirectory() as scratch:
        full, ready = Path(scratch, "full.onnx"), Path(scratch, "ready.onnx")
        torch.onnx.export(
            module.eval(),
            example,
            full,
            input_names=["input_ids", "attention_mask"],
            output_names=outputs,
            dynamic_axes={
                "input_ids": axes,
                "attention_mask": axes,
                "pieces": axes,
                **{name: {0: "batch"} for name in outputs if name != "pieces"},
            },
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(full, ready, skip_symbolic_shape=True)
        # The head's weights differ too much in size for eight bits, and it is small anyway.
        head = [node.name for node in onnx.load(ready).graph.node if "/bert/" not in node.name]
        quantize_dynamic(
            ready,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            # The quantizer splits a Gemm in two and renames it before it looks at this list.
            nodes_to_exclude=[*head, *(f"{name}_MatMul" for name in head)],
        )
