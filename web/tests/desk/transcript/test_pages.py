"""The pages of a conversation, as a browser gets them."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from desk.access.permissions import Role
from desk.privacy import masking
from records.base import now
from records.conversations import Mask
from records.people import Deed, Unmasking
from tests.desk.conftest import Client, SignedIn
from tests.desk.seen import names
from tests.desk.talks import BEGAN, Talk, understood

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</p></article><h1>Hello",
    "{{ 7 * 7 }} {% raw %}",
    "\u202eevil\u2066 \u200f\u202e",
    "🦶🏽" * 500,
    "a" * 4000,
    "&lt;b&gt; &amp;amp;",
]


async def page_of(client: Client, number: int, query: str = "") -> str:
    answer = await client.get(f"/conversations/{number}{query}")
    assert answer.status_code == 200
    return answer.text


async def test_a_conversation_shows_what_was_seen_and_what_was_understood(
    signed_in: SignedIn,
) -> None:
    client = await signed_in(Role.VIEWER)

    def talk(db: Connection) -> int:
        made = Talk(db)
        made.replied(None, "I am Dorsi.", kind="notice")
        asked = made.said("Is it a stroke?")
        reply = made.replied(
            asked,
            "It can be.",
            topic="causes/stroke",
            buttons=["Early signs", "Prevent falls"],
            understanding=understood(),
            payload={
                "sources": [{"title": "NHS", "url": "https://nhs.example/a"}],
                "exercise": "toe_raises", "step": 2, "of": 5,
                "image": {"url": "/pictures/toe_raises/2.svg", "alt": "A foot"},
            },
        )  # fmt: skip
        made.thumbs(reply, False, "write to ann@example.org")
        made.said("Early signs", payload={"choice": f"{reply}-0"})
        return made.number

    page = await page_of(client, await client.write(talk))
    for shown in (
        "I am Dorsi.", "Is it a stroke?", "It can be.", "93 %", "RulePolicy", "action_answer",
        "topic: causes/stroke", "41 ms", "dorsi-0123456789abcdef", "toe_raises, step 2 of 5",
        "http://127.0.0.1:8080/pictures/toe_raises/2.svg", "https://nhs.example/a",
        "Did not help", "[email]", "Early signs <b>taken</b>", "took the button",
    ):  # fmt: skip
        assert shown in page, shown
    assert "ann@example.org" not in page
    assert "words of the patient" not in page


async def test_a_viewer_reads_and_has_nothing_to_press(signed_in: SignedIn) -> None:
    viewer, reviewer = await signed_in(Role.VIEWER), await signed_in(Role.REVIEWER)
    number = await viewer.write(lambda db: _said(db, "Hello"))
    for client, may in ((viewer, False), (reviewer, True)):
        page = await page_of(client, number, "?at=1")
        assert ("Your verdict" in page) is may
        assert (f'action="/conversations/{number}/status"' in page) is may
        assert ("What to do next" in page) is may


@pytest.mark.parametrize("text", HOSTILE)
async def test_whatever_a_patient_types_shows_and_does_nothing(
    text: str, signed_in: SignedIn
) -> None:
    client = await signed_in(Role.REVIEWER)
    page = await page_of(client, await _everywhere(client, text), "?at=1")
    harmless = await page_of(client, await _everywhere(client, "Hello again"), "?at=1")
    marks = {"mark", "span"}
    assert [one for one in names(page) if one not in marks] == [
        one for one in names(harmless) if one not in marks
    ]
    shown, wanted = _shown(page).count(text), _shown(harmless).count("Hello again")
    assert wanted == 14
    assert shown == wanted if len(text) < 50 else shown >= 5  # long ones are cut in some places


async def _everywhere(client: Client, text: str) -> int:
    """A conversation with a text in every place that words of a patient or of staff come to."""

    def talk(db: Connection) -> int:
        made = Talk(db)
        message = made.said(text)
        flags = [{"id": text[:60], "start": 0, "end": 6, "reason": text[:50]}]
        note = understood(flags=flags, slots={"a": text}, release=text[:80], policy=text[:99])
        reply = made.replied(
            message, text, understanding=note, topic=text[:60], buttons=[text],
            payload={"document": {"title": text}, "sources": [{"title": text, "url": text}]},
        )  # fmt: skip
        made.thumbs(reply, True, text)
        return made.number

    number = await client.write(talk)
    await client.submit(f"/conversations/{number}/notes", text=text)
    verdict = {"verdict": "unclear_answer", "comment": text[:2000]}
    await client.submit(f"/conversations/{number}/turns/1/verdict", **verdict)
    return number


async def test_words_that_raised_a_flag_and_words_searched_for_are_marked(
    signed_in: SignedIn,
) -> None:
    client = await signed_in(Role.VIEWER)
    text = "Since Monday my calf is swollen. Mail ann@example.org"

    def talk(db: Connection) -> int:
        flags = [{"id": "dvt", "level": "urgent", "start": 13, "end": 31, "reason": "calf"}]
        made = Talk(db)
        made.turn(text, understood(flags=flags), kind="escalation", level="urgent")
        return made.number

    page = await page_of(client, await client.write(talk), "?q=swelling+calves+swollen")
    assert '<mark class="flag">my calf is </mark>' in page
    assert '<mark class="flag found">swollen</mark>' in page
    assert "Signs of a clot" in page
    assert "example.org" not in page


async def test_masks_that_are_stored_are_used_if_todays_rules_made_them(
    signed_in: SignedIn,
) -> None:
    client = await signed_in(Role.VIEWER)

    def talk(db: Connection) -> int:
        made = Talk(db)
        for text, version in (("Today", masking.VERSION), ("Before", masking.VERSION - 1)):
            spans = [[0, 5, "name"]]
            id = made.said(f"{text} it hurts")
            db.execute(insert(Mask).values(message_id=id, spans=spans, made_by=version))
        return made.number

    page = await page_of(client, await client.write(talk))
    assert "[name]</span> it hurts" in page
    assert "Before it hurts" in page
    assert "Today" not in page


@pytest.mark.parametrize("spans", [[["a", 2, "name"]], "odd", [[0, 5, "secret"]], [None], {}])
async def test_masks_that_cannot_be_read_are_found_anew(spans: Any, signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)

    def talk(db: Connection) -> int:
        made = Talk(db)
        id = made.said("ann@example.org")
        row = {"message_id": id, "spans": spans, "made_by": masking.VERSION}
        db.execute(insert(Mask).values(**row))
        return made.number

    page = await page_of(client, await client.write(talk))
    assert "[email]" in page
    assert "example.org" not in page


async def test_what_dorsi_made_of_the_patients_words_is_masked_and_its_numbers_are_not(
    signed_in: SignedIn,
) -> None:
    client = await signed_in(Role.VIEWER)

    def talk(db: Connection) -> int:
        made = Talk(db)
        kept = "Write to ann@example.org. Call 07700 900123."
        for note in (understood(action="action_summary"), understood(loop="action_summary")):
            made.turn("Add it", note, says=f"1. {kept}")
        made.turn("Old", {}, says=f"2. {kept}", kind="notice")
        document = {"sections": [{"heading": "Mine", "lines": [{"text": f"3. {kept}"}]}]}
        made.turn("Make it", says="Here.", payload={"document": document})
        made.turn("Help", says="Call 0800 987 6543.", kind="escalation", level="urgent")
        return made.number

    page = await page_of(client, await client.write(talk))
    assert "example.org" not in page
    assert "07700 900123" not in page
    assert page.count("[email]") == 4
    assert "0800 987 6543" in page


async def test_who_may_see_it_unmasked_does_for_a_while_and_the_log_says_so(
    signed_in: SignedIn,
) -> None:
    admin, other = await signed_in(Role.ADMIN), await signed_in(Role.ADMIN)
    number = await admin.write(lambda db: _said(db, "I am ann@example.org"))

    def unmask(db: Connection) -> None:
        row = {"user_id": admin.user_id, "number": number, "reason": "A call"}
        db.execute(insert(Unmasking).values(**row, until=now() + timedelta(minutes=5)))
        late = {"user_id": other.user_id, "number": number, "reason": "A call"}
        db.execute(insert(Unmasking).values(**late, until=now() - timedelta(minutes=5)))

    assert "example.org" not in await page_of(admin, number)
    await admin.write(unmask)
    assert "ann@example.org" in await page_of(admin, number)
    assert "example.org" not in await page_of(other, number)
    assert await _views(admin, number) == [
        (admin.user_id, {"unmasked": False}),
        (admin.user_id, {"unmasked": True}),
        (other.user_id, {"unmasked": False}),
    ]


async def test_a_view_is_in_the_audit_log_once_in_ten_minutes_for_each_who_sees_it(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, ben = await signed_in(Role.VIEWER), await signed_in(Role.VIEWER)
    number = await ann.write(lambda db: _said(db, "Hello"))
    other = await ann.write(lambda db: _said(db, "Hello"))
    for client in (ann, ann, ben, ann):
        await page_of(client, number)
    await page_of(ann, other)
    seen = [user for user, _ in await _views(ann, number)]
    assert seen == [ann.user_id, ben.user_id]
    later = now() + timedelta(minutes=10, seconds=1)
    monkeypatch.setattr("desk.privacy.viewing.now", lambda: later)
    await page_of(ann, number)
    assert [user for user, _ in await _views(ann, number)] == [*seen, ann.user_id]


async def test_neighbours_are_of_the_same_browser_alone(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)

    def talks(db: Connection) -> list[int]:
        days = [
            Talk(db, chain="a", began=BEGAN + timedelta(days=day)).number for day in (2, 0, 1, 3)
        ]
        return [*days, Talk(db, chain="b").number, Talk(db).number, Talk(db).number]

    third, first, second, fourth, *others = await client.write(talks)
    page = await page_of(client, second)
    assert f'href="/conversations/{first}"' in page
    assert f'href="/conversations/{third}"' in page
    assert f'href="/conversations/{fourth}"' not in page
    for number in others:
        alone = await page_of(client, number)
        assert "in this browser" not in alone


async def test_a_turns_link_leads_to_its_page_and_place(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)

    def talk(db: Connection) -> int:
        made = Talk(db)
        for _ in range(130):
            made.turn("Is it a stroke?")
        return made.number

    number = await client.write(talk)
    for seq, wanted in ((1, "?at=1#turn-1"), (2, "?at=1#turn-1"), (241, "?page=2&at=241#turn-241")):
        answer = await client.get(f"/conversations/{number}/turns/{seq}")
        assert answer.headers["location"] == f"/conversations/{number}{wanted}"
    found = await client.get(f"/conversations/{number}/turns/241?q=a+b")
    assert found.headers["location"].endswith("?page=2&at=241&q=a+b#turn-241")
    assert "id=turn-241>" in await page_of(client, number, "?page=2")
    assert "id=turn-241>" not in await page_of(client, number)
    assert (await client.get(f"/conversations/{number}/turns/0")).status_code == 404


async def test_a_conversation_that_is_held_says_so(signed_in: SignedIn) -> None:
    viewer, admin = await signed_in(Role.VIEWER), await signed_in(Role.ADMIN)
    number = await viewer.write(lambda db: _said(db, "Hello"))
    assert "held beyond its time" not in await page_of(viewer, number)
    reason = "A complaint is being looked into"
    await admin.submit(f"/conversations/{number}/hold", reason=reason)
    assert "held beyond its time" in await page_of(viewer, number)
    assert f'href="/conversations/{number}/privacy"' in await page_of(admin, number)
    assert f'href="/conversations/{number}/privacy"' not in await page_of(viewer, number)


async def test_each_turn_to_look_at_leads_to_the_next_across_pages(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)

    def talk(db: Connection) -> int:
        made = Talk(db)
        for turn in range(120):
            made.turn("Hm", kind="clarify" if turn in (3, 50, 110) else "answer")
        return made.number

    number = await client.write(talk)
    first, second = await page_of(client, number), await page_of(client, number, "?page=2")
    assert first.count("class=n ") == 2
    assert 'rel=next href="#turn-101"' in first
    assert f'rel=next href="/conversations/{number}/turns/221"' in first
    assert 'data-next="221"' in first
    assert 'data-previous="101"' in second
    assert "class=n " not in second
    answer = await client.get(f"/conversations/{number}/to-judge")
    assert answer.headers["location"] == f"/conversations/{number}?at=7#turn-7"


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=99", "?page=a", "?at=a", "?at=99999999999999", "?q=%00%22", "?x=1"]
)
async def test_an_odd_address_shows_the_nearest_there_is(query: str, signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await client.write(lambda db: _said(db, "Hello"))
    assert "Hello" in await page_of(client, number, query)


@pytest.mark.parametrize("path", ["999", "99999999999999999999", "999/turns/1", "999/to-judge"])
async def test_what_is_not_there_is_not_found(path: str, signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)
    assert (await client.get(f"/conversations/{path}")).status_code == 404


@pytest.mark.parametrize("note", [None, {}, [], "odd", {"ranking": 3, "flags": [1], "slots": []}])
async def test_notes_of_any_release_are_borne(note: Any, signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)

    def talk(db: Connection) -> int:
        made = Talk(db)
        message = made.said("Hello")
        made.replied(message, "Hello to you", understanding=note, kind=None, level=None)
        made.replied(None, "I belong to nothing", payload={"sources": "odd", "image": []})
        return made.number

    page = await page_of(client, await client.write(talk))
    assert "Hello to you" in page
    assert "I belong to nothing" in page


async def test_a_message_that_was_not_answered_is_there(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)
    number = await client.write(lambda db: _said(db, "Hello", answered=False))
    page = await page_of(client, number)
    assert "No reply is there." in page
    assert "silent" in page


def _said(db: Connection, text: str, **more: Any) -> int:
    made = Talk(db)
    made.said(text, **more)
    return made.number


def _shown(page: str) -> str:
    """What of a page shows, marks left out."""
    return html.unescape(re.sub(r"</?mark[^>]*>", "", page))


async def _views(client: Client, number: int) -> list[tuple[int | None, Any]]:
    asked = select(Deed.actor_id, Deed.detail).where(
        Deed.object == f"conversation:{number}", Deed.action == "conversation_viewed"
    )
    rows = await client.read(lambda db: db.execute(asked.order_by(Deed.id)).all())
    return [(row.actor_id, row.detail) for row in rows]
