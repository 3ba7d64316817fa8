"""What one file names has to stand in another."""

from __future__ import annotations

import pytest

from .conftest import ASPECTS, BRACE, FACTS, GREET, SOURCES, TEXTS, Tiny


def test_an_unknown_button_of_an_act_is_an_error(tiny: Tiny) -> None:
    tiny.edit(GREET, "  - brace/types", "  - brace/tyes")
    assert tiny.only() == (
        f"{tiny.place(GREET, 'brace/tyes')}: error: the button `brace/tyes` does not exist. "
        "Did you mean `brace/types`?"
    )


def test_an_unknown_button_of_a_text_is_an_error(tiny: Tiny) -> None:
    tiny.edit(TEXTS, "      - greet", "      - xyz")
    assert tiny.only() == (
        f"{tiny.place(TEXTS, '- xyz')}: error: the button `xyz` does not exist. "
        "Write one that exists, or delete it."
    )


def test_an_unknown_follow_up_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, "  - causes/stroke", "  - causes/strokes")
    assert tiny.only() == (
        f"{tiny.place(BRACE, 'causes/strokes')}: error: the follow-up `causes/strokes` does not "
        "exist. Did you mean `causes/stroke`?"
    )


def test_a_follow_up_to_itself_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, "  - causes/stroke", "  - causes/stroke\n  - brace/types")
    assert tiny.only() == (
        f"{tiny.place(BRACE, '- brace/types')}: error: the topic offers itself. Name another topic."
    )


def test_an_unknown_fact_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, "facts: [T1]", "facts: [T1, T9]")
    assert tiny.only().startswith(
        f"{tiny.place(BRACE, 'facts')}: error: the fact `T9` does not exist."
    )


def test_a_fact_that_no_topic_covers_is_an_error_at_its_line(tiny: Tiny) -> None:
    tiny.edit(BRACE, "facts: [T1]", "facts: []")
    assert tiny.only() == (
        f"{tiny.place(FACTS, 'T1')}: error: no topic covers the fact T1. "
        "Say it in a topic's answer and add `T1` to that topic's `facts:`."
    )


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("default: causes/stroke", "default: causes/strike", "topic `causes/strike`"),
        ("brace/*: brace/types", "brace/*: brace/type", "topic `brace/type`"),
        ("brace/*: brace/types", "brase/*: brace/types", "topic or family `brase/*`"),
        ("- causes/stroke", "- causes/strike", "topic or family `causes/strike`"),
    ],
)
def test_an_aspect_that_leads_nowhere_is_an_error(
    tiny: Tiny, old: str, new: str, what: str
) -> None:
    tiny.edit(ASPECTS, old, new)
    assert tiny.only().startswith(
        f"{tiny.place(ASPECTS, new)}: error: the {what} does not exist. Did you mean `"
    )


def test_an_aspect_may_ask_instead_of_a_default(tiny: Tiny) -> None:
    tiny.edit(ASPECTS, "default: causes/stroke", "default: null")
    assert tiny.findings() == []


def test_an_answer_without_a_source_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, "sources:\n  - nhs-foot-drop", "sources: []")
    assert tiny.only() == (
        f"{tiny.place(BRACE, 'sources')}: error: the answer has no source. Add an id of {SOURCES}."
    )


def test_an_unknown_source_is_an_error(tiny: Tiny) -> None:
    tiny.edit(BRACE, "  - nhs-foot-drop", "  - nhs-footdrop")
    assert tiny.only() == (
        f"{tiny.place(BRACE, 'nhs-footdrop')}: error: the source `nhs-footdrop` does not exist. "
        "Did you mean `nhs-foot-drop`?"
    )


def test_a_source_that_no_topic_uses_is_a_warning(tiny: Tiny) -> None:
    tiny.write(SOURCES, tiny.read(SOURCES) + tiny.read(SOURCES).replace("nhs-", "ms-trust-"))
    assert tiny.only() == (
        f"{tiny.place(SOURCES, 'ms-trust')}: warning: nothing uses the source "
        "`ms-trust-foot-drop`. Name it under some `sources:`, or delete it."
    )


def test_a_source_that_nobody_opened_is_a_warning(tiny: Tiny) -> None:
    tiny.edit(SOURCES, "verified: true", "verified: false")
    assert tiny.only() == (
        f"{tiny.place(SOURCES, 'verified')}: warning: nobody opened this address "
        "(`nhs-foot-drop`). Open the address, compare it with what we say, then write "
        "`verified: true`."
    )
