"""Drafts as patients would meet them, by the actions that speak to patients."""

from __future__ import annotations

import re
from typing import Any

import pytest

from content import load
from content.files import DATA
from content.model import family_of
from workbench.drafts import Drafts
from workbench.models import Models
from workbench.rendering import Rendering
from workbench.serving import Cannot
from workbench.understanding import Screeners

TOPIC = "data/topics/brace/types.yml"
NEW = "A brace of a new kind holds up your foot."


@pytest.fixture(scope="module")
def render() -> Rendering:
    drafts = Drafts()
    return Rendering(drafts, Models(), Screeners(drafts))


def texts(said: dict[str, Any]) -> list[str]:
    return [message["text"] for message in said["messages"]]


def buttons(said: dict[str, Any]) -> dict[str, str]:
    return {b["title"]: b["payload"] for m in said["messages"] for b in m["buttons"] or []}


def changed_topic() -> dict[str, str | None]:
    text = (DATA / TOPIC.removeprefix("data/")).read_text()
    answer = re.compile(r"^answer:\n(?:[ -].*\n)+", re.MULTILINE)
    return {TOPIC: answer.sub(f"answer:\n  - {NEW}\n", text)}


def test_a_topic_is_answered_with_the_drafts_words(render: Rendering) -> None:
    said = render(path=TOPIC, changes=changed_topic())
    assert texts(said)[0].startswith(NEW)
    assert said["messages"][-1]["sources"]
    assert texts(render(path=TOPIC)) == list(load().topics["brace/types"].answer)


def test_its_buttons_lead_to_the_drafts_other_topics(render: Rendering) -> None:
    other = render(path="data/topics/brace/choosing.yml", changes=changed_topic())
    assert "topic:brace/types" in buttons(other).values()
    said = render(choice="topic:brace/types", state=other["state"], changes=changed_topic())
    assert texts(said)[0].startswith(NEW)


def test_a_new_topic_is_there_and_a_deleted_one_is_not(render: Rendering) -> None:
    (text,) = changed_topic().values()
    assert text is not None
    path = "data/topics/brace/newest.yml"
    new = {path: text.replace("id: brace/types", "id: brace/newest")}
    assert texts(render(path=path, changes=new))[0].startswith(NEW)
    gone = texts(render(path=TOPIC, changes={TOPIC: None}))
    assert gone == texts(render(choice="topic:nobody/knows"))


@pytest.mark.parametrize("act", sorted(load().acts))
def test_every_act_has_a_reply(render: Rendering, act: str) -> None:
    assert all(text.strip() for text in texts(render(path=f"data/conversation/{act}.yml")))


@pytest.mark.parametrize("topic", sorted({family_of(t): t for t in load().topics}.values()))
def test_every_family_is_answered(render: Rendering, topic: str) -> None:
    said = render(path=f"data/topics/{topic}.yml")
    assert {message["topic"] for message in said["messages"]} == {topic}


def test_an_exercise_goes_step_by_step(render: Rendering) -> None:
    said = render(path="data/exercises/calf_stretch.yml")
    first = said["messages"][-1]
    assert (first["step"], first["image"]["url"]) == (1, "/pictures/calf_stretch/1.svg")
    assert first["of"] == 7
    on = render(choice=buttons(said)["Next"], state=said["state"])
    assert on["messages"][-1]["step"] == 2
    more = render(choice=buttons(on)["Explain"], state=on["state"])
    assert "Common mistakes" in texts(more)[-1]


def test_a_red_flag_is_told_with_the_numbers_of_the_region(render: Rendering) -> None:
    for region, number in (("GB", "999"), ("US", "911")):
        said = render(path="data/red_flags/stroke.yml", region=region)
        first = said["messages"][0]
        assert (first["kind"], first["level"]) == ("escalation", "emergency")
        assert number in first["text"]


def test_a_region_shows_whom_it_calls(render: Rendering) -> None:
    said = render(path="data/regions.yml", part="US", region="GB")
    assert all("911" in text or "doctor" in text for text in texts(said))
    assert "911" in texts(said)[0]


def test_a_text_is_said_by_its_name(render: Rendering) -> None:
    said = render(path="data/conversation/texts.yml", part="menu")
    assert texts(said) != texts(render(path="data/conversation/texts.yml"))
    with pytest.raises(Cannot, match="no text"):
        render(path="data/conversation/texts.yml", part="nobody")


@pytest.mark.parametrize("name", ["safety_check", "recovery", "progress", "summary", "coach/texts"])
def test_a_conversation_of_its_own_begins(render: Rendering, name: str) -> None:
    said = render(path=f"data/{name}.yml")
    assert texts(said)
    assert buttons(said)


def test_what_cannot_be_read_is_said_with_its_place(render: Rendering) -> None:
    with pytest.raises(Cannot, match=rf"^{TOPIC}:2: error: not valid YAML"):
        render(path=TOPIC, changes={TOPIC: "a: [b"})
    with pytest.raises(Cannot, match=rf"^{TOPIC}:1: add the field `id:`"):
        render(path=TOPIC, changes={TOPIC: "a: b"})


def test_what_is_served_stays_as_it_is(render: Rendering) -> None:
    render(path=TOPIC, changes=changed_topic())
    assert load().topics["brace/types"].answer == tuple(texts(render(path=TOPIC)))
