"""The catalogue's values and their ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import Act, Aspect, Region, Topic, load, payload
from content.examples import labelled_examples
from content.model import family_of
from content.names import TextId

from .small import CATALOGUE, HOW_LONG


def test_an_aspect_without_a_topic_before_leads_to_its_default() -> None:
    assert HOW_LONG.resolve(None) == "causes/stroke"


def test_an_aspect_with_nothing_to_say_of_a_topic_leads_to_its_default() -> None:
    assert HOW_LONG.resolve("daily_life/shoes") == "causes/stroke"


def test_an_aspect_without_default_leads_nowhere() -> None:
    assert CATALOGUE.aspects["cost"].resolve("causes/stroke") is None


@pytest.mark.parametrize(
    ("after", "itself", "expected"),
    [
        ({"brace/types": "a/topic", "brace/*": "a/star", "brace": "a/family"}, (), "a/topic"),
        ({"brace/*": "a/star", "brace": "a/family"}, (), "a/star"),
        ({"brace": "a/family"}, (), "a/family"),
        ({"brace/*": "a/star"}, ("brace/types",), "brace/types"),
        ({"brace/types": "a/topic"}, ("brace/*",), "a/topic"),
        ({"brace/types": "a/topic"}, ("brace/types",), "brace/types"),
        ({}, ("brace",), "brace/types"),
        ({}, ("brace/*",), "brace/types"),
    ],
)
def test_the_most_exact_key_of_an_aspect_wins(
    after: dict[str, str], itself: tuple[str, ...], expected: str
) -> None:
    aspect = Aspect("risk", "Risk", (), "a/default", after, itself)
    assert aspect.resolve("brace/types") == expected


def test_a_region_fills_in_its_numbers_wherever_they_stand() -> None:
    region = Region("GB", "United Kingdom", "999", "call your GP", "NHS 111")
    text = "Call {emergency}, again {emergency}; or ask {advice_line}."
    assert region.fill(text) == "Call 999, again 999; or ask NHS 111."


def test_a_region_leaves_other_braces_alone() -> None:
    assert Region("GB", "", "999", "", "").fill("{name} {}") == "{name} {}"


@pytest.mark.parametrize("code", [None, "", "XX", "gb"])
def test_a_region_nobody_knows_is_the_general_one(code: str | None) -> None:
    assert CATALOGUE.region(code).id == "unknown"


def test_an_id_finds_its_topic_or_its_act() -> None:
    assert isinstance(CATALOGUE.find("brace/types"), Topic)
    assert isinstance(CATALOGUE.find("greet"), Act)
    assert CATALOGUE.find("nothing") is None


def test_the_families_are_those_of_the_topics() -> None:
    assert CATALOGUE.families == ("brace", "causes", "early_signs", "surgery")
    assert family_of("causes/diabetes") == "causes"
    assert family_of("greet") == "greet"


def test_a_topics_button_says_its_title_and_leads_back_to_it() -> None:
    button = payload.button(CATALOGUE, "brace/types")
    assert button == {
        "title": "Kinds of brace",
        "payload": "topic:brace/types",
        "topic": "brace/types",
    }
    assert payload.parse(button["payload"]) == ("topic", "brace/types")


def test_an_acts_button_names_no_topic() -> None:
    button = payload.button(CATALOGUE, "greet")
    assert button == {"title": "Hello", "payload": "act:greet"}
    assert payload.parse(button["payload"]) == ("act", "greet")


def test_a_button_for_nothing_is_an_error() -> None:
    with pytest.raises(KeyError):
        payload.button(CATALOGUE, "causes/nothing")


@pytest.mark.parametrize("text", ["", "topic", "topic:", "act:", "intent:greet", "/greet", ":"])
def test_what_is_no_payload_is_not_read_as_one(text: str) -> None:
    assert payload.parse(text) is None


@given(st.text())
def test_any_id_survives_the_way_through_a_payload(identifier: str) -> None:
    expected = ("topic", identifier) if identifier else None
    assert payload.parse(f"topic:{identifier}") == expected


def test_every_example_carries_its_label() -> None:
    labels = {label for label, _ in labelled_examples(CATALOGUE)}
    assert labels == {"aspect/how_long", "aspect/cost"}


def test_the_projects_own_catalogue_has_every_text_and_offers_only_what_exists() -> None:
    catalogue = load()
    assert set(catalogue.texts) == set(TextId)
    messages = [*catalogue.texts.values(), *(act.message for act in catalogue.acts.values())]
    offered = {identifier for message in messages for identifier in message.buttons}
    offered |= {name for topic in catalogue.topics.values() for name in topic.follow_ups}
    assert [identifier for identifier in offered if catalogue.find(identifier) is None] == []
