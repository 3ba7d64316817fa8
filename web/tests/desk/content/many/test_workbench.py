"""What the workbench says stands on the pages; where it is not there, that is said."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from desk.workbench import asking
from desk.workbench.asking import Finding, Near
from tests.desk.content.many.conftest import Editing

TYPES = "data/topics/brace/types.yml"


async def test_what_is_much_like_another_topics_question_is_taken_only_if_ticked(
    editing: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def near(_: Any, __: Any, ___: Any, path: str, texts: Sequence[str]) -> list[Near]:
        assert path == TYPES
        return [
            Near(texts[0], "brace/shoes", "Shoes", "data/x.yml", 0.97, "do soft ones fit"),
            Near(texts[0], "fes/what_is", "FES", "data/y.yml", 0.9, "are there soft pads"),
        ]

    monkeypatch.setattr(asking, "near", near)
    ann = await editing()
    answer = await ann.client.submit(
        ann.at("paste"), text="do the bendy ones fit\nis one springy", to="topic brace/types"
    )
    assert "<strong>1</strong> new, <strong>1</strong> to look at" in answer.text
    assert "It is much like “do soft ones fit” of “Shoes”." in answer.text
    assert 'value="1" aria-label' in answer.text
    assert 'value="2" checked aria-label' in answer.text


async def test_what_the_checks_would_say_is_said_before_an_act_is_deleted(
    editing: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = Finding("data/x.yml", 1, "error", "it was wrong before", "Mend it.")
    new = Finding("content/names.py", 9, "error", "the act `affirm` has no file", "Add it.")
    mild = Finding("data/y.yml", 1, "warning", "nobody opened it", "Open it.")

    async def findings(
        _: Any, __: Any, unsaved: Mapping[str, str | None], ___: Any
    ) -> list[Finding]:
        return [old, new, mild] if unsaved else [old]

    monkeypatch.setattr(asking, "findings", findings)
    ann = await editing()
    page = (await ann.client.get(ann.at("delete/data/conversation/affirm.yml"))).text
    assert "the act `affirm` has no file. Add it." in page
    assert "it was wrong before" not in page
    assert "nobody opened it" not in page


async def test_without_the_workbench_the_pages_say_so_and_work(editing: Editing) -> None:
    ann = await editing()
    answer = await ann.client.submit(
        ann.at("paste"), text="is one of them springy", to="topic brace/types"
    )
    assert "could not be looked at. The helper" in answer.text
    page = (await ann.client.get(ann.at(f"delete/{TYPES}"))).text
    assert "What the checks would say could not be asked." in page
