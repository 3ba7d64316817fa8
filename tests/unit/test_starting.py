"""Rasa starts without what it does not need, and gets it when it does."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from deploy.slim import slim
from deploy.train import ROOT, environment

USED = """
import rasa.core.run
import assistant.channel, assistant.red_flags, assistant.nlu.component
import rasa.core.policies.rule_policy, rasa.core.policies.ensemble
import rasa.nlu.classifiers.regex_message_handler
"""
SEEN = "import sys; print('tensorflow' in sys.modules)"


def python(code: str) -> str:
    """What a Python prints that put TensorFlow off before all else."""
    done = subprocess.run(
        [sys.executable, "-c", f"from assistant.lazy import put_off; put_off()\n{code}"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_all_that_answers_patients_is_there_without_tensorflow() -> None:
    assert python(f"{USED}\n{SEEN}") == "False"


def test_a_model_is_planned_without_tensorflow() -> None:
    planned = python(
        f"""
from assistant.training import know_few
know_few()
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.importers.rasa import RasaFileImporter
config = RasaFileImporter("config.yml").get_config()
plan = DefaultV1Recipe().graph_config_for_recipe(config, {{}})
print(*plan.train_schema.nodes)
{SEEN}
"""
    )
    nodes, seen = planned.splitlines()
    assert "train_assistant.nlu.component.Understand0" in nodes
    assert "train_RulePolicy" in nodes
    assert seen == "False"


def test_what_was_put_off_is_there_as_soon_as_it_is_used() -> None:
    use = "import rasa.nlu.extractors.extractor as e; print(e.rasa.utils.train_utils.rank_and_mask)"
    assert python(use).startswith("<function rank_and_mask")


def test_the_command_line_is_rasas_own() -> None:
    asked = [sys.executable, "-m", "assistant", "--version"]
    done = subprocess.run(asked, cwd=ROOT, env=environment(), capture_output=True, text=True)
    assert "Rasa Version      :         3.6.21" in done.stdout


def archive(path: Path, files: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as target:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            target.addfile(member, io.BytesIO(content))
    return path


def contents(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as source:
        files = {member.name: source.extractfile(member) for member in source}
        return {name: file.read() for name, file in files.items() if file}


def test_a_slim_model_forgets_how_it_was_trained_and_nothing_else(tmp_path: Path) -> None:
    metadata = {"train_schema": {"nodes": {"validator": {}}}, "predict_schema": {"nodes": {"a": 1}}}
    files = {"components/a/weights": os.urandom(2000), "metadata.json": json.dumps(metadata)}
    whole = archive(
        tmp_path / "whole.tar.gz",
        {name: one if isinstance(one, bytes) else one.encode() for name, one in files.items()},
    )
    slim(whole, tmp_path / "slim.tar.gz")
    found = contents(tmp_path / "slim.tar.gz")
    assert found["components/a/weights"] == files["components/a/weights"]
    assert json.loads(found["metadata.json"]) == {**metadata, "train_schema": {"nodes": {}}}


@pytest.mark.parametrize("files", [{"other": b""}, {"metadata.json": b"{}"}])
def test_what_is_no_model_is_not_made_one(tmp_path: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(KeyError):
        slim(archive(tmp_path / "whole.tar.gz", files), tmp_path / "slim.tar.gz")


def test_models_are_packed_quickly(tmp_path: Path) -> None:
    file = tmp_path / "model.tar.gz"
    packed = python(
        "from assistant.packing import pack_quickly; pack_quickly()\n"
        "from tarsafe import TarSafe\n"
        f"archive = TarSafe.open({str(file)!r}, 'w:gz')\n"
        "archive.add('README.md'); archive.close()\n"
        f"print(TarSafe.open({str(file)!r}).getnames())"
    )
    assert packed == "['README.md']"
    # The header's ninth byte says how hard a file was squeezed: 4 is the quickest (RFC 1952).
    assert file.read_bytes()[8] == 4


CHECKED_ONCE = """
import jsonschema
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from assistant.checking import check_schema_once
check_schema_once()
validator_for({}).check_schema = None  # whoever checks the schema again now fails
action = RemoteAction("action_answer", None)
assert action._validate_action_result({"events": [{"event": "restart"}], "responses": []})
for wrong in ({"events": [{"event": "dance"}]}, {"responses": "none"}, []):
    try:
        action._validate_action_result(wrong)
    except jsonschema.ValidationError:
        continue
    raise AssertionError(wrong)
print("checked")
"""


def test_answers_of_actions_are_checked_and_the_schema_only_once() -> None:
    assert python(CHECKED_ONCE) == "checked"
