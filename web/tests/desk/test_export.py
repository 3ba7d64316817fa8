"""Conversations taken away as files: masked, written down, and harmless where they are opened."""

import csv
import io
import json
import logging
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import Destination, DictionaryObject
from sqlalchemy import Connection, delete, func, select

from desk.access.permissions import Role
from desk.errors import CannotBe
from desk.export import files, paper, transcripts
from desk.export.files import Format, Order
from desk.export.safe import cell, plain
from desk.export.selection import EVERYTHING, numbered
from records.conversations import Conversation
from records.database import Database
from records.models import Session
from records.people import Deed
from tests.desk.conftest import Client, SignedIn
from tests.desk.conversing import converse, review, user

PERSONAL = "my mail is maria.lopez@example.org and my foot drags"
MASKED = "my mail is [email] and my foot drags"
REASON = "A complaint about what was answered"
AT = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n+1",
    "  =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff20SUM(1)",
    '"=1+1"',
    "hello\n=cmd|'/c calc'!A1",
    "hello\r@x",
    "hello\u2028=1",
    "hello\x0b=1",
    "hello\x85=1",
    "hello;=1+1",
    "hello,+1",
    'hello";"=HYPERLINK("https://evil.example";"x")',
    "hello\t-1+1",
    "hello|=1",
)


async def taken(client: Client, **form: str) -> httpx.Response:
    return await client.submit("/export", **form)


async def planted(client: Client, *said: str, **more: Any) -> int:
    return await client.write(lambda db: converse(db, *said, at=AT, **more))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def pages(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def names(content: bytes) -> set[str]:
    """The names of all entries there are in a PDF."""
    reader, found = PdfReader(BytesIO(content)), set()
    for place in range(1, len(reader.xref[0]) + 1):
        one = reader.get_object(place)
        if isinstance(one, DictionaryObject):
            found |= set(one)
    return found


async def deeds(client: Client) -> list[tuple[str, Any]]:
    asked = select(Deed.object, Deed.detail).where(Deed.action == "exported").order_by(Deed.id)
    return await client.read(lambda db: [tuple(row) for row in db.execute(asked)])


# What is in a file


async def test_json_lines_have_a_conversation_a_line(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)

    def plant(db: Connection) -> int:
        number = converse(db, PERSONAL, "and now?", at=AT, opinion="ring me on 07700 900123")
        review(db, number, client.user_id, "a comment")
        return number

    number = await client.write(plant)
    answer = await taken(client, format="jsonl", numbers=str(number))
    assert answer.headers["content-type"] == "application/jsonl"
    [line] = answer.text.splitlines()
    found = json.loads(line)
    first, second, *_ = found.pop("messages")
    assert found == {
        "format": 1,
        "masked": True,
        "number": number,
        "began_at": "2026-11-21T10:30:00+00:00",
        "last_at": "2026-11-21T10:30:00+00:00",
        "region": "GB",
        "release": None,
        "level": "none",
        "status": "new",
        "topics": ["brace/overview"],
        "flags": ["chest_pain"],
        "tags": [f"tag {number}"],
    }
    assert (first["by"], first["text"], first["seq"]) == ("patient", MASKED, 1)
    assert (second["by"], second["topic"]) == ("dorsi", "brace/overview")
    assert (second["helpful"], second["opinion"]) == (False, "ring me on [phone]")
    verdicts = [each for message in (first, second) for each in message["verdicts"]]
    assert verdicts == [{"verdict": "wrong", "topic": None, "flag": None}]
    assert "a comment" not in answer.text


async def test_csv_has_a_message_a_row(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await planted(client, PERSONAL, 'it "hurts",\nvery', opinion="no good")
    answer = await taken(client, format="csv", numbers=str(number))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    found = rows(answer.content)
    assert [row["text"] for row in found] == [
        MASKED,
        "It can be.",
        'it "hurts",\nvery',
        "It can be.",
    ]
    assert {row["masked"] for row in found} == {"yes"}
    assert {row["number"] for row in found} == {str(number)}
    assert [row["by"] for row in found] == ["patient", "dorsi"] * 2
    assert sorted((row["helpful"], row["opinion"]) for row in found)[-1] == ("no", "no good")


async def test_a_pdf_can_be_read_and_searched(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    numbers = [await planted(client, PERSONAL, f"number {n}") for n in range(3)]
    answer = await taken(client, format="pdf", numbers=f"{numbers[0]}-{numbers[-1]}")
    assert answer.headers["content-type"] == "application/pdf"
    text = pages(answer.content)
    assert text.count(MASKED) == 3
    assert "Patient, 2026-11-21 10:30:00" in text
    assert f"Taken away by {client.name}" in text
    reader = PdfReader(BytesIO(answer.content))
    assert [mark.title for mark in reader.outline if isinstance(mark, Destination)] == [
        f"Conversation {n}" for n in numbers
    ]
    assert reader.metadata is not None
    assert reader.metadata.title == "Conversations with Dorsi, masked"


async def test_what_dorsi_repeats_is_masked_too(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await planted(client, "hello", reply=f"You wrote: {PERSONAL}")
    for form in Format:
        answer = await taken(client, format=form, numbers=str(number))
        text = pages(answer.content) if form is Format.PDF else answer.text
        assert "maria" not in text
        assert "[email]" in text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("2", [2]),
        ("1, 3", [1, 3]),
        ("2-3 1", [1, 2, 3]),
        ("3-1 2", [2]),
        ("1-9999999999", [1, 2, 3]),
        (" 1\n2 ", [1, 2]),
    ],
)
async def test_numbers_and_ranges_choose(signed_in: SignedIn, typed: str, found: list[int]) -> None:
    client = await signed_in(Role.REVIEWER)
    for _ in range(3):
        await planted(client, "hello")
    answer = await taken(client, format="jsonl", numbers=typed)
    assert [json.loads(line)["number"] for line in answer.text.splitlines()] == found


async def test_all_are_taken_only_where_that_is_said(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    for _ in range(30):
        await planted(client, "hello")
    answer = await taken(client, format="jsonl", all="yes")
    assert [json.loads(line)["number"] for line in answer.text.splitlines()] == list(range(1, 31))
    assert (await taken(client, format="jsonl")).status_code == 400


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", "Say which conversations"),
        ("x", "Some of this is no number"),
        ("-1", "Some of this is no number"),
        ("1--2", "Some of this is no number"),
        ("٣", "Some of this is no number"),
        ("1' OR 1=1", "Some of this is no number"),
        ("99999999999", "Some of this is no number"),
        ("7", "There is no such conversation"),
        ("1 " * 201, "more than 200 numbers"),
    ],
)
async def test_what_cannot_be_read_is_told_and_nothing_is_taken(
    signed_in: SignedIn, typed: str, wrong: str
) -> None:
    client = await signed_in(Role.REVIEWER)
    await planted(client, "hello")
    answer = await taken(client, format="csv", numbers=typed)
    assert answer.status_code == 400
    assert wrong in answer.text
    assert await deeds(client) == []


async def test_one_erased_while_the_file_is_written_is_left_out(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "AT_ONCE", 1)
    client = await signed_in(Role.REVIEWER)
    for _ in range(3):
        await planted(client, "hello")
    order = Order(Format.JSONL, EVERYTHING, True, "ann")
    lines = []
    newest = select(Conversation.session_id).order_by(Conversation.number.desc()).limit(1)
    gone = delete(Session).where(Session.id == newest.scalar_subquery())
    async for part in files.content(client.services.database, order):
        lines += str(part).splitlines()
        await client.write(lambda db: db.execute(gone))
    assert [json.loads(line)["number"] for line in lines] == [1, 2]


# Who took it


async def test_each_file_is_in_the_audit_log_without_words(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await planted(client, PERSONAL)
    await planted(client, "hello")
    await taken(client, format="csv", numbers=str(number))
    await taken(client, format="jsonl", numbers=f"{number}-9, 12")
    await taken(client, format="pdf", all="yes")
    about = {"masked": True}
    chosen: list[dict[str, Any]] = [{"numbers": ["1"]}, {"numbers": ["1-9", "12"]}, {"all": True}]
    assert await deeds(client) == [
        (f"conversation:{number}", {**about, "format": "csv", "count": 1, "chosen": chosen[0]}),
        ("export", {**about, "format": "jsonl", "count": 2, "chosen": chosen[1]}),
        ("export", {**about, "format": "pdf", "count": 2, "chosen": chosen[2]}),
    ]


async def test_what_is_not_masked_needs_a_permit_in_force(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number, other = await planted(ann, PERSONAL), await planted(ann, PERSONAL)
    fields = {"format": "jsonl", "unmasked": "yes"}
    answer = await taken(ann, numbers=str(number), **fields)
    assert answer.status_code == 400
    assert "You may not read this conversation unmasked" in answer.text
    await ann.submit(f"/conversations/{number}/unmask", reason=REASON)
    answer = await taken(ann, numbers=str(number), **fields)
    assert "maria.lopez@example.org" in answer.text
    for refused in (str(other), f"{number} {other}", f"{number}-{number}", ""):
        answer = await taken(ann, numbers=refused, all="yes", **fields)
        assert answer.status_code == 400
        assert "maria" not in answer.text
    await ann.submit(f"/conversations/{number}/mask")
    assert (await taken(ann, numbers=str(number), **fields)).status_code == 400
    [(about, detail)] = await deeds(ann)
    assert (about, detail["masked"]) == (f"conversation:{number}", False)


async def test_a_file_that_is_not_masked_says_so_in_its_name_and_inside(
    signed_in: SignedIn,
) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann, PERSONAL)
    await ann.submit(f"/conversations/{number}/unmask", reason=REASON)
    got = {
        form: await taken(ann, format=form, numbers=str(number), unmasked="yes") for form in Format
    }
    for form, answer in got.items():
        name = f"dorsi-conversation-{number}-NOT-MASKED.{form}"
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert json.loads(got[Format.JSONL].text)["masked"] is False
    assert {row["masked"] for row in rows(got[Format.CSV].content)} == {"NO"}
    for page in PdfReader(BytesIO(got[Format.PDF].content)).pages:
        assert "NOT MASKED" in page.extract_text()


async def test_a_reviewer_is_not_offered_what_is_not_masked_and_does_not_get_it(
    signed_in: SignedIn,
) -> None:
    reviewer = await signed_in(Role.REVIEWER)
    number = await planted(reviewer, PERSONAL)
    assert 'name="unmasked"' not in (await reviewer.get("/export")).text
    answer = await taken(reviewer, format="csv", numbers=str(number), unmasked="yes")
    assert answer.status_code == 400


async def test_the_form_takes_numbers_from_its_address_as_text(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    page = (await client.get("/export", params={"numbers": '12"><script>'})).text
    assert 'value="12&#34;&gt;&lt;script&gt;"' in page


# Limits


async def test_a_pdf_of_too_many_says_what_to_do(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await signed_in(Role.REVIEWER)
    for _ in range(3):
        await planted(client, "hello", "hello")
    monkeypatch.setattr(paper, "MOST_CONVERSATIONS", 2)
    answer = await taken(client, format="pdf", all="yes")
    assert answer.status_code == 400
    assert "A PDF takes 2 conversations at most, and these are 3." in answer.text
    monkeypatch.setattr(paper, "MOST_CHARACTERS", 40)
    answer = await taken(client, format="pdf", numbers="1-2")
    assert "A PDF takes 40 characters at most" in answer.text
    assert (await taken(client, format="pdf", numbers="1")).status_code == 200
    assert (await taken(client, format="csv", all="yes")).status_code == 200


async def test_only_a_few_conversations_are_read_at_a_time(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await signed_in(Role.REVIEWER)
    for _ in range(60):
        await planted(client, "hello")
    real, asked = transcripts.read, []

    def counting(db: Connection, numbers: Any) -> Any:
        asked.append(len(numbers))
        return real(db, numbers)

    monkeypatch.setattr(transcripts, "read", counting)
    parts = files.content(
        client.services.database, Order(Format.JSONL, EVERYTHING, True, client.name)
    )
    assert str(await anext(parts)).count("\n") == files.AT_ONCE
    assert asked == [files.AT_ONCE]
    assert len([part async for part in parts]) == 2
    assert asked[:3] == [25, 25, 10]


# Attacks


@pytest.mark.parametrize("text", FORMULAS)
def test_no_formula_begins_anywhere_in_a_cell(text: str) -> None:
    made = cell(text)
    for part in made.replace(";", "\n").replace(",", "\n").replace("|", "\n").split("\n"):
        assert part.strip(' \u00a0"')[:1] not in set("=+-@\uff1d\uff0b\uff0d\uff20"), made
    assert "\t" not in made
    assert "\r" not in made


@given(st.text(alphabet=st.sampled_from("=+-@ab ,;|\t\r\n'\"\u2028\u00a0\uff1d")))
def test_whatever_is_typed_no_formula_begins_a_line_or_a_cell(text: str) -> None:
    made = cell(text)
    for line in made.split("\n"):
        assert line.lstrip(' \u00a0"')[:1] not in set("=+-@\uff1d")
    back = next(csv.reader(io.StringIO(spreadsheet_row(made), newline="")))
    assert back == [made]


def spreadsheet_row(text: str) -> str:
    made = io.StringIO()
    csv.writer(made, quoting=csv.QUOTE_ALL).writerow([text])
    return made.getvalue()


async def test_a_whole_csv_of_attacks_is_inert(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await planted(client, *FORMULAS, reply="=1+1", opinion="@SUM(1)")
    found = rows((await taken(client, format="csv", numbers=str(number))).content)
    assert len(found) == 2 * len(FORMULAS)
    for row in found:
        for value in row.values():
            assert value[:1] not in set("=+-@\t\r")


def test_plain_words_stay_as_they_are() -> None:
    for text in ("my foot drags", "left-hand side, 50% worse", "a = b", "it's 3 - 4 times; then 2"):
        assert cell(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("abc\u202egnp.exe", "abc<U+202E>gnp.exe"),
        ("\u2066x\u2069", "<U+2066>x<U+2069>"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("a\u200bb\ufeffc\u00ad", "abc"),
        ("\U000e0041hidden", "hidden"),
        ("\ue000\ud800", "\u25a1\u25a1"),
        ("a\r\nb\rc\u2029d", "a\nb\nc\nd"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
    ],
)
def test_what_cannot_be_seen_goes_and_what_turns_letters_is_named(text: str, shown: str) -> None:
    assert plain(text) == shown


HOSTILE = (
    "<a href='https://evil.example'>x</a> <b>bold</b> **bold** __under__ [x](https://evil.example)",
    "https://evil.example/?q=1 javascript:alert(1) file:///etc/passwd",
    ") Tj ET /JS (app.alert(1)) /OpenAction << /S /JavaScript >> endobj",
    "\\) \\( \\\\ %PDF-1.4 stream endstream",
    "abc\u202egnp.exe \x00\x1b",
    "我的脚很弱 😀 नमस्ते",
)


async def test_a_pdf_has_no_link_script_or_markup_of_a_patients(
    signed_in: SignedIn, caplog: pytest.LogCaptureFixture
) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await planted(client, *HOSTILE, opinion=HOSTILE[0])
    with caplog.at_level(logging.DEBUG):
        content = (await taken(client, format="pdf", numbers=str(number))).content
    text = " ".join(pages(content).split())
    assert "**bold** __under__ [x](https://evil.example)" in text
    assert "<b>bold</b>" in text
    assert "abc<U+202E>gnp.exe" in text
    assert "/Outlines" in names(content)
    assert not {"/A", "/AA", "/Annots", "/JS", "/Launch", "/URI", "/JavaScript"} & names(content)
    for secret in ("evil", "我", "नमस्ते"):
        assert secret not in caplog.text


async def test_json_lines_hide_nothing(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    number = await planted(client, *HOSTILE)
    answer = await taken(client, format="jsonl", numbers=str(number))
    assert answer.text.isascii()
    said = [each["text"] for each in json.loads(answer.text)["messages"] if each["by"] == "patient"]
    assert said[4] == HOSTILE[4]


def test_nobodys_name_is_markup_on_paper() -> None:
    content = paper.pdf([], masked=True, made_by="<b>ann</b>\u202e", at=AT)
    assert "Taken away by <b>ann</b><U+202E>" in pages(content)


# On PostgreSQL


@pytest.mark.postgres
async def test_postgresql_gives_the_same_file(postgres_url: str) -> None:
    opened = Database(postgres_url)

    def plant(db: Connection) -> None:
        number = converse(db, PERSONAL, at=AT, opinion="no good")
        review(db, number, user(db), "a comment")

    try:
        await opened.write(plant)
        for form in (Format.JSONL, Format.CSV):
            order = Order(form, numbered("1-5"), True, "ann")
            assert await opened.read(partial(files.check, order=order)) == 1
            made = "".join([str(part) async for part in files.content(opened, order)])
            assert MASKED in made
            assert "no good" in made
        nothing = Order(Format.CSV, numbered("7"), True, "ann")
        with pytest.raises(CannotBe):
            await opened.read(partial(files.check, order=nothing))
        assert await opened.read(lambda db: db.scalar(select(func.count()).select_from(Deed))) == 0
    finally:
        await opened.close()


# What the inbox finds


async def test_a_search_of_the_inbox_is_taken_away(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    numbers = [await planted(client, words) for words in ("my trombone", "a xylophone", "trombone")]
    page = (await client.get("/inbox?q=trombone&region=GB")).text
    assert '<a href="/export?q=trombone&amp;region=GB">' in page
    form = (await client.get("/export?q=trombone&region=GB")).text
    assert "<li>Words: trombone" in form
    assert 'name="query" value="q=trombone&amp;region=GB"' in form
    answer = await taken(client, format="jsonl", query="q=trombone&region=GB")
    found = [json.loads(line)["number"] for line in answer.text.splitlines()]
    assert found == [numbers[0], numbers[2]]
    [(about, detail)] = await deeds(client)
    assert (about, detail["count"]) == ("export", 2)
    assert detail["chosen"] == {"search": {"region": "GB", "length_of_words": "8"}}


async def test_numbers_go_before_a_search(signed_in: SignedIn) -> None:
    client = await signed_in(Role.REVIEWER)
    for words in ("my trombone", "a xylophone"):
        await planted(client, words)
    answer = await taken(client, format="jsonl", query="q=trombone", numbers="2")
    assert [json.loads(line)["number"] for line in answer.text.splitlines()] == [2]


@pytest.mark.parametrize("query", ["levle=urgent", "level=dire", "q=trombone&q=x", "since=soon"])
async def test_a_search_that_cannot_be_read_takes_nothing_rather_than_more(
    signed_in: SignedIn, query: str
) -> None:
    client = await signed_in(Role.REVIEWER)
    await planted(client, "hello")
    answer = await taken(client, format="jsonl", query=query)
    assert answer.status_code == 400
    assert "This search cannot be taken away." in answer.text
    assert "This search cannot be taken away." in (await client.get(f"/export?{query}")).text
    assert await deeds(client) == []


async def test_a_search_is_not_taken_unmasked(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    number = await planted(ann, PERSONAL)
    await ann.submit(f"/conversations/{number}/unmask", reason=REASON)
    answer = await taken(ann, format="jsonl", query="q=foot", unmasked="yes")
    assert answer.status_code == 400
    assert "one conversation at a time" in answer.text


async def test_a_conversation_leads_to_what_protects_it_and_to_its_file(
    signed_in: SignedIn,
) -> None:
    ann, viewer = await signed_in(Role.ADMIN), await signed_in(Role.VIEWER)
    number = await planted(ann, PERSONAL)
    path = f"/conversations/{number}"
    page = (await ann.get(path)).text
    assert f'href="{path}/privacy"' in page
    assert f'href="/export?numbers={number}"' in page
    assert f'value="{number}"' in (await ann.get(f"/export?numbers={number}")).text
    assert "maria" not in page
    assert "/export" not in (await viewer.get(path)).text
    await ann.submit(f"{path}/unmask", reason=REASON)
    page = (await ann.get(path)).text
    assert "maria.lopez@example.org" in page
    assert f'action="{path}/mask"' in page
    assert "maria" not in (await viewer.get(path)).text
