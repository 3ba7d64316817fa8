"""What a sentence may become an example of."""

import pytest

from desk import catalogue
from desk.catalogue import Catalogue, RedFlag
from desk.intake.targets import LEVELS, REASONS, Aim, NoTarget, Target, chosen, read
from desk.settings import REPOSITORY
from records.words import Level

KNOWN = Catalogue(
    topics={"brace/types": "Kinds of brace", "brace/shoes": "Shoes"},
    acts={"greet": "Hello"},
    flags={"dvt": RedFlag("A clot", Level.URGENT)},
)


def test_a_topic_is_named_by_its_id_or_its_title() -> None:
    for name in ("brace/types", "kinds of BRACE "):
        target = chosen({"aim": "topic", "topic": name}, KNOWN)
        assert (target.path, target.key) == ("data/topics/brace/types.yml", ("examples",))
        assert target.kept == "brace/types"


def test_a_move_of_conversation_has_examples_too() -> None:
    target = chosen({"topic": "greet"}, KNOWN)
    assert target.path == "data/conversation/greet.yml"


def test_an_example_that_must_raise_a_flag_is_as_urgent_as_the_flag_unless_said_otherwise() -> None:
    usual = chosen({"aim": "must_fire", "flag": "A clot", "level": ""}, KNOWN)
    assert usual.key == ("must_fire", "urgent")
    assert usual.path == "data/red_flags/dvt.yml"
    assert chosen({"aim": "must_fire", "flag": "dvt", "level": "soon"}, KNOWN).group == "soon"


def test_one_that_must_not_says_why() -> None:
    target = chosen({"aim": "must_not_fire", "flag": "dvt", "why": "past"}, KNOWN)
    assert target.key == ("must_not_fire", "past")
    assert target.said(KNOWN) == "must not raise “A clot” (past)"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"aim": "topic"}, "Choose the topic"),
        ({"aim": "topic", "topic": "no/such"}, "no topic of that name"),
        ({"aim": "perfect"}, "Choose what"),
        ({"aim": "must_fire", "flag": "no"}, "no red flag of that name"),
        ({"aim": "must_fire", "flag": "dvt", "level": "x"}, "how urgent"),
        ({"aim": "must_not_fire", "flag": "dvt"}, "Choose why"),
    ],
)
def test_what_is_no_target_is_told(fields: dict[str, str], told: str) -> None:
    with pytest.raises(NoTarget, match=told):
        chosen(fields, KNOWN)


@pytest.mark.parametrize(
    "target",
    [
        Target(Aim.TOPIC, "brace/types"),
        Target(Aim.TOPIC, "greet", is_act=True),
        Target(Aim.FIRES, "dvt", "urgent"),
        Target(Aim.SPARES, "dvt", "past"),
    ],
)
def test_what_the_database_keeps_is_read_again(target: Target) -> None:
    assert read(target.kept, KNOWN) == target
    assert len(target.kept) <= 120


def test_every_target_there_is_has_its_file_and_its_groups() -> None:
    data = REPOSITORY / "data"
    found = catalogue.load(data)
    for topic in found.topics:
        assert (REPOSITORY / chosen({"topic": topic}, found).path).exists()
    schema = (REPOSITORY / "content/schema/red_flag.json").read_text()
    assert all(f'"{group}"' in schema for group in (*LEVELS, *REASONS))
