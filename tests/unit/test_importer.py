"""What Rasa is told of the catalogue."""

from __future__ import annotations

import copy
import shutil
from collections import Counter
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph

from assistant.importer import CatalogueImporter
from content import Catalogue, load
from content.files import DATA
from content.names import Action, Intent
from deploy.train import ROOT
from gate.steps.validate import complaints

NEW = """\
id: hobbies/fishing
title: Fishing with foot drop
scope: Standing at the water.
examples:
  - can I still go fishing
  - how do I stand on the bank
answer:
  - You can.
follow_ups: []
sources: []
reviewed: "2026-01-15"
review_due: "2027-01-15"
"""


def importer(data: Path = DATA) -> CatalogueImporter:
    return CatalogueImporter(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), data=str(data))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture(scope="module")
def domain() -> Domain:
    return importer().get_domain()


@pytest.fixture(scope="module")
def stories() -> StoryGraph:
    return importer().get_stories()


def rules(graph: StoryGraph) -> dict[str, str]:
    """The action each intent leads to."""
    return {
        step.events[-2].intent_name: step.events[-1].action_name  # type: ignore[attr-defined]
        for step in graph.story_steps
    }


def test_the_domain_holds_every_family_and_every_act(domain: Domain, catalogue: Catalogue) -> None:
    assert set(catalogue.families) | set(catalogue.acts) <= set(domain.intents)
    assert {intent.value for intent in Intent} <= set(domain.intents)


def test_the_domain_keeps_the_actions_and_slots_of_its_file(domain: Domain) -> None:
    assert {action.value for action in Action} <= set(domain.user_actions)
    assert {"topic", "offered", "fallbacks"} <= {slot.name for slot in domain.slots}


def test_every_intent_has_one_rule(stories: StoryGraph, catalogue: Catalogue) -> None:
    led = Counter(step.events[-2].intent_name for step in stories.story_steps)  # type: ignore[attr-defined]
    decided = {intent.value for intent in Intent}
    assert set(led) == {*catalogue.families, *catalogue.acts, *decided}
    assert set(led.values()) == {1}


def test_families_are_answered_acts_replied_to_and_doubt_asked_about(
    stories: StoryGraph, catalogue: Catalogue
) -> None:
    led = rules(stories)
    assert {led[family] for family in catalogue.families} == {"action_answer"}
    assert {led[act] for act in catalogue.acts} == {"action_small_talk"}
    assert led["clarify"] == led["aspect"] == "action_clarify"
    assert led["nlu_fallback"] == "action_fallback"
    assert led["choose"] == "action_answer"


def test_a_topics_examples_are_labelled_with_its_whole_id(catalogue: Catalogue) -> None:
    found = Counter(
        example.get_full_intent() for example in importer().get_nlu_data().intent_examples
    )
    assert found["causes/stroke"] == len(set(catalogue.topics["causes/stroke"].examples))
    assert found["greet"] > 0
    assert found["aspect/how_long"] > 0


def test_one_more_file_is_one_more_intent_with_its_examples(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    (data / "topics" / "hobbies").mkdir()
    (data / "topics" / "hobbies" / "fishing.yml").write_text(NEW)
    grown = importer(data)
    assert "hobbies" in grown.get_domain().intents
    assert rules(grown.get_stories())["hobbies"] == "action_answer"
    added = [
        example.get("text")
        for example in grown.get_nlu_data().intent_examples
        if example.get_full_intent() == "hobbies/fishing"
    ]
    assert sorted(added) == ["can I still go fishing", "how do I stand on the bank"]


def test_rasa_copies_no_example_and_nobody_changes_one(catalogue: Catalogue) -> None:
    (example, *_) = importer().get_nlu_data().intent_examples
    assert copy.deepcopy(example) is example
    known = example.fingerprint()
    example.set("intent", example.get("intent"))
    assert example._cached_fingerprint == known
    example.set("intent", "another")
    assert example.fingerprint() != known


def test_rasas_own_validation_which_training_leaves_out_finds_no_error() -> None:
    assert complaints(DATA) == []
