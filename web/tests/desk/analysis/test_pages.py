"""The analysis as a browser gets it."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from desk.access.permissions import Role
from desk.analysis import grades, history
from desk.analysis.stale import LONG
from desk.workbench.client import Unavailable, Workbench
from editing.repository import Repository
from records.base import now
from records.conversations import ConversationTopic
from tests.desk.analysis.conftest import go_live
from tests.desk.conftest import Client, SignedIn
from tests.desk.intake.conftest import in_vain, talk

PAGES = [
    "/analysis", "/analysis/confusion", "/analysis/facts", "/analysis/stale", "/analysis/unused",
    "/analysis/length",
]  # fmt: skip
MOST_BYTES = 100_000


@pytest.fixture(autouse=True)
def _measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbench measures, without being started."""

    async def ask(_: Workbench, what: str, **arguments: Any) -> Any:
        assert what == "measure"
        return {"each": [{"grade": 5.5} for _ in arguments["texts"]]}

    monkeypatch.setattr(Workbench, "ask", ask)
    monkeypatch.setattr(grades, "_known", {})


def some(db: Connection) -> None:
    made = talk(db)
    in_vain(made, "which one", "clarify", "brace/types")
    db.execute(insert(ConversationTopic).values(number=made.number, topic="brace/types", turns=1))


def cells(page: str, topic: str) -> list[str]:
    """The numbers of a topic's row."""
    row = page[page.index(f">{topic}</a></th>") :].partition("<tr>")[0]
    found = re.findall(r'<td class="number">(.*?)(?=<td|\n)', row)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in found]


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_is_there_for_everybody_before_and_after_the_first_release(
    path: str, signed_in: SignedIn
) -> None:
    viewer, editor = await signed_in(Role.VIEWER), await signed_in(Role.EDITOR)
    for client in (viewer, editor):
        page = await client.get(path)
        assert page.status_code == 200
        assert len(page.content) <= MOST_BYTES
    await editor.write(go_live)
    await editor.write(some)
    for client in (viewer, editor):
        page = await client.get(f"{path}?days=90")
        assert page.status_code == 200
        assert len(page.content) <= MOST_BYTES
    assert "/content/" not in (await viewer.get(path)).text


async def test_without_figures_the_page_says_so_and_what_to_do(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)
    assert "No release is live yet" in (await client.get("/analysis")).text
    await client.write(lambda db: go_live(db, figures=None))
    page = (await client.get("/analysis")).text
    assert "Release 1 has no figures" in page
    assert "Submit a change request" in page


async def test_a_topic_stands_with_what_was_measured_and_what_happened(client: Client) -> None:
    page = (await client.get("/analysis")).text
    examples, *others = cells(page, "Kinds of brace and splint")
    assert int(examples) >= 25
    assert others == ["1", "80 %", "95 %", "\u2013", "50 %", "1"]
    assert "81 % of all examples" in page
    assert re.search(r'href="/inbox\?since=[^"]+topic=brace%2Ftypes"', page)
    assert re.search(r'href="/to-do\?source=unanswered[^"]+topic=brace%2Ftypes', page)


@pytest.fixture
async def client(signed_in: SignedIn) -> Client:
    """An editor, with a release that is live and something that happened."""
    found = await signed_in(Role.EDITOR)
    await found.write(go_live)
    await found.write(some)
    return found


async def test_the_weakest_topic_comes_first_unless_another_order_is_asked_for(
    client: Client,
) -> None:
    page = (await client.get("/analysis")).text
    first = page[page.index("<tbody>") :]
    assert first.index("/content/topic/brace/shoes") < first.index("/content/topic/brace/types")
    page = (await client.get("/analysis?sort=asked")).text
    assert 'aria-sort="other"><a href="/analysis?' in page
    assert page[page.index("<tbody>") :].index("brace/types") < 200


async def test_pairs_are_told_with_the_sentences_that_cause_them(client: Client) -> None:
    page = (await client.get("/analysis/confusion")).text
    assert "soft, stiff or &lt;b&gt;springy&lt;/b&gt;" in page
    assert "what else do they come in" in page
    assert "my calf is large" not in page
    assert "90 %" in page


async def test_topics_nobody_was_answered_with_are_told(client: Client) -> None:
    page = (await client.get("/analysis/unused")).text
    assert "/content/topic/brace/types" not in page
    assert "/content/topic/brace/shoes" in page
    assert "never, in what is kept" in page


async def test_where_grades_cannot_be_measured_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: Any, **__: Any) -> Any:
        raise Unavailable("The helper is not there.")

    monkeypatch.setattr(Workbench, "ask", gone)
    page = (await client.get("/analysis/length")).text
    assert "Not all grades are known. The helper is not there." in page
    assert "Answers by their words" in page
    assert "Answers by their grade" not in page


async def test_a_grade_is_measured_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Answers by their grade" in (await client.get("/analysis/length")).text

    async def never(*_: Any, **__: Any) -> Any:
        raise AssertionError

    monkeypatch.setattr(Workbench, "ask", never)
    assert "5.5" in (await client.get("/analysis/length")).text


async def test_a_disliked_answer_is_told_with_when_its_file_was_changed_last(
    content_repository: Path, client: Client
) -> None:
    assert content_repository.exists()

    def dislike(db: Connection) -> None:
        made = talk(db)
        for _ in range(2):
            said = made.said("what is it")
            made.thumbs(made.replied(said, topic="brace/types"), helpful=False)

    await client.write(dislike)
    repository = client.services.repository
    path = "data/topics/brace/types.yml"
    (last,) = repository.history(path, repository.head(), limit=1)
    page = (await client.get("/analysis/stale")).text
    assert ("2 of 2" in page) == (now() - last.at >= LONG)
    assert history.changed(repository, [path, "data/topics/no/such.yml"]) == {path: last.at}


async def test_where_there_is_no_repository_nothing_is_known_of_changes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    nothing = Repository.open(tmp_path / "home", str(tmp_path / "nowhere"))
    assert history.changed(nothing, ["data/topics/brace/types.yml"]) == {}
    assert "nothing is known of the content's history" in caplog.text


async def test_days_that_are_none_are_told(client: Client) -> None:
    page = await client.get("/analysis?from=never")
    assert page.status_code == 400
    assert "last 30 days" in page.text
