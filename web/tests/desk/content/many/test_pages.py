"""Many questions at once, moved and deleted items, spreadsheets: each shown before it is kept."""

import csv
import io
from typing import Any

import httpx
import pytest

from desk.access.permissions import Role
from desk.changes import service
from desk.content.bodies import body
from desk.content.spreadsheet.size import MAX_SHEET
from served.limits import MAX_BODY
from tests.desk.conftest import SignedIn
from tests.desk.content.many.conftest import Editing, Editor
from tests.desk.seen import names

TYPES = "data/topics/brace/types.yml"
SHOES = "data/topics/brace/shoes.yml"
ASPECTS = "data/conversation/aspects.yml"
TO_TYPES = "topic brace/types"


async def examples(editor: Editor, path: str = TYPES) -> list[str]:
    return list(body(await editor.text(path) or "")["examples"])


def well_formed(answer: httpx.Response) -> str:
    """The page, which has one heading and labels its inputs."""
    found = names(answer.text)
    assert found.count("h1") == 1
    assert "script" in found
    return answer.text


# Pasting


async def test_a_paste_is_told_first_and_kept_when_it_was_seen(editing: Editing) -> None:
    ann = await editing()
    text = "which sort bends the most at the ankle\nkinds of splints\nring me on 07700 900123"
    before = await examples(ann)
    assert "Paste questions" in well_formed(await ann.client.get(ann.at("paste")))
    seen = await ann.client.submit(ann.at("paste"), text=text, to=TO_TYPES)
    page = well_formed(seen)
    assert seen.status_code == 200
    assert "<strong>1</strong> new, <strong>0</strong> to look at, <strong>2</strong> left" in page
    assert "It is there already." in page
    assert "“07700 900123” looks like a number" in page
    assert await examples(ann) == before
    done = await ann.client.submit(
        ann.at("paste"), text=text, to=TO_TYPES, keep="yes", take=["1", "2", "3"]
    )
    assert done.headers["location"] == f"/changes/{ann.change}"
    assert await examples(ann) == [*before, "which sort bends the most at the ankle"]


async def test_two_columns_go_to_two_topics(editing: Editing) -> None:
    ann = await editing()
    text = "brace/types\twhich sort bends most\nbrace/shoes\tdo loafers go with the plastic thing"
    await ann.client.submit(ann.at("paste"), text=text, keep="yes", take=["1", "2"])
    assert (await examples(ann))[-1] == "which sort bends most"
    assert (await examples(ann, SHOES))[-1] == "do loafers go with the plastic thing"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no question in it."),
        ("x\n" * 501, "These are 501 questions, at most 500 at once."),
        ("x" * 100_001, "This is too much"),
    ],
)
async def test_a_paste_that_cannot_be_read_is_shown_again(
    editing: Editing, text: str, said: str
) -> None:
    ann = await editing()
    answer = await ann.client.submit(ann.at("paste"), text=text, to=TO_TYPES)
    assert answer.status_code == 422
    assert said in answer.text


async def test_with_nothing_ticked_nothing_is_kept(editing: Editing) -> None:
    ann = await editing()
    answer = await ann.client.submit(ann.at("paste"), text="is it soft", to=TO_TYPES, keep="yes")
    assert answer.status_code == 422
    assert "Tick what is to be taken." in answer.text


# Moving examples


async def test_examples_go_from_one_topic_to_another(editing: Editing) -> None:
    ann = await editing()
    first, second = (await examples(ann))[:2]
    page = well_formed(await ann.client.get(ann.at(f"examples/{TYPES}")))
    assert first in page
    done = await ann.client.submit(
        ann.at(f"examples/{TYPES}"), example=[first, second], to="topic brace/shoes", do="move"
    )
    assert done.headers["location"] == ann.at(f"examples/{TYPES}")
    assert first not in await examples(ann)
    assert (await examples(ann, SHOES))[-2:] == [first, second]


async def test_examples_are_deleted(editing: Editing) -> None:
    ann = await editing()
    before = await examples(ann)
    await ann.client.submit(ann.at(f"examples/{TYPES}"), example=before[3], do="delete")
    assert await examples(ann) == before[:3] + before[4:]


async def test_an_aspects_examples_are_found_by_their_words(editing: Editing) -> None:
    ann = await editing()
    aspects = body(await ann.text(ASPECTS) or "")["aspects"]
    name = next(iter(aspects))
    wanted, other = aspects[name]["examples"][0], aspects[name]["examples"][-1]
    answer = await ann.client.get(ann.at(f"examples/{ASPECTS}"), params={"part": name, "q": wanted})
    page = well_formed(answer)
    assert page.count('name="example"') < len(aspects[name]["examples"])
    assert other not in page.partition("<fieldset>")[2]
    await ann.client.submit(
        ann.at(f"examples/{ASPECTS}"), part=name, example=wanted, to=TO_TYPES, do="move"
    )
    assert (await examples(ann))[-1] == wanted
    left = body(await ann.text(ASPECTS) or "")["aspects"]
    assert wanted not in left[name]["examples"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"do": "move", "to": "topic brace/shoes"}, "Tick the examples first."),
        ({"do": "move", "example": "foot drop brace types"}, "Choose where they go."),
        (
            {"do": "move", "example": "foot drop brace types", "to": TO_TYPES},
            "They are there already.",
        ),
        ({"do": "delete", "example": "gone meanwhile"}, "may be gone meanwhile"),
    ],
)
async def test_what_cannot_be_moved_is_said(
    editing: Editing, form: dict[str, Any], said: str
) -> None:
    ann = await editing()
    answer = await ann.client.submit(ann.at(f"examples/{TYPES}"), **form)
    assert answer.status_code == 422
    assert said in answer.text


# Deleting and renaming


async def test_what_would_break_is_said_before_a_topic_is_deleted(editing: Editing) -> None:
    ann = await editing()
    address = ann.at(f"delete/{TYPES}")
    page = well_formed(await ann.client.get(address))
    assert "A follow-up of “" in page
    assert "Nothing else tells the fact T3" in page
    assert "tests/accuracy/heldout/brace.yml" in page
    unsure = await ann.client.submit(address)
    assert unsure.status_code == 422
    assert "Tick that you mean it." in unsure.text
    assert await ann.text(TYPES)
    done = await ann.client.submit(address, sure="yes", instead="brace/choosing")
    assert done.headers["location"] == f"/changes/{ann.change}"
    assert await ann.text(TYPES) is None
    draft = await service.current(ann.client.services, ann.change)
    assert not [
        path for path in draft.tree.paths() if "brace/types" in (await ann.text(path) or "")
    ]


async def test_a_topic_that_recovery_leads_to_needs_another_in_its_place(editing: Editing) -> None:
    ann = await editing()
    path = "data/topics/recovery_time/ms.yml"
    page = well_formed(await ann.client.get(ann.at(f"delete/{path}")))
    assert "needs a topic: choose what takes this one" in page
    answer = await ann.client.submit(ann.at(f"delete/{path}"), sure="yes")
    assert answer.status_code == 422
    assert await ann.text(path)


async def test_a_topic_gets_another_id_everywhere(editing: Editing) -> None:
    ann = await editing()
    address = ann.at(f"rename/{TYPES}")
    well_formed(await ann.client.get(address))
    page = well_formed(await ann.client.get(f"{address}?to=brace/kinds"))
    assert "names it by its new id" in page
    refused = await ann.client.submit(address, to="toys/kinds")
    assert refused.status_code == 422
    assert "There is no family toys." in refused.text
    await ann.client.submit(address, to="brace/kinds")
    assert body(await ann.text("data/topics/brace/kinds.yml") or "")["id"] == "brace/kinds"
    assert "brace/kinds" in (await ann.text("data/topics/brace/choosing.yml") or "")
    assert await ann.text(TYPES) is None


@pytest.mark.parametrize("page", ["delete", "rename", "examples"])
async def test_what_is_not_there_is_neither_moved_nor_deleted(editing: Editing, page: str) -> None:
    ann = await editing()
    for path in ("data/topics/brace/none.yml", "data/regions.yml", "../etc/passwd"):
        assert (await ann.client.get(ann.at(f"{page}/{path}"))).status_code == 404


async def test_a_change_request_that_is_over_is_not_edited(editing: Editing) -> None:
    ann = await editing()
    await service.withdraw(ann.client.services, ann.user, ann.change)
    for page in ("paste", "import", f"delete/{TYPES}", f"examples/{TYPES}"):
        answer = await ann.client.get(ann.at(page))
        assert answer.status_code == 409
        assert "This change request is withdrawn." in answer.text
    assert (await ann.client.get("/changes/999/paste")).status_code == 404


# Spreadsheets


async def taken_out(editor: Editor, **asked: Any) -> bytes:
    answer = await editor.client.get("/content/spreadsheet.csv", params=asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    return answer.content


async def send(editor: Editor, content: bytes, **form: str) -> httpx.Response:
    """Send a file as a browser does."""
    client = editor.client
    return await client.post(
        editor.at("import"),
        data={"csrf": client.csrf, **form},
        files={"file": ("sheet.csv", content, "text/csv")},
        headers={"Origin": str(client.base_url).rstrip("/")},
    )


def changed(content: bytes, id: str, column: str, value: str) -> bytes:
    """A sheet with one cell changed."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    place = rows[0].index(column)
    for row in rows[1:]:
        row[place] = value if row[0] == id else row[place]
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerows(rows)
    return made.getvalue().encode()


async def test_all_topics_go_out_and_come_back_unchanged(editing: Editing) -> None:
    ann = await editing()
    assert "Content as a spreadsheet" in well_formed(await ann.client.get("/content/spreadsheet"))
    sheet = await taken_out(ann, kind="topic")
    assert sheet.startswith(b"\xef\xbb\xbf")
    assert MAX_BODY < len(sheet) < MAX_SHEET
    answer = await send(ann, sheet)
    assert "<strong>0</strong> to change, <strong>156</strong> as they are" in answer.text
    assert "There is nothing to save." in well_formed(answer)


async def test_a_changed_sheet_is_told_first_and_kept_when_it_was_seen(editing: Editing) -> None:
    ann = await editing()
    sheet = await taken_out(ann, kind="topic", family="brace", mark="no")
    assert sheet.startswith(b'"topic"')
    answer = await send(ann, changed(sheet, "brace/types", "title", "Every kind of brace"))
    page = well_formed(answer)
    assert "<strong>1</strong> to change, <strong>8</strong> as they are" in page
    assert "[gone: </span>Kinds" in page
    assert (body(await ann.text(TYPES) or ""))["title"] == "Kinds of brace and splint"
    rest = page.partition('name="rows" value="')[2].partition('"')[0]
    assert rest
    rows = httpx.QueryParams({"rows": rest})["rows"].replace("&#34;", '"').replace("&#39;", "'")
    stale = await send(ann, b"", keep="yes", seen="0" * 40, rows=rows)
    assert stale.status_code == 409
    done = await send(ann, b"", keep="yes", seen=await ann.head(), rows=rows)
    assert done.status_code == 303
    assert (body(await ann.text(TYPES) or ""))["title"] == "Every kind of brace"


async def test_faults_are_named_by_row_and_column(editing: Editing) -> None:
    ann = await editing()
    sheet = await taken_out(ann, kind="topic", family="brace")
    page = (await send(ann, changed(sheet, "brace/choosing", "reviewed", "soon"))).text
    assert '<td class="number">2</td><td>reviewed</td>' in page
    assert "Write it as 2027-03-31" in page


async def test_rows_can_be_pasted_without_a_file(editing: Editing) -> None:
    ann = await editing()
    rows = "topic\ttitle\nbrace/types\tEvery kind"
    assert (
        "<strong>1</strong> to change"
        in (await ann.client.submit(ann.at("import"), rows=rows)).text
    )


async def test_what_is_no_sheet_is_refused_with_what_to_do(editing: Editing) -> None:
    ann = await editing()
    well_formed(await ann.client.get(ann.at("import")))
    for content, said in ((b"", "There is nothing in it."), (b"PK\x03\x04", "a workbook")):
        answer = await send(ann, content)
        assert answer.status_code == 422
        assert said in answer.text


async def test_only_a_sheet_may_be_large(editing: Editing, signed_in: SignedIn) -> None:
    ann = await editing()
    much = "x" * (MAX_BODY + 1)
    assert (await ann.client.submit(ann.at("import"), rows=much)).status_code == 422
    assert (await ann.client.submit(ann.at("import"), rows="x" * MAX_SHEET)).status_code == 413
    assert (await ann.client.submit(ann.at("paste"), text=much)).status_code == 413
    assert (await send(ann, b"x")).status_code == 422
    bob = await signed_in(Role.VIEWER)
    ann.client.cookies = bob.cookies
    ann.client.csrf = bob.csrf
    assert (await send(ann, b"x")).status_code == 403


async def test_files_are_for_sheets_alone(editing: Editing) -> None:
    ann = await editing()
    client = ann.client
    answer = await client.post(
        ann.at("paste"),
        data={"csrf": client.csrf},
        files={"file": ("x.csv", b"x")},
        headers={"Origin": str(client.base_url).rstrip("/")},
    )
    assert answer.status_code in (403, 415)


async def test_a_sheet_of_a_change_is_of_that_change(editing: Editing) -> None:
    ann = await editing()
    text = (await ann.text(TYPES) or "").replace("Kinds of brace and splint", "All kinds")
    await ann.save(TYPES, text)
    assert b"All kinds" in await taken_out(ann, kind="topic", change=str(ann.change))
    assert b"All kinds" not in await taken_out(ann, kind="topic")
    for kind in ("safety_check", "nothing", ""):
        answer = await ann.client.get("/content/spreadsheet.csv", params={"kind": kind})
        assert answer.status_code == 404


async def test_the_pages_of_content_lead_there(editing: Editing) -> None:
    ann = await editing()
    edit = (await ann.client.get(ann.at(f"edit/{TYPES}"))).text
    for page in ("paste?to=topic%20brace/types", f"examples/{TYPES}", f"delete/{TYPES}"):
        assert f'href="{ann.at(page)}"' in edit
    assert f'href="{ann.at(f"rename/{TYPES}")}"' in edit
    assert (
        f'href="/content/history/{TYPES}"'
        in (await ann.client.get("/content/topic/brace/types")).text
    )
    assert 'href="/content/spreadsheet"' in (await ann.client.get("/content")).text
    change = (await ann.client.get(f"/changes/{ann.change}")).text
    assert f'href="{ann.at("paste")}"' in change
    assert f'href="{ann.at("import")}"' in change
