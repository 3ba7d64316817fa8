"""Reading the audit log at the desk and on the command line."""

import argparse
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select, text

from desk.__main__ import main
from desk.access.permissions import Role
from desk.commands import CannotDo
from desk.privacy import log, log_command
from desk.privacy.audit import Action, Actor, append, verify
from desk.settings import Settings
from records.people import Deed
from tests.desk.conftest import Client, SignedIn
from tests.desk.conversing import converse, review

ANN, BOB = Actor("ann", 1), Actor("bob", 2)


async def many(client: Client, count: int, who: Actor = ANN) -> None:
    def work(db: Connection) -> None:
        for n in range(count):
            append(db, who, Action.HELD, f"conversation:{n}", {"reason": f"Reason number {n}"})

    await client.write(work)


def ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<tr>\s*<td class="number">(\d+)</td>', page)]


async def test_pages_lead_from_the_newest_entry_to_the_oldest_and_back(
    signed_in: SignedIn,
) -> None:
    ann = await signed_in(Role.ADMIN)
    await many(ann, 120)
    seen, path = [], "/audit"
    while path:
        page = (await ann.get(path)).text
        seen.append(ids(page))
        older = re.search(r'href="([^"]+)">Older', page)
        path = older[1].replace("&amp;", "&") if older else ""
    assert [len(part) for part in seen] == [50, 50, 20]
    assert [id for part in seen for id in part] == list(range(120, 0, -1))
    newer = re.search(r'href="([^"]+)">Newer', page)
    assert newer
    assert ids((await ann.get(newer[1])).text) == seen[1]
    assert "Newer" not in (await ann.get("/audit?after=70")).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"person": "bob"}, {"bob"}),
        ({"person": "eve"}, set()),
        ({"action": "unmasked"}, {"bob"}),
        ({"object": "conversation:77"}, {"bob"}),
        ({"object": "77"}, {"bob"}),
        ({"object": "user:ann"}, set()),
        ({"since": "2020-01-01", "until": "2199-12-31"}, {"ann", "bob"}),
        ({"since": "2199-12-31"}, set()),
        ({"until": "2020-01-01"}, set()),
        ({"person": "bob", "action": "held"}, set()),
    ],
)
async def test_entries_are_found_by_person_deed_object_and_day(
    signed_in: SignedIn, query: dict[str, str], found: set[str]
) -> None:
    ann = await signed_in(Role.ADMIN)
    await many(ann, 2)
    await ann.write(lambda db: append(db, BOB, Action.UNMASKED, "conversation:77", {}))
    page = (await ann.get("/audit", params=query)).text
    assert {name for name in ("ann", "bob") if f"<td>{name}</td>" in page} == found


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "9999-12-31", "0001-01-01", "٢"])
async def test_a_day_that_is_none_is_told(signed_in: SignedIn, day: str) -> None:
    ann = await signed_in(Role.ADMIN)
    await many(ann, 1)
    page = await ann.get("/audit", params={"until": day})
    assert page.status_code == 200
    assert "Write a day as year-month-day" in page.text
    assert ids(page.text) == [1]


@pytest.mark.parametrize("id", ["x", "-1", "1e9", "9" * 5000, "٣", ""])
async def test_an_odd_place_in_the_log_breaks_nothing(signed_in: SignedIn, id: str) -> None:
    ann = await signed_in(Role.ADMIN)
    for name in ("before", "after", "object"):
        assert (await ann.get("/audit", params={name: id})).status_code == 200


async def test_a_page_says_which_of_its_entries_are_broken(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    await many(ann, 3)
    assert "The 3 entries of this page are as they were written" in (await ann.get("/audit")).text
    await ann.write(break_second)
    page = (await ann.get("/audit")).text
    assert "1 of these entries are not as they were written" in page
    assert "Broken: it was changed after it was written." in page


def break_second(db: Connection) -> None:
    db.execute(text("DROP TRIGGER audit_no_update"))
    db.execute(text("UPDATE audit SET actor = 'eve' WHERE id = 2"))


async def test_nothing_in_an_entry_is_markup(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    bad = "<script>alert(1)</script>"
    entry: dict[str, Any] = {bad: bad, "a": {bad: 1}, "b": [bad]}
    await ann.write(lambda db: append(db, Actor(bad), Action.HELD, bad, entry))
    page = (await ann.get("/audit", params={"person": bad, "object": bad})).text
    assert bad not in page
    assert page.count("&lt;script&gt;") >= 5


async def test_what_is_saved_can_be_verified_and_is_itself_in_the_log(
    signed_in: SignedIn,
) -> None:
    ann = await signed_in(Role.ADMIN)
    await many(ann, 3)
    answer = await ann.submit("/audit/export", person="ann")
    assert answer.headers["content-disposition"] == 'attachment; filename="dorsi-audit.jsonl"'
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["id"] for line in lines] == [1, 2, 3]
    assert [line["previous"] for line in lines[1:]] == [line["hash"] for line in lines[:-1]]
    everything = [json.loads(one) for one in (await ann.submit("/audit/export")).text.splitlines()]
    assert [(one["action"], one["detail"]) for one in everything[3:]] == [
        ("audit_exported", {"person": "ann"}),
        ("audit_exported", {}),
    ]


async def test_a_long_log_is_saved_whole(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "AT_ONCE", 7)
    ann = await signed_in(Role.ADMIN)
    await many(ann, 30)
    saved = (await ann.submit("/audit/export")).text.splitlines()
    assert [json.loads(line)["id"] for line in saved] == list(range(1, 32))


# What patients wrote


async def test_no_word_of_a_patients_is_ever_in_it(signed_in: SignedIn) -> None:
    ann = await signed_in(Role.ADMIN)
    secret = "xylophonist"

    def plant(db: Connection) -> int:
        words = f"the {secret} said so"
        number = converse(db, words, reply=secret, opinion=secret, diary="d" * 64)
        review(db, number, ann.user_id, f"About the {secret}")
        return number

    number = await ann.write(plant)
    path = f"/conversations/{number}"
    for reason in (f"it was the {secret} said so", "Somebody asked for it"):
        for form in ("unmask", "mask", "hold", "lift"):
            await ann.submit(f"{path}/{form}", reason=reason)
        for form in ("jsonl", "csv", "pdf"):
            await ann.submit("/export", format=form, numbers=str(number), query=f"q={secret}")
        await ann.submit(f"{path}/erase", reason=reason, number=str(number), diary="yes")
    entries = await ann.read(lambda db: db.execute(select(Deed.__table__)).all())
    done = {row.action for row in entries}
    assert {"unmasked", "masked_again", "held", "hold_lifted", "exported", "erased"} <= done
    assert secret not in repr(entries)


# On the command line


def of(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    log_command.COMMAND.arguments(parser)
    return parser.parse_args(arguments)


@pytest.fixture
def run(desk_settings: Settings) -> Callable[..., None]:
    return lambda *arguments: log_command.COMMAND.run(desk_settings, of(*arguments))


async def test_the_command_names_the_head_and_takes_it(
    signed_in: SignedIn, run: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ann = await signed_in(Role.ADMIN)
    await many(ann, 3)
    head = (await ann.read(verify)).head
    run("verify")
    said = capsys.readouterr().out
    assert said.startswith("3 entries, all as they were written.\n")
    assert f"Head: {head}" in said
    run("verify", "--head", head)
    with pytest.raises(CannotDo, match=f"{'a' * 64} is not in it"):
        run("verify", "--head", "a" * 64)
    with pytest.raises(CannotDo, match="no hash"):
        run("verify", "--head", "x")


async def test_the_command_ends_with_status_1_and_names_the_broken_entry(
    signed_in: SignedIn,
    desk_settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ann = await signed_in(Role.ADMIN)
    await many(ann, 3)
    await ann.write(break_second)
    monkeypatch.setenv("DATABASE_URL", desk_settings.database_url)
    monkeypatch.setattr("sys.argv", ["desk", "audit", "verify"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = "the audit log is broken after 1 sound entries: entry 2: it was changed after it was"
    assert ended.value.code == f"desk: {told} written."


async def test_the_command_lists_what_is_asked_for(
    signed_in: SignedIn, run: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    ann = await signed_in(Role.ADMIN)
    await many(ann, 3)
    await many(ann, 1, BOB)
    run("list", "--person", "bob")
    [line] = capsys.readouterr().out.splitlines()
    assert (json.loads(line)["actor"], json.loads(line)["id"]) == ("bob", 4)
    with pytest.raises(CannotDo, match="Write a day"):
        run("list", "--since", "soon")
