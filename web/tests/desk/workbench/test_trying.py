"""Try a sentence: now, and with a change request."""

from pathlib import Path

from sqlalchemy import Connection, insert

from desk.workbench.client import Refused, Unavailable
from records.base import now
from records.publishing import Check
from tests.desk.changes.conftest import TOPIC, save
from tests.desk.conftest import Client
from tests.desk.workbench.conftest import Played

FRAGMENT = {"HX-Request": "true"}


async def tried(client: Client, path: str, text: str = "which braces are there") -> str:
    response = await client.submit(path, text=text)
    assert response.status_code == 200
    return " ".join(response.text.split())


async def test_without_a_change_it_says_what_is_understood_now(
    ann: Client, workbench: Played
) -> None:
    page = await tried(ann, "/content/try")
    assert "Dorsi answers with “Kinds of brace”, 90 % sure." in page
    assert "No red flag is raised." in page
    assert "With this change" not in page
    (asked,) = workbench.of("understand")
    assert asked["text"] == "which braces are there"
    assert asked["data"] == str(ann.services.settings.dorsi_data)


async def test_a_change_that_was_not_trained_shows_the_likest_examples(
    ann: Client, workbench: Played, change: int
) -> None:
    page = await tried(ann, f"/changes/{change}/try")
    assert "Not trained yet: run the checks." in page
    assert "“which braces are there” in Kinds of brace" in page


async def test_a_change_that_was_trained_is_asked_by_its_own_model(
    ann: Client, workbench: Played, change: int, tmp_path: Path
) -> None:
    await save(ann, change, ("Kinds of brace", "Sorts of brace"))
    model = tmp_path / "model.tar.gz"
    model.write_bytes(b"a model")
    commit = ann.services.repository.head(f"change/{change}")

    def check(db: Connection) -> None:
        report = {"model": {"path": str(model), "checksum": ""}}
        values = {"change_id": change, "commit": commit, "status": "passed", "report": report}
        db.execute(insert(Check).values(asked_at=now(), **values))

    await ann.write(check)
    page = await tried(ann, f"/changes/{change}/try")
    assert "Not trained yet" not in page
    assert "edited after its last checks" not in page
    then = next(asked for asked in workbench.of("understand") if asked["model"] == str(model))
    assert "Sorts of brace" in (Path(then["data"]) / "topics/brace/types.yml").read_text()
    await save(ann, change, ("Sorts of brace", "All braces"))
    assert "edited after its last checks" in await tried(ann, f"/changes/{change}/try")
    model.unlink()
    assert "Not trained yet" in await tried(ann, f"/changes/{change}/try")


async def test_red_flags_are_shown_now_and_with_the_change(
    ann: Client, workbench: Played, change: int
) -> None:
    await save(ann, change, ("Kinds of brace", "Sorts of brace"))
    flag = {"id": "dvt", "level": "urgent", "text": "swollen calf", "reason": "rule"}
    workbench.answers["screen"] = lambda asked: {"flags": [flag] if asked["changes"] else []}
    page = await tried(ann, f"/changes/{change}/try")
    now_side, _, then_side = page.partition("With this change")
    assert "No red flag is raised." in now_side
    assert "for “swollen calf”" in then_side
    assert TOPIC in workbench.of("screen")[-1]["changes"]


async def test_a_part_that_is_not_known_says_so_and_the_others_stay(
    ann: Client, workbench: Played, change: int
) -> None:
    workbench.answers["understand"] = Unavailable("Not there just now.")
    workbench.answers["near"] = Refused("data/x.yml cannot be read.")
    page = await tried(ann, f"/changes/{change}/try")
    assert "Not there just now." in page
    assert "data/x.yml cannot be read." in page
    assert "No red flag is raised." in page


async def test_what_dorsi_would_do_is_said_in_words(ann: Client, workbench: Played) -> None:
    understood = workbench.answers["understand"]
    candidates = [{"id": str(n), "title": f"Topic {n}"} for n in range(3)]
    understood |= {"decision": "clarify", "candidates": candidates}
    assert "asks what is meant: “Topic 0”, “Topic 1” or “Topic 2”." in await tried(
        ann, "/content/try"
    )
    understood |= {"decision": "fallback"}
    assert "did not understand. Nearest is “Kinds of brace”" in await tried(ann, "/content/try")
    understood |= {"label": "", "title": "", "labels": []}
    assert "finds no words in it" in await tried(ann, "/content/try")


async def test_htmx_gets_the_part_alone_and_everybody_else_a_page(
    ann: Client, workbench: Played
) -> None:
    form = {"csrf": ann.csrf, "text": "hello"}
    headers = {**FRAGMENT, "Origin": str(ann.base_url).rstrip("/")}
    part = (await ann.post("/content/try", data=form, headers=headers)).text
    assert "<html" not in part
    assert "90 % sure" in part
    assert "<html" in (await ann.get("/content/try")).text
    assert (
        "Write a sentence first."
        in (await ann.post("/content/try", data={"csrf": ann.csrf}, headers=headers)).text
    )


async def test_what_is_typed_is_never_markup(ann: Client, workbench: Played) -> None:
    page = await tried(ann, "/content/try", "<b>bold</b>")
    assert "<b>" not in page
    assert "&lt;b&gt;bold" in page


async def test_there_is_nothing_to_try_in_a_change_that_is_not_there(ann: Client) -> None:
    assert (await ann.get("/changes/999/try")).status_code == 404
