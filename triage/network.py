"""The session that runs the second opinion's network: one thread, and the same on every machine."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

PROCESSOR = Path("/proc/cpuinfo")
VNNI = frozenset({"avx512_vnni", "avx_vnni"})


def network(file: Path, processor: Path = PROCESSOR) -> onnxruntime.InferenceSession:
    """A network of int8 weights, ready to run.

    Args:
        file: the network, as ONNX.
        processor: where Linux tells what the processor can do.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    if not adds_exactly(processor):
        # What adds up in 16 bits would overflow, and judge some texts otherwise; this is slower.
        options.add_session_config_entry("session.x64quantprecision", "1")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def adds_exactly(processor: Path = PROCESSOR) -> bool:
    """Whether the processor adds up products of int8 in 32 bits; no, where nobody can tell."""
    try:
        lines = processor.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    abilities = [line.partition(":")[2].split() for line in lines if line.startswith("flags")]
    return bool(abilities) and all(not VNNI.isdisjoint(core) for core in abilities)
