"""What models and drafts make of sentences."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from assistant.nlu.component import RANKER_SETTINGS, Understand
from assistant.nlu.ranker import Ranker
from content import load
from content.examples import labelled_examples
from tests.unit.lint.conftest import Tiny
from workbench.drafts import Drafts
from workbench.models import COMPONENT, Models, encoder
from workbench.nearness import Nearness
from workbench.serving import Cannot
from workbench.understanding import Screeners, Understanding

FLAG = "data/red_flags/dvt.yml"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small content: four things people may say."""
    tiny = Tiny(tmp_path_factory.mktemp("tiny"))
    for path in ("regions", "sources"):
        tiny.write(
            f"data/{path}.yml",
            tiny.read(f"data/{path}.yml").replace(
                "advice_line:", "same_day: call your doctor\n  advice_line:"
            ),
        )
    return tiny.root / "data"


@pytest.fixture(scope="module")
def model(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained on it, packed as Rasa packs one."""
    folder = tmp_path_factory.mktemp("model")
    defaults = Understand.get_default_config()
    ranker = Ranker(encoder(), {name: defaults[name] for name in RANKER_SETTINGS})
    pairs = list(labelled_examples(load(data)))
    ranker.fit([text for _, text in pairs], [label for label, _ in pairs])
    ranker.save(folder)
    node = {"uses": COMPONENT, "config": {"answer": 0.3, "margin": 0.0}}
    metadata = json.dumps({"predict_schema": {"nodes": {"run": node}}}).encode()
    file = folder / "model.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        for path in sorted(folder.glob("ranker.*")):
            archive.add(path, f"components/train_x/{path.name}")
        about = tarfile.TarInfo("metadata.json")
        about.size = len(metadata)
        archive.addfile(about, io.BytesIO(metadata))
    return file


@pytest.fixture(scope="module")
def asked() -> Understanding:
    return Understanding(Models(), Screeners(Drafts()))


def test_a_model_says_what_it_understands(asked: Understanding, model: Path, data: Path) -> None:
    (score,) = asked.score([("brace question 3", "brace/types")], str(model), str(data))
    assert score > 0.5
    known = Models().of(str(model), str(data))
    found = known.understander.understand("brace question 3")
    assert (found.label, known.title(found.label)) == ("brace/types", "About a brace")
    assert known.title("aspect/how_long") == "How long it takes"


def test_a_target_that_the_model_does_not_know_is_never_meant(
    asked: Understanding, model: Path, data: Path
) -> None:
    assert asked.score([("brace question 3", "nobody/knows")], str(model), str(data)) == [0.0]


def test_two_models_are_kept_and_the_third_sends_the_oldest_away(model: Path, data: Path) -> None:
    models, copies = Models(), []
    for name in ("second", "third"):
        copies.append(model.with_name(f"{name}.tar.gz"))
        copies[-1].write_bytes(model.read_bytes())
    first = models.of(str(model), str(data))
    second = models.of(str(copies[0]), str(data))
    assert models.of(str(model), str(data)) is first
    models.of(str(copies[1]), str(data))
    assert models.of(str(model), str(data)) is first
    assert models.of(str(copies[0]), str(data)) is not second


def test_a_model_that_is_gone_or_broken_is_said_to_be_gone(tmp_path: Path, data: Path) -> None:
    broken = tmp_path / "model.tar.gz"
    broken.write_bytes(b"no model")
    for file in (broken, tmp_path / "none.tar.gz"):
        with pytest.raises(Cannot, match="Run the checks again"):
            Models().of(str(file), str(data))


def test_red_flags_are_those_of_the_draft() -> None:
    screeners = Screeners(Drafts())
    text = "my calf is swollen and red and hot since yesterday"
    assert "dvt" in [flag["id"] for flag in screeners(text)["flags"]]
    without = screeners(text, changes={FLAG: None})
    assert "dvt" not in [f["id"] for f in without["flags"] if f["reason"].startswith("rule")]
    with pytest.raises(Cannot, match="level"):
        screeners(text, changes={FLAG: "id: dvt\n"})


def test_the_nearest_examples_are_those_of_other_files(data: Path, tmp_path: Path) -> None:
    near = Nearness(tmp_path)
    (own,) = near(["Brace question 3!"], str(data))
    assert (own[0]["text"], own[0]["label"], own[0]["near"]) == (
        "brace question 3",
        "brace/types",
        True,
    )
    (others,) = near(["Brace question 3!"], str(data), but="data/topics/brace/types.yml")
    assert all(one["path"] != "data/topics/brace/types.yml" for one in others)


def test_what_a_draft_adds_is_near_at_once(data: Path, tmp_path: Path) -> None:
    near = Nearness(tmp_path)
    path = "data/topics/causes/stroke.yml"
    text = (data / "topics/causes/stroke.yml").read_text()
    added = {path: text.replace("examples:\n", "examples:\n  - what colour is my umbrella\n")}
    (found,) = near(["what color is my umbrela"], str(data), added)
    assert (found[0]["text"], found[0]["path"], found[0]["near"]) == (
        "what colour is my umbrella",
        path,
        True,
    )
    (before,) = near(["what color is my umbrela"], str(data))
    assert not before[0]["near"]
