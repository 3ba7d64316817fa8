"""The benchmark's figures: what is heard, counted and judged."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest

from content import load
from content.examples import labelled_examples
from deploy.train import ROOT
from tests.bench import project, tables, training
from tests.bench.__main__ import parsed
from tests.bench.aims import aims
from tests.bench.crowd import Taken, figures, together
from tests.bench.epochs import Epochs, at_least
from tests.bench.figures import Figures, growth
from tests.bench.report import DOCS, PAGE, TABLES, Report
from tests.bench.systems import DEFAULT, DORSI
from tests.bench.throughput import OLD, ROUNDS, TURNS, first_turn
from tests.bench.workload import MESSAGES
from tests.rasa_default import default_config, flat

LOW, HIGH = {"p50": 20.0, "p95": 30.0, "times": 40}, {"p50": 400.0, "p95": 500.0, "times": 40}
TURNS_FOUND: Figures = {
    DORSI: {"turns": {"1": LOW, "10": LOW, "500": LOW}, "ratios": {"500": 1.0}},
    DEFAULT: {"turns": {"1": LOW, "10": LOW, "500": HIGH}, "ratios": {"500": 20.0}},
}
OLD_FOUND: Figures = {"8": {DORSI: {"rate": 60.0, **LOW}, DEFAULT: {"rate": 10.0, **HIGH}}}
MEMORY_FOUND: Figures = {
    DORSI: {
        "when": "2026-01-31T12:00+00:00",
        "load": [0.5, 1.5],
        "turns": 200,
        "warm-up": 100,
        "growth": 0.05,
        "most": 525.0,
        "samples": [(0, 450.0), (100, 500.0), (200, 525.0)],
        "processes": {"rasa": 525.0, "gateway": 80.0},
    }
}


@pytest.fixture
def heard() -> Epochs:
    """What is heard of a training, as it comes: bars without ends of lines, lines in pieces."""
    epochs = Epochs()
    for said, at in (
        ("INFO - Starting to train component 'Tokenizer'.\nINFO - Starting to tr", 1.0),
        ("ain component 'DIETClassifier'.\n\rEpochs:   0%|    | 0/2 [00:00<?, ?it/s]", 5.0),
        ("\rEpochs:  50%|██  | 1/2 [00:09<00:09, 9.0s/it]", 15.0),
        ("\rEpochs:  50%|██  | 1/2 [00:09<00:09, 9.0s/it, t_loss=4.4]", 16.0),
        ("\rEpochs: 100%|████| 2/2 [00:12<00:00, 6.0s/it, t_loss=4.1]\n", 18.0),
        ("INFO - Finished training component 'DIETClassifier'.\n", 20.0),
    ):
        epochs.hear(said, at)
    return epochs


def test_epochs_are_heard_from_the_bars(heard: Epochs) -> None:
    assert heard.seconds == {"DIETClassifier": [10.0, 3.0]}


def test_what_happens_once_is_not_counted_for_every_epoch(heard: Epochs) -> None:
    assert at_least(20.0, heard.seconds, 100) == pytest.approx(17.0 + 99 * 3.0)


def test_one_epoch_says_nothing_of_a_hundred() -> None:
    assert at_least(20.0, {"DIETClassifier": [10.0]}, 100) is None
    assert at_least(20.0, {}, 100) is None


def test_growth_is_counted_after_the_warm_up() -> None:
    samples = [(0, 300.0), (100, 500.0), (200, 480.0), (300, 510.0)]
    assert growth(samples, 100) == pytest.approx(0.02)
    assert growth(samples, 300) is None


def test_a_crowd_is_counted_together() -> None:
    def work(number: int) -> Iterator[float]:
        yield float(number)
        yield 10.0

    assert sorted(together(3, work).times) == [0.0, 1.0, 2.0, 10.0, 10.0, 10.0]
    assert figures([Taken([1.0] * 30, 2.0), Taken([1.0] * 30, 1.0)])["rate"] == 20.0


def test_what_befalls_a_client_is_not_lost_and_ends_it_for_all() -> None:
    def work(number: int) -> Iterator[float]:
        if number:
            raise RuntimeError("no answer")
        yield from repeat(0.0)

    with pytest.raises(RuntimeError, match="no answer"):
        together(2, work)


def test_old_conversations_are_measured_around_their_length() -> None:
    first, last = first_turn(3), first_turn(3) + 3 * ROUNDS * TURNS
    assert (first + last) / 2 == OLD


def test_what_was_asked_is_judged_where_it_was_measured() -> None:
    parts: dict[str, Figures] = {
        "turns": TURNS_FOUND,
        "throughput": {"young": {}, "old": OLD_FOUND},
    }
    assert [line.split(" | ")[-1].strip(" |") for line in aims(parts)][2:] == ["yes", "yes"]
    assert [line for line in aims({"memory": MEMORY_FOUND}) if "+5.0%" in line and "**no**" in line]
    assert len(list(aims({}))) == 2


def test_tables_have_as_many_cells_in_every_row() -> None:
    for table in (
        tables.turns(TURNS_FOUND),
        tables.throughput({"young": OLD_FOUND, "old": OLD_FOUND}),
        tables.memory(MEMORY_FOUND),
    ):
        assert len({line.count("|") for line in table}) == 1


def test_an_interrupted_run_keeps_what_was_measured(tmp_path: Path) -> None:
    Report(tmp_path).keep("turns", {"machine": "two processors", "found": TURNS_FOUND})
    Report(tmp_path).keep("memory", {"machine": "another", "found": MEMORY_FOUND})
    page = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "two processors" in page
    assert "525 MB (200 turns)" in page
    assert page.split("<!-- bench")[0] == (DOCS / PAGE).read_text().split("<!-- bench")[0]


def test_the_page_has_a_place_for_every_part() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    assert [part for part in (*TABLES, "aims") if f"<!-- bench:{part} -->" not in page] == []


def test_a_quick_run_can_still_be_told_otherwise() -> None:
    given = parsed(["--quick", "--turns", "7"])
    assert (given.turns, given.starts) == (7, 1)


def test_the_default_answers_every_label_and_learns_all_examples() -> None:
    catalogue = load()
    written = project.files(catalogue, 1, None)
    labels = [label for label, _ in labelled_examples(catalogue)]
    assert set(written["domain.yml"]["intents"]) == {flat(label) for label in labels}
    learnt = sum(entry["examples"].count("\n") for entry in written["nlu.yml"]["nlu"])
    assert learnt == len(labels)
    assert all(said[0]["text"] for said in written["domain.yml"]["responses"].values())


def test_the_default_has_every_network_of_the_recipe() -> None:
    config = default_config(3)
    names = [
        part["name"] for part in (*config["pipeline"], *config["policies"]) if "epochs" in part
    ]
    assert names == ["DIETClassifier", "ResponseSelector", "UnexpecTEDIntentPolicy", "TEDPolicy"]
    assert {part.get("max_history", 5) for part in config["policies"]} == {5}


def test_messages_are_said_once_a_round() -> None:
    assert len(MESSAGES) == len(set(MESSAGES))


def test_the_topic_that_is_changed_can_be_changed(tmp_path: Path) -> None:
    topic = tmp_path / "topic.yml"
    topic.write_text((ROOT / training.TOPIC).read_text(encoding="utf-8"), encoding="utf-8")
    training.change(topic)
    assert training.MORE in topic.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="examples"):
        training.change(_written(tmp_path / "other.yml", "id: nothing\n"))


def _written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file
