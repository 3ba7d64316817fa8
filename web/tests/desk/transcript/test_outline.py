"""The outline of a conversation: pages, and which turns are to be looked at."""

from typing import Any

import pytest

from desk.transcript.outline import PAGE, Outline, Why, outline
from records.models import DORSI, PATIENT
from records.words import DOUBTED

TOLD_BEFORE = {"id": "dvt", "level": "urgent", "status": "kept", "told": False}


def said(seq: int, **more: Any) -> dict[str, Any]:
    row = {"id": f"m{seq}", "seq": seq, "direction": PATIENT, "payload": {}, "answered": True}
    return {**row, **more}


def reply(seq: int, to: int, **more: Any) -> dict[str, Any]:
    row = {
        "id": f"m{seq}", "seq": seq, "direction": DORSI, "reply_to": f"m{to}", "kind": "answer",
        "level": "none", "understanding": None,
    }  # fmt: skip
    return {**row, **more}


def talk(turns: int) -> Outline:
    rows = []
    for number in range(turns):
        rows += [said(2 * number + 2), reply(2 * number + 3, 2 * number + 2)]
    return outline(rows)


@pytest.mark.parametrize(
    ("turns", "pages"), [(0, 1), (1, 1), (PAGE, 1), (PAGE + 1, 2), (5 * PAGE, 5)]
)
def test_so_many_pages_there_are(turns: int, pages: int) -> None:
    found = talk(turns)
    assert found.pages == pages
    assert [turn for page in range(1, pages + 1) for turn in found.on(page)] == found.turns


def test_each_message_of_a_turn_leads_to_its_page() -> None:
    found = talk(2 * PAGE + PAGE // 2)
    for page in (1, 2, 3):
        for turn in found.on(page):
            assert found.page_of(turn.seq) == found.page_of(turn.seq + 1) == page
            assert found.turn(turn.seq) == found.turn(turn.seq + 1) == turn
    assert found.turn(1) is None
    second, third = 2 * PAGE + 2, 4 * PAGE + 2
    assert found.seqs(1) == (0, second)
    assert found.seqs(2) == (second, third)
    assert found.seqs(3) == (third, None)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([reply(3, 2)], ()),
        ([reply(3, 2, kind="escalation", level="urgent")], (Why.FLAGGED,)),
        ([reply(3, 2, understanding={"flags": [{"id": "dvt"}]})], (Why.FLAGGED,)),
        ([reply(3, 2, understanding={"triage_dropped": [{"id": "dvt"}]})], (Why.FLAGGED,)),
        ([reply(3, 2, kind="clarify")], (Why.UNSURE,)),
        ([reply(3, 2, kind="fallback")], (Why.UNSURE,)),
        ([reply(3, 2, understanding={"result": "clarified"})], (Why.UNSURE,)),
        ([reply(3, 2, understanding={"alarm": DOUBTED})], (Why.DOUBTED,)),
        ([reply(3, 2, understanding={"alarm": DOUBTED - 0.001})], ()),
        ([reply(3, 2, understanding={"alarm": 0.9, "flags": [TOLD_BEFORE]})], (Why.FLAGGED,)),
        ([reply(3, 2, level="urgent", understanding={"alarm": 0.9})], ()),
        ([reply(3, 2, understanding={"flags": "odd", "alarm": "high"})], ()),
        ([reply(3, 2, understanding=["odd"])], ()),
        ([], (Why.SILENT,)),
    ],
)
def test_a_turn_is_to_be_looked_at_where_dorsi_was_unsure_or_saw_a_flag(
    rows: list[dict[str, Any]], why: tuple[Why, ...]
) -> None:
    (turn,) = outline([said(2), *rows]).turns
    assert turn.why == why


def test_of_two_notes_the_later_is_the_whole_one() -> None:
    first = reply(3, 2, understanding={"flags": [{"id": "dvt"}]})
    second = reply(4, 2, understanding={"flags": [], "release": "dorsi-2"})
    (turn,) = outline([said(2), first, second]).turns
    assert (turn.release, turn.why) == ("dorsi-2", ())


def test_a_late_reply_belongs_to_what_it_answers() -> None:
    rows = [said(2), said(3), reply(4, 3), reply(5, 2, kind="escalation", level="emergency")]
    first, second = outline(rows).turns
    assert (first.why, second.why) == ((Why.FLAGGED,), ())
