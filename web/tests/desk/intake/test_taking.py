"""An example is made of what a patient said: in nobody's words, in a change request."""

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from desk.access.permissions import Role
from desk.access.visitors import User
from desk.changes import service
from desk.intake import scoring
from desk.workbench.client import Unavailable, Workbench
from editing.documents import Document
from records.people import Deed
from records.publishing import ChangeRequest, Dismissal, TakenExample
from records.reviewing import Work
from tests.desk.analysis.conftest import go_live
from tests.desk.conftest import Client, SignedIn
from tests.desk.intake.conftest import in_vain, talk, work
from tests.desk.intake.test_pages import SWIM, act

PATH = "data/topics/brace/types.yml"
EDITED = "which of these leg supports would suit a tram driver"


class Bench:
    """A workbench that is played.

    Attributes:
        asked: what it was asked, and with what.
        near: what it says of examples that are alike.
        likely: how likely it finds everything.
        flags: the red flags it notices.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.near: list[dict[str, Any]] = []
        self.likely = 0.25
        self.flags: list[dict[str, Any]] = []
        self.gone = False

    async def ask(self, _: Workbench, what: str, *, timeout: float = 0, **with_: Any) -> Any:
        self.asked.append((what, with_))
        if self.gone:
            raise Unavailable("The helper is not there.")
        if what == "near":
            return [self.near for _ in with_["texts"]]
        if what == "score":
            return [self.likely for _ in with_["pairs"]]
        return {"level": "none", "flags": self.flags, "unsure": None}


@pytest.fixture(autouse=True)
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    played = Bench()

    async def ask(self: Workbench, what: str, *, timeout: float = 0, **with_: Any) -> Any:
        return await played.ask(self, what, timeout=timeout, **with_)

    monkeypatch.setattr(Workbench, "ask", ask)
    return played


@pytest.fixture
async def editor(content_repository: Path, signed_in: SignedIn) -> Client:
    assert content_repository.exists()
    return await signed_in(Role.EDITOR)


def some(db: Connection) -> int:
    made = talk(db)
    made.turn("I am ann@example.org, my splint hurts on the tram to work each day")
    work(made, 1, "wrong_topic", "brace/types")
    for text in SWIM:
        in_vain(made, text)
    return made.number


def form(**more: Any) -> dict[str, Any]:
    return {"sentences": EDITED, "aim": "topic", "topic": "brace/types", "change": "new", **more}


async def examples(client: Client, change: int, path: str = PATH, *key: str) -> list[str]:
    draft = await service.current(client.services, change)
    found = Document.parse(draft.tree.read(path) or "").get(key or ("examples",))
    assert isinstance(found, list)
    return found


async def rows(client: Client) -> list[dict[str, Any]]:
    asked = select(TakenExample.__table__).order_by(TakenExample.id)
    return await client.read(lambda db: [dict(row) for row in db.execute(asked).mappings()])


async def test_the_form_begins_with_the_masked_words_and_the_reviewers_topic(
    editor: Client,
) -> None:
    number = await editor.write(some)
    page = (await editor.get(f"/to-do/turns/{number}/1")).text
    area = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert area and area[1].startswith("I am [email], my splint hurts")
    assert 'name="topic" list="topics" value="brace/types"' in page
    assert "example.org" not in page


async def test_an_edited_sentence_goes_into_a_new_change_request(
    editor: Client, bench: Bench
) -> None:
    number = await editor.write(some)
    said = await act(editor, f"/to-do/turns/{number}/1", **form(title="Trams"))
    assert "Taken into change request 1: 1 example." in said
    assert (await examples(editor, 1))[-1] == EDITED
    asked = select(ChangeRequest.title, ChangeRequest.author)
    assert tuple(await editor.read(lambda db: db.execute(asked).one())) == (
        "Trams",
        editor.user_id,
    )
    (row,) = await rows(editor)
    assert (row["target"], row["text"], row["before"]) == ("brace/types", EDITED, 0.25)
    assert (row["change_id"], row["work_id"], row["by"]) == (1, 1, editor.user_id)
    assert row["message_id"]
    status = select(Work.status)
    assert await editor.read(lambda db: db.execute(status).scalar_one()) == "accepted"
    assert [what for what, _ in bench.asked] == ["near", "score"]
    # What was typed by the patient leaves the desk for nowhere.
    assert "tram to work" not in str(bench.asked)


async def test_only_examples_of_the_target_are_changed(editor: Client) -> None:
    number = await editor.write(some)
    await editor.submit(f"/to-do/turns/{number}/1", **form())
    draft = await service.current(editor.services, 1)
    assert list(draft.paths) == [PATH]
    before = editor.services.repository.tree(draft.main).read(PATH)
    after = draft.tree.read(PATH)
    assert before and after
    assert set(after.splitlines()) - set(before.splitlines()) == {f"  - {EDITED}"}


async def test_it_goes_into_a_draft_of_ones_own_that_is_chosen(editor: Client) -> None:
    number = await editor.write(some)
    await editor.submit(f"/to-do/turns/{number}/1", **form())
    page = (await editor.get(f"/to-do/turns/{number}/3")).text
    assert '<option value="1">1: Examples from the inbox</option>' in page
    other = "swimming, do the straps rust"
    await editor.submit(f"/to-do/turns/{number}/3", **form(sentences=other, change="1"))
    assert (await examples(editor, 1))[-2:] == [EDITED, other]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"sentences": ""}, "Write at least one sentence."),
        ({"sentences": "I am [email], my splint hurts"}, "[email]"),
        (
            {"sentences": "My splint hurts on the tram to work each day. I am"},
            "stands so in the patient&#39;s message",
        ),
        ({"sentences": "ring bob@example.org about it"}, "may tell who somebody is"),
        (
            {"sentences": "kinds of SPLINTS!"},
            "is an example of “Kinds of brace and splint” already",
        ),
        ({"topic": "no/such"}, "There is no topic of that name."),
        ({"aim": "must_not_fire", "flag": "dvt"}, "Choose why"),
        ({"title": "x" * 121}, "at most 120 letters"),
    ],
)
async def test_what_cannot_be_taken_is_told_and_what_was_typed_is_not_lost(
    editor: Client, fields: dict[str, str], told: str
) -> None:
    number = await editor.write(some)
    answer = await editor.submit(f"/to-do/turns/{number}/1", **form(**fields))
    assert answer.status_code == 422
    assert told in answer.text
    wanted = {**form(), **fields}
    assert wanted["sentences"].replace("'", "&#39;") in answer.text
    assert await rows(editor) == []
    count = select(func.count()).select_from(ChangeRequest)
    assert await editor.read(lambda db: db.execute(count).scalar_one()) == 0


async def test_where_others_are_much_like_it_somebody_has_to_say_that_it_is_meant(
    editor: Client, bench: Bench
) -> None:
    number = await editor.write(some)
    far = {"text": "far", "title": "Far", "near": False}
    bench.near = [{"text": "which support suits me", "title": "Choosing", "near": True}, far]
    answer = await editor.submit(f"/to-do/turns/{number}/1", **form())
    assert answer.status_code == 422
    assert "is much like “which support suits me” of “Choosing”" in answer.text
    assert "Far" not in answer.text
    assert 'name="sure" value="yes"' in answer.text
    assert await rows(editor) == []
    await act(editor, f"/to-do/turns/{number}/1", **form(sure="yes"))
    assert len(await rows(editor)) == 1


async def test_without_the_workbench_it_is_taken_all_the_same(editor: Client, bench: Bench) -> None:
    bench.gone = True
    number = await editor.write(some)
    await act(editor, f"/to-do/turns/{number}/1", **form())
    assert [row["before"] for row in await rows(editor)] == [None]
    assert "not asked" in (await editor.get("/to-do/taken")).text


async def test_questions_asked_alike_are_put_away_with_it_unless_the_mark_is_taken_off(
    editor: Client,
) -> None:
    number = await editor.write(some)
    page = (await editor.get(f"/to-do/turns/{number}/3")).text
    turns = re.findall(r'name="turn" value="([0-9:]+)"', page)
    assert sorted(turns) == [f"{number}:{seq}" for seq in (3, 5, 7)]
    two = "may I wear the splint in the sea\nis water bad for the straps"
    fields = form(sentences=two, turn=[f"{number}:3", f"{number}:5"])
    said = await act(editor, f"/to-do/turns/{number}/3", **fields)
    assert "2 examples. Put away with it: 1." in said
    assert [row["text"] for row in await rows(editor)] == two.splitlines()
    asked = select(Dismissal.reason)
    reasons = await editor.read(lambda db: db.execute(asked).scalars().all())
    assert reasons == ["An example was taken of a question like it: change request 1."]
    left = (await editor.get("/to-do?source=unanswered")).text
    assert "<strong>1</strong>" in left
    assert "swimming with the splint on" in left


async def test_no_question_of_a_group_may_become_an_example_as_it_is(editor: Client) -> None:
    number = await editor.write(some)
    turns = [f"{number}:{seq}" for seq in (3, 5, 7)]
    for text in SWIM:
        fields = form(sentences=text, turn=turns)
        answer = await editor.submit(f"/to-do/turns/{number}/3", **fields)
        assert answer.status_code == 422, text
        assert "own words" in answer.text


async def test_what_must_raise_a_red_flag_becomes_one_of_its_examples(
    editor: Client, bench: Bench
) -> None:
    number = await editor.write(some)
    text = "one calf twice as thick as yesterday and it glows"
    fields = form(sentences=text, aim="must_fire", flag="dvt", level="")
    await act(editor, f"/to-do/turns/{number}/1", **fields)
    path = "data/red_flags/dvt.yml"
    level = Document.parse((await service.current(editor.services, 1)).tree.read(path) or "")
    group = str(level.get(("level",)))
    assert (await examples(editor, 1, path, "must_fire", group))[-1] == text
    (row,) = await rows(editor)
    assert (row["target"], row["before"]) == (f"dvt must_fire {group}", 0.0)
    assert [what for what, _ in bench.asked] == ["screen"]
    assert "must raise" in (await editor.get("/to-do/taken")).text


async def test_a_topic_that_is_new_in_the_change_request_takes_examples(editor: Client) -> None:
    number = await editor.write(some)
    await act(editor, f"/to-do/turns/{number}/1", **form())
    draft = await service.current(editor.services, 1)
    text = (draft.tree.read(PATH) or "").replace("id: brace/types", "id: brace/trams")
    text = text.replace("title: Kinds of brace and splint", "title: Braces on trams")
    user = User(editor.user_id, editor.name, editor.name, Role.EDITOR)
    edits = {"data/topics/brace/trams.yml": text}
    await service.save(editor.services, user, 1, draft.head, edits, "A topic")
    fields = form(topic="Braces on trams", sentences="tram seats and stiff legs", change="1")
    await act(editor, f"/to-do/turns/{number}/3", **fields)
    assert (await examples(editor, 1, "data/topics/brace/trams.yml"))[-1] == (
        "tram seats and stiff legs"
    )


async def test_once_its_release_is_live_each_example_is_asked_about_again_and_once(
    editor: Client, bench: Bench
) -> None:
    number = await editor.write(some)
    await act(editor, f"/to-do/turns/{number}/1", **form())
    flag = form(sentences="calf like a football", aim="must_fire", flag="dvt", change="1")
    await act(editor, f"/to-do/turns/{number}/3", **flag)

    def publish(db: Connection) -> None:
        go_live(db, 4, None)
        db.execute(update(ChangeRequest).values(status="published", release=4))

    await editor.write(publish)
    bench.likely, bench.asked = 0.91, []
    bench.flags = [{"id": "dvt", "level": "emergency", "text": "", "reason": ""}]
    await scoring.rescore(editor.services, 4)
    assert [(row["after"], row["scored_with"]) for row in await rows(editor)] == [(0.91, 4), (1, 4)]
    (_, asked), _ = bench.asked
    assert asked["pairs"] == [(EDITED, "brace/types")]
    assert asked["model"].endswith("releases/4/model.tar.gz")
    await scoring.rescore(editor.services, 4)
    await scoring.rescore(editor.services, 5)
    assert len(bench.asked) == 2
    assert "2 of 2 went live and" in (await editor.get("/to-do/taken")).text


async def test_where_nobody_can_be_asked_it_is_tried_again_later(
    editor: Client, bench: Bench
) -> None:
    number = await editor.write(some)
    await act(editor, f"/to-do/turns/{number}/1", **form())

    def publish(db: Connection) -> None:
        go_live(db, 4, None)
        db.execute(update(ChangeRequest).values(status="published", release=4))

    await editor.write(publish)
    bench.gone = True
    await scoring.rescore(editor.services, 4)
    assert [row["after"] for row in await rows(editor)] == [None]
    assert "1 could not be asked about" in await act(editor, "/to-do/taken/ask")
    bench.gone = False
    assert "It was asked." in await act(editor, "/to-do/taken/ask")
    assert [row["after"] for row in await rows(editor)] == [0.25]
    assert "Ask it now" not in (await editor.get("/to-do/taken")).text
    assert "It was asked." in await act(editor, "/to-do/taken/ask")


async def test_the_next_release_is_asked_where_the_first_could_not_be(editor: Client) -> None:
    number = await editor.write(some)
    await act(editor, f"/to-do/turns/{number}/1", **form())

    def publish(db: Connection) -> None:
        go_live(db, 4, None)
        go_live(db, 5, None)
        db.execute(update(ChangeRequest).values(status="published", release=4))

    await editor.write(publish)
    await scoring.rescore(editor.services, 3)
    assert [row["after"] for row in await rows(editor)] == [None]
    await scoring.rescore(editor.services, 5)
    assert [row["scored_with"] for row in await rows(editor)] == [5]


async def test_the_audit_log_says_what_was_taken_without_words(editor: Client) -> None:
    number = await editor.write(some)
    await act(editor, f"/to-do/turns/{number}/1", **form())
    asked = select(Deed.action, Deed.object, Deed.detail)
    found = await editor.read(lambda db: [tuple(row) for row in db.execute(asked)])
    detail = {"target": "brace/types", "change": 1, "sentences": 1, "turn": 1}
    assert ("example_taken", f"conversation:{number}", detail) in found
    assert "tram" not in str(found)
