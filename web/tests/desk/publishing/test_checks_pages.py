"""The pages of the checks: asking, following, cancelling, and the report that an editor reads."""

import argparse
import json
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from sqlalchemy import update

from desk.privacy.audit import NOBODY
from desk.publishing.checks import command, folders, queue, runner
from desk.publishing.checks.laying import lay_out
from desk.publishing.checks.queue import DEAD_AFTER, Taken
from desk.publishing.checks.runner import Runner
from desk.services import Services
from editing.broken import TooLarge
from editing.stored import StoredTree
from records.base import now
from records.publishing import Check
from records.words import CheckStatus
from releases import folder
from tests.desk.publishing.conftest import program
from tests.desk.publishing.desking import CONTENT, FLAG, TOPIC, Desk

SAMPLE = json.loads(Path(__file__).with_name("sample_report.json").read_text())


async def ended(way: Desk, status: CheckStatus, report: Any = None, message: str = "") -> str:
    """Checks that have ended so; gives their page."""
    page = (await way.ann.submit(f"/changes/{way.change}/checks")).headers["location"]
    id = int(page.rpartition("/")[2])
    await way.ann.write(queue.take)
    await way.ann.write(lambda db: queue.finish(db, id, status, message, report))
    return str((await way.ann.get(page)).text)


async def test_asking_leads_to_a_page_that_can_be_followed(way: Desk) -> None:
    answer = await way.ann.submit(f"/changes/{way.change}/checks")
    place = answer.headers["location"]
    assert place == "/changes/1/checks/1"
    page = (await way.ann.get(place)).text
    assert "They wait for their turn." in page
    assert "Look again" in page
    again = await way.ann.submit(f"/changes/{way.change}/checks")
    assert again.headers["location"] == place
    shown = page.partition("progress?shown=")[2].partition('"')[0]
    assert (await way.ann.get(f"{place}/progress?shown={shown}")).status_code == 204
    await way.ann.write(queue.take)
    await way.ann.write(lambda db: queue.beat(db, 1, "A model is trained", 40, "Half of it"))
    part = await way.ann.get(f"{place}/progress?shown={shown}")
    assert 'value="40"' in part.text
    assert "A model is trained" in part.text
    assert "Half of it" in part.text
    await way.ann.write(lambda db: queue.finish(db, 1, CheckStatus.PASSED, "", way.report(True)))
    assert (await way.ann.get(f"{place}/progress")).headers["hx-refresh"] == "true"


async def test_who_waits_behind_others_is_told(way: Desk) -> None:
    await way.ann.submit(f"/changes/{way.change}/checks")
    other = await way.person("ben")
    await way.ann.write(lambda db: queue.ask(db, NOBODY, 1, "2" * 40))
    page = (await other.get("/changes/1/checks/2")).text
    assert "run is before them" not in page  # that of the older state was cancelled
    assert "cancelled" in (await other.get("/changes/1/checks/1")).text


async def test_a_silent_runner_is_told_of(way: Desk) -> None:
    place = (await way.ann.submit(f"/changes/{way.change}/checks")).headers["location"]
    await way.ann.write(queue.take)
    assert "Nothing was heard" not in (await way.ann.get(place)).text
    late = update(Check).values(beat_at=now() - DEAD_AFTER * 2)
    await way.ann.write(lambda db: db.execute(late))
    assert "Nothing was heard" in (await way.ann.get(place)).text


async def test_checks_are_cancelled_from_their_page(way: Desk) -> None:
    place = (await way.ann.submit(f"/changes/{way.change}/checks")).headers["location"]
    await way.ann.submit(f"{place}/cancel")
    assert "These checks were cancelled." in (await way.ann.get(place)).text
    await way.ann.submit(f"{place}/cancel")
    assert "The checks have ended already." in (await way.ann.get(place)).text
    assert ("ann", "checks_cancelled", "check:1") in await way.deeds()


async def test_what_passed_is_told_first(way: Desk) -> None:
    page = await ended(way, CheckStatus.PASSED, way.report(True))
    assert "<strong>This change may be published, once it is approved.</strong>" in page
    assert "93.0 %" in page
    assert "+3.0 points" in page


async def test_what_stops_it_is_told_first_with_a_link_to_the_form(way: Desk) -> None:
    page = await ended(way, CheckStatus.FAILED, way.report(False))
    assert "This change is stopped by “Lint” (1 fault)." in page
    assert "It is too long." in page
    assert "Split it." in page
    assert f'href="/changes/1/edit/{TOPIC}"' in page


async def test_a_whole_report_is_shown_with_all_its_parts(way: Desk) -> None:
    report = {**SAMPLE, "code": ""}
    page = await ended(way, CheckStatus.FAILED, report)
    for one in (*SAMPLE["compare"]["better"], *SAMPLE["compare"]["worse"]):
        assert one["said"].partition("'")[0] in page
    for heading in (
        "Better than now",
        "Worse than now",
        "Step by step",
        "Understood in another way than now",
        "What is taken for what",
        "Examples that may stand in the wrong place",
        "Figures beside those of now",
    ):
        assert f">{heading}</h2>" in page
    assert '<svg role="img"' in page


async def test_an_editors_words_are_no_markup_in_a_report(way: Desk) -> None:
    bad = "<script>x</script>"
    report = way.report(False)
    report["steps"][0]["findings"][0] |= {"wrong": bad, "path": f"data/{bad}.yml"}
    report["sides"] = [{"text": bad, "label": bad, "before": bad, "after": bad}]
    report["confusion"] = [{"label": bad, "as": "b", "count": 2, "sentences": [bad]}]
    page = await ended(way, CheckStatus.FAILED, report)
    assert bad not in page
    assert "&lt;script&gt;" in page


async def test_what_was_broken_is_told_with_the_logs_end(way: Desk) -> None:
    place = (await way.ann.submit(f"/changes/{way.change}/checks")).headers["location"]
    folders.fresh(way.parts.settings, 1)
    (folders.of(way.parts.settings, 1) / "log.txt").write_text("The <disk> is full")
    await way.ann.write(queue.take)
    await way.ann.write(lambda db: queue.finish(db, 1, CheckStatus.BROKEN, "It broke."))
    page = (await way.ann.get(place)).text
    assert "It broke." in page
    assert "The &lt;disk&gt; is full" in page
    log = await way.ann.get(f"{place}/log")
    assert log.text == "The <disk> is full"
    assert log.headers["content-type"].startswith("text/plain")


async def test_a_report_that_cannot_be_read_is_no_crash(way: Desk) -> None:
    page = await ended(way, CheckStatus.FAILED, {"version": 7})
    assert "The end of the log" in page


async def test_a_newer_edit_makes_a_report_one_of_an_earlier_state(way: Desk) -> None:
    id = await way.check()
    page = (await way.ann.get(f"/changes/1/checks/{id}")).text
    assert "This is of an earlier state" not in page
    way.edit({TOPIC: CONTENT[TOPIC].replace("Some.", "Six.")})
    assert "This is of an earlier state" in (await way.ann.get(f"/changes/1/checks/{id}")).text


async def test_checks_are_found_under_their_own_change_alone(way: Desk) -> None:
    await way.check()
    assert (await way.ann.get("/changes/2/checks/1")).status_code == 404
    assert (await way.ann.get("/changes/1/checks/2")).status_code == 404


@pytest.mark.parametrize("status", ["published", "withdrawn"])
async def test_what_is_not_open_is_not_checked_any_more(status: str, way: Desk) -> None:
    id = await way.check()
    await way.set(status=status)
    assert (
        "Run the checks again</button>" not in (await way.ann.get(f"/changes/1/checks/{id}")).text
    )
    answer = await way.ann.submit("/changes/1/checks")
    assert answer.headers["location"] == way.home
    assert len(await way.checks()) == 1


WITNESS = """
    data, live = Path(options["--data"]), Path(options["--live"])
    (out / "seen").write_text(json.dumps({
        "topic": (data / "topics/brace/types.yml").read_text(),
        "flag": (data / "red_flags/dvt.yml").read_text(),
        "live": (live / "topics/brace/types.yml").read_text(),
        "where": str(live),
        "reason": sys.argv[-1].removeprefix("--reason="),
    }))
    report(True)
"""


def with_program(way: Desk, body: str) -> Services:
    python = program(way.folder, body)
    changed = way.parts.settings.model_copy(update={"dorsi_assistant_python": python})
    return Services(**{**vars(way.parts), "settings": changed})


async def test_the_merge_with_what_is_published_is_checked_beside_what_is_live(way: Desk) -> None:
    await way.install()
    main = way.repository.head()
    newer = way.repository.merge_commit(main, main, {FLAG: CONTENT[FLAG].replace("clot", "clod")})
    way.repository.advance("main", main, newer)
    await way.ann.submit("/changes/1/checks")
    assert await Runner(with_program(way, WITNESS), lay_out).one()
    (row,) = await way.checks()
    assert (row.status, row.against) == (CheckStatus.PASSED, 1)
    seen = json.loads((folders.of(way.parts.settings, 1) / "seen").read_text())
    assert "There are two." in seen["topic"]
    assert "clod" in seen["flag"]
    assert "Some." in seen["live"]
    assert seen["where"] == str(folder.place(way.parts.settings.releases, 1).data)
    assert seen["reason"] == "", "a title is no reason"
    assert not (folders.of(way.parts.settings, 1) / "data").exists()
    assert "The checks have not run" not in (await way.ann.get(way.home)).text


async def test_what_came_meanwhile_is_checked_too_when_its_turn_comes(way: Desk) -> None:
    await way.ann.submit("/changes/1/checks")
    (asked,) = await way.checks()
    way.edit({TOPIC: CONTENT[TOPIC].replace("Some.", "Seven.")})
    assert await Runner(with_program(way, WITNESS), lay_out).one()
    (row,) = await way.checks()
    assert row.commit != asked.commit
    seen = json.loads((folders.of(way.parts.settings, 1) / "seen").read_text())
    assert "Seven." in seen["topic"]
    assert (await way.ann.get(way.home)).text.count("of an earlier state") == 0


async def test_before_the_first_release_it_is_checked_beside_the_installed_content(
    way: Desk,
) -> None:
    await way.ann.submit("/changes/1/checks")
    assert await Runner(with_program(way, WITNESS), lay_out).one()
    seen = json.loads((folders.of(way.parts.settings, 1) / "seen").read_text())
    assert seen["where"] == str(way.parts.settings.dorsi_data)


async def test_what_cannot_be_merged_when_its_turn_comes_is_told(way: Desk) -> None:
    await way.ann.submit("/changes/1/checks")
    main = way.repository.head()
    topic = {TOPIC: CONTENT[TOPIC].replace("Some.", "None.")}
    way.repository.advance("main", main, way.repository.merge_commit(main, main, topic))
    assert await Runner(way.parts, lay_out).one()
    (row,) = await way.checks()
    assert row.status == CheckStatus.BROKEN
    assert "does not fit with what was published meanwhile" in row.message


async def test_a_file_that_is_too_large_to_be_checked_is_told(
    way: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoredTree, "export", Mock(side_effect=TooLarge(TOPIC, 5 << 20)))
    await way.ann.submit("/changes/1/checks")
    assert await Runner(way.parts, lay_out).one()
    (row,) = await way.checks()
    assert row.status == CheckStatus.BROKEN
    assert f"{TOPIC} has 5.0 MB" in row.message


def test_the_checks_get_what_is_left_of_the_processors() -> None:
    assert command.NICE >= 10
    assert command.COMMAND.name == "checker"
    assert runner.LOOK_SECONDS <= 2


@pytest.mark.parametrize("reason", ["", "-plain", "--plain", "- one\n- two"])
async def test_the_checks_are_told_the_reason_and_the_report_keeps_it(
    reason: str, way: Desk
) -> None:
    await way.set(reason=reason)
    await way.ann.submit("/changes/1/checks")
    assert await Runner(with_program(way, WITNESS), lay_out).one()
    (check,) = await way.checks()
    assert check.report["reason"] == reason
    folder = folders.of(way.parts.settings, check.id)
    assert json.loads((folder / "seen").read_text())["reason"] == reason
    options = (await lay_out(way.parts, Taken(2, way.change, ""), folder / "again")).options
    parser = argparse.ArgumentParser()
    parser.add_argument("--reason")
    assert parser.parse_known_args(options)[0].reason == reason


async def test_checks_beside_what_was_live_before_are_of_an_earlier_state(way: Desk) -> None:
    await way.install()
    id = await way.check()
    assert "This is of an earlier" not in (await way.ann.get(f"/changes/1/checks/{id}")).text
    await way.install()
    assert "This is of an earlier state" in (await way.ann.get(f"/changes/1/checks/{id}")).text
