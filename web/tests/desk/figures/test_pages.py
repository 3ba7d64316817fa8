"""The figures as a browser gets them."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import Connection, insert, text, update

from desk.access.permissions import Role
from desk.app import FILES
from desk.figures import routes
from desk.figures.period import NO_DATE, TOO_LONG
from records.base import now
from records.conversations import Conversation, ConversationTopic, Unanswered
from tests.desk.conftest import Client, SignedIn
from tests.desk.figures.filling import fill

PAGES = Path(routes.__file__).parents[1] / "pages/figures"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
async def client(signed_in: SignedIn) -> Client:
    """A viewer, with conversations of the last 60 days to look at."""
    found = await signed_in(Role.VIEWER)
    await found.write(filled)
    return found


def filled(db: Connection) -> None:
    """Fill the tables, and leave nothing for the index to read anew while the pages are asked."""
    fill(db, 300, 60, now() - timedelta(minutes=1))
    db.execute(text("DELETE FROM changes"))


def pictures(html: str) -> list[ElementTree.Element]:
    return [
        ElementTree.fromstring(svg)
        for svg in re.findall(r"<svg role=.*?</svg>", html, flags=re.DOTALL)
    ]


async def test_the_page_shows_counts_and_charts_of_the_last_30_days(client: Client) -> None:
    page = await client.get("/figures")
    assert page.status_code == 200
    for part in ("In short", "30 days", "Red flags", "Regions", "Reviews", "Days are those of UTC"):
        assert part in page.text
    assert len(pictures(page.text)) == 4


async def test_every_picture_says_in_words_what_it_shows(client: Client) -> None:
    for picture in pictures((await client.get("/figures?days=90")).text):
        assert picture.get("role") == "img"
        named = (picture.get("aria-labelledby") or "").split()
        parts = {part.get("id"): part.text for part in picture if part.tag in ("title", "desc")}
        assert list(parts) == named
        assert all(parts.values())


async def test_without_conversations_the_page_says_so_and_draws_nothing(
    signed_in: SignedIn,
) -> None:
    page = await (await signed_in(Role.VIEWER)).get("/figures")
    assert page.status_code == 200
    assert "No conversation ended in these days" in page.text
    assert "Nothing new is waiting" in page.text
    assert pictures(page.text) == []


async def test_days_before_anything_was_said_are_empty(client: Client) -> None:
    page = await client.get("/figures?from=2020-01-01&to=2020-01-31")
    assert "No conversation ended in these days" in page.text
    assert "Every message of these days had an answer" in page.text


@pytest.mark.parametrize(
    ("query", "told"),
    [("from=never", NO_DATE), ("days=100000", TOO_LONG), ("from=2020-01-01", TOO_LONG)],
)
async def test_what_names_no_days_is_told_and_the_usual_days_are_shown(
    query: str, told: str, client: Client
) -> None:
    page = await client.get(f"/figures?{query}")
    assert page.status_code == 400
    assert told in page.text
    assert "last 30 days" in page.text
    assert (await client.get(f"/figures/days.csv?{query}")).status_code == 400


async def test_what_stands_in_the_tables_is_escaped(client: Client) -> None:
    def spoil(db: Connection) -> None:
        db.execute(update(Conversation).values(region=HOSTILE[:16], release=HOSTILE))
        topics = [{"number": at, "topic": HOSTILE, "turns": 1} for at in range(200, 300)]
        db.execute(insert(ConversationTopic), topics)
        db.execute(update(Unanswered).values(text=HOSTILE))

    await client.write(spoil)
    for path in ("/figures", "/figures/unanswered"):
        page = await client.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert" in page.text
        pictures(page.text)


async def test_what_was_asked_in_vain_comes_as_a_page_or_as_a_part_of_one(client: Client) -> None:
    whole = await client.get("/figures/unanswered?days=60")
    part = await client.get("/figures/unanswered?days=60", headers={"HX-Request": "true"})
    assert "<html" in whole.text and "<html" not in part.text
    assert "what about family" in part.text
    for shown in (whole.text, part.text):
        assert re.search(r'<a href="/conversations/\d+">what about', shown)


async def test_a_table_comes_as_a_file_of_its_figures(client: Client) -> None:
    page = await client.get("/figures/days.csv?days=7")
    assert page.headers["content-type"].startswith("text/csv")
    assert re.fullmatch(
        r'attachment; filename="dorsi-days-[-\d]+\.csv"', page.headers["content-disposition"]
    )
    head, *rows = csv.reader(io.StringIO(page.text))
    assert head[0] == "Day"
    assert len(rows) == 7
    shown = (await client.get("/figures?days=7")).text
    assert f">{sum(int(row[1]) for row in rows)}</a>" in shown


async def test_a_formula_in_a_file_is_none(client: Client) -> None:
    await client.write(lambda db: db.execute(update(Conversation).values(release="=1+1")))
    rows = list(csv.reader(io.StringIO((await client.get("/figures/releases.csv")).text)))
    assert [row[0] for row in rows] == ["Release", "'=1+1"]


async def test_there_is_no_file_of_what_patients_said(client: Client) -> None:
    for name in ("unanswered", "groups", "messages"):
        assert (await client.get(f"/figures/{name}.csv")).status_code == 404


async def test_what_the_template_draws_the_stylesheet_knows(client: Client) -> None:
    style = (FILES / "figures.css").read_text()
    looks = set(re.findall(r'<rect class="([a-z]+)"', (await client.get("/figures")).text))
    assert looks >= {"first", "second", "good", "bad"}
    for look in looks:
        assert f".chart .{look} " in style


def test_no_query_of_the_figures_reads_messages() -> None:
    for file in Path(routes.__file__).parent.rglob("*.py"):
        assert "records.models" not in file.read_text(), file
