"""Change requests on their way, for the pages that need one: edited, handed in, checked, released.

The words are changed on pages, as editors change them. What takes minutes or waits for somebody
else (the outcome of checks, a release, a switch) is written as rows.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from playwright.sync_api import Page, expect

from deploy.stack import Stack
from deploy.train import ROOT

REPORT = ROOT / "web/tests/desk/publishing/sample_report.json"
TOPIC = "data/topics/brace/types.yml"
LONG_WORD = "Ankle-foot-orthosis-dorsiflexion-assist-" * 3
# The first change waits for the content's history to be copied.
FIRST_MS = 90_000
# A check whose runner is heard of in future is given up by nobody while the tests run.
ALIVE = timedelta(hours=6)


@dataclass
class Drafts:
    """What stands in addresses: ids of change requests, of checks and of what was released.

    Attributes:
        change: a change request with edits, handed in; its topic is `TOPIC`.
        empty: one in which nothing was changed.
        conflicts: the address of a page that asks which of two wordings it shall be.
        running: checks that are under way; `queued` wait for them.
        queued: see `running`.
        passed: checks with a report that stops nothing.
        failed: checks with a report of faults.
        broken: checks without a report, with a log.
        release: a release that may be served again.
        switch: a switch of what is served that failed.
    """

    change: int = 0
    empty: int = 0
    conflicts: str = ""
    running: int = 0
    queued: int = 0
    passed: int = 0
    failed: int = 0
    broken: int = 0
    release: int = 0
    switch: int = 0

    def address(self, template: str) -> str:
        """An address with these numbers in it."""
        return template.format_map({**vars(self), "topic": TOPIC})


def drafted(page: Page, url: str, stack: Stack) -> Drafts:
    """Make all of it.

    Args:
        page: somebody's who may edit, signed in.
        url: the desk's address.
        stack: the assistant whose database is written into.
    """
    made = Drafts()
    made.empty = opened(page, url, f"Nothing yet, but a long title: {LONG_WORD[:80]}")
    made.conflicts = disagreed(page, url, stack, opened(page, url, "Two at once"))
    made.change = opened(page, url, "Softer words on braces")
    edited(page, url, made.change)
    with closing(sqlite3.connect(stack.state / "dorsi.db", timeout=30)) as database, database:
        written(database, made)
    log = stack.state / "checks" / str(made.broken) / "log.txt"
    log.parent.mkdir(parents=True)
    log.write_text(f"Traceback (most recent call last):\n  {LONG_WORD}\nMemoryError\n" * 20)
    return made


def opened(page: Page, url: str, title: str) -> int:
    """A new change request's number."""
    page.goto(f"{url}/changes")
    page.get_by_label("What it is about").fill(title)
    page.get_by_role("button", name="Make it").click(timeout=FIRST_MS)
    page.wait_for_url("**/changes/*", timeout=FIRST_MS)
    return int(page.url.rpartition("/")[2].partition("?")[0])


def edited(page: Page, url: str, change: int) -> None:
    """Change a title, an answer and the examples of the topic, and hand it in."""
    page.goto(f"{url}/changes/{change}/edit/{TOPIC}")
    form = page.locator("#edit")
    form.get_by_label("Title", exact=True).fill("Kinds of braces and splints")
    answer = form.get_by_role("group", name="Answer").get_by_role("textbox").first
    answer.fill(f"Some braces hold your foot up. {LONG_WORD}")
    form.get_by_role("button", name="Save, and back to the change").click()
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("It is handed in")).to_be_visible()


def disagreed(page: Page, url: str, stack: Stack, change: int) -> str:
    """Have two save other words for the same title; the address that asks which it shall be.

    A form tells it by itself; other pages lead to that address, where the second words are kept.
    """
    address = f"{url}/changes/{change}/edit/{TOPIC}"
    other = page.context.new_page()
    for one in (page, other):
        one.goto(address)
    for one, title in ((other, "Kinds of splints"), (page, "Which braces there are")):
        one.locator("#edit").get_by_label("Title", exact=True).fill(title)
        one.locator("#edit").get_by_role("button", name="Save", exact=True).click()
        one.wait_for_load_state()
    other.close()
    git = ["git", "-C", str(stack.state / "content.git"), "for-each-ref", "--format=%(objectname)"]
    kept = subprocess.run(
        [*git, f"refs/**/typed-*/{change}"], check=True, capture_output=True, text=True
    ).stdout.split()
    return f"/changes/{change}/conflicts/{kept[-1]}"


def written(database: sqlite3.Connection, made: Drafts) -> None:
    """Write what came of checks and approvals, with what was released."""
    stopped = json.loads(REPORT.read_text(encoding="utf-8"))
    ids = [step["id"] for step in stopped["steps"]]
    steps = [{"id": id, "title": id.title(), "state": "passed", "passed": True} for id in ids]
    passed = {**stopped, "passed": True, "steps": steps}
    made.broken = checked(database, made.change, "broken", message="It ran out of memory.")
    made.failed = checked(database, made.change, "failed", report=json.dumps(stopped))
    made.passed = checked(database, made.change, "passed", report=json.dumps(passed))
    alive = moment(ALIVE)
    step = {"step": "What it understands", "percent": 40, "message": "Trained", "beat_at": alive}
    made.running = checked(database, made.change, "running", **step)
    # It waits for as long as another of the same change runs.
    made.queued = checked(database, made.change, "queued")
    made.release = released(database, json.dumps({"figures": stopped["figures"]}))
    values = {"release": made.release, "kind": "publish", "state": "failed", "by": "Eve"}
    message = "The replica main could not make it ready."
    made.switch = row(database, "switches", **values, message=message, at=moment())


def released(database: sqlite3.Connection, figures: str) -> int:
    """A release that was published once, and is kept, but not served."""
    last = database.execute("select coalesce(max(number), 0) from releases").fetchone()[0]
    row(
        database,
        "releases",
        number=last + 1,
        commit="0" * 40,
        title="Camping with foot drop",
        checksum="1" * 64,
        model_checksum="2" * 64,
        code="",
        figures=figures,
        approvers=json.dumps(["Eve", "Dr Okafor-Featherstonehaugh"]),
        by="Eve",
        made_at=moment(),
        kept=True,
    )
    published = {
        "title": "Camping",
        "reason": "",
        "branch": "change/published",
        "release": last + 1,
    }
    times = {"created_at": moment(), "changed_at": moment()}
    row(database, "change_requests", status="published", **published, **times)
    return int(last) + 1


def checked(database: sqlite3.Connection, change: int, status: str, **more: object) -> int:
    """A run of the checks, of a state that is no more."""
    plain = {"step": "", "percent": 0, "cancel": False, "message": "", "by": 1}
    values = {"change_id": change, "commit": "0" * 40, "status": status, "asked_at": moment()}
    return row(database, "checks", **{**plain, **values, **more})


def row(database: sqlite3.Connection, table: str, **values: object) -> int:
    """Write a row; its id."""
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    made = database.execute(
        f"insert into {table} ({names}) values ({marks})", tuple(values.values())
    )
    return int(made.lastrowid or 0)


def moment(later: timedelta = timedelta()) -> str:
    """A moment as the database keeps it."""
    return (datetime.now(timezone.utc) + later).strftime("%Y-%m-%d %H:%M:%S.%f")
