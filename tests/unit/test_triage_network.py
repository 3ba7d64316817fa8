"""The network of the second opinion runs as fast as the processor allows, and judges the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from triage.network import adds_exactly, network
from triage.opinion import FOLDER, SHORT, opinion

FILE = FOLDER / "opinion.onnx"


@pytest.fixture
def processor(tmp_path: Path) -> Path:
    return tmp_path / "cpuinfo"


@pytest.mark.parametrize("ability", ["avx512_vnni", "avx_vnni"])
def test_a_processor_with_vnni_adds_exactly(processor: Path, ability: str) -> None:
    core = f"processor : 0\nflags\t\t: fpu avx2 {ability} sse\n\n"
    processor.write_text(core * 2, encoding="utf-8")
    assert adds_exactly(processor)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "flags : fpu avx2 avx512f\n",
        "model name : avx_vnni\nflags : fpu\n",
        "flags : avx_vnni\n\nflags : avx2\n",
        "Features : fp asimd\n",
    ],
    ids=["nothing", "without VNNI", "only in its name", "on one core of two", "no x64"],
)
def test_of_any_other_processor_nobody_relies_on_it(processor: Path, told: str) -> None:
    processor.write_text(told, encoding="utf-8")
    assert not adds_exactly(processor)


def test_where_no_file_tells_of_the_processor_nobody_relies_on_it(processor: Path) -> None:
    assert not adds_exactly(processor)


@pytest.mark.parametrize("pieces", [1, 3, 20, 128])
def test_the_fast_way_gives_the_very_scores_of_the_careful_way(
    processor: Path, pieces: int
) -> None:
    ids = np.random.default_rng(pieces).integers(1_000, 20_000, (2, pieces))
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    careful, fast = network(FILE, processor).run(None, given), network(FILE).run(None, given)
    for one, other in zip(careful, fast, strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_short_text_that_comes_again_is_not_judged_again() -> None:
    again = opinion().judge("yes please", [(0, 3)])
    assert opinion().judge("yes please") is again


def test_whatever_script_a_short_text_is_in_it_is_read_in_one_window() -> None:
    for letter in ("a", "!", "字", "각", "ᾂ", "😀", "नि"):
        assert opinion().judge((letter * SHORT)[:SHORT]).windows == 1
