"""The lint of drafts: the same as that of everything, and quick."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path

import pytest

from content.files import DATA
from content.lint import findings
from content.lint.again import Linter
from content.lint.code import read_code
from content.lint.files import Files
from content.lint.problems import Problem
from content.lint.project import project_of
from deploy.train import ROOT
from tests.unit.lint.conftest import BRACE, CAUSE, TODAY, Tiny
from tests.unit.workbench.changing import changed
from workbench.linting import Findings
from workbench.serving import Cannot

Changes = dict[str, str | None]
QUICK = 1.0


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path)


@pytest.fixture(scope="module")
def real() -> Linter:
    """A linter that knows the real content."""
    linter = Linter(ROOT)
    linter.findings(DATA, "data", {}, date.today())
    return linter


def whole(data: Path, root: Path, changes: Changes, today: date) -> list[Problem]:
    """What the lint of everything says, knowing nothing from before."""
    return findings(project_of(Files(data, "data", changes), root, today, read_code(root)))


@pytest.mark.parametrize("seed", range(20))
def test_a_draft_is_linted_as_if_for_the_first_time(tiny: Tiny, seed: int) -> None:
    chance = random.Random(seed)
    data, linter = tiny.root / "data", Linter(tiny.root)
    names = [path.relative_to(data).as_posix() for path in data.rglob("*.yml")]
    texts = {name: (data / name).read_text() for name in sorted(names)}
    changes: Changes = {}
    for _ in range(12):
        name = chance.choice(list(texts))
        text = changes.get(name, texts[name])
        changes[name] = changed(chance, text or "", texts[chance.choice(list(texts))])
        if chance.random() < 0.3:
            changes = {}
        found = linter.findings(data, "data", changes, TODAY)
        assert found == whole(data, tiny.root, changes, TODAY)


def test_so_is_one_of_the_real_content(real: Linter) -> None:
    chance, today = random.Random(1), date.today()
    names = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("topics/*/*.yml"))
    for name in chance.sample(names, 2):
        other = (DATA / chance.choice(names)).read_text()
        change: Changes = {name: changed(chance, (DATA / name).read_text(), other)}
        assert real.findings(DATA, "data", change, today) == whole(DATA, ROOT, change, today)


def test_one_changed_topic_takes_no_second(real: Linter) -> None:
    path = DATA / "topics/brace/types.yml"
    took = []
    for number in range(5):
        more = f"examples:\n  - how many braces has a shop number {number} to sell\n"
        text = path.read_text().replace("examples:\n", more)
        began = time.perf_counter()
        real.findings(DATA, "data", {"topics/brace/types.yml": text}, date.today())
        took.append(time.perf_counter() - began)
    assert min(took) < QUICK


def test_a_key_that_stands_twice_in_a_file_to_learn_from_is_told_until_it_is_mended(
    tiny: Tiny,
) -> None:
    linter, data = Linter(tiny.root), tiny.root / "data"
    name, twice = "triage/learning/body_1.yml", "none: [one]\nnone: [two]\n"
    (found,) = linter.findings(data, "data", {name: twice}, TODAY)
    assert (found.place.path, found.place.line) == (f"data/{name}", 2)
    assert linter.findings(data, "data", {name: "none: [one, two]\n"}, TODAY) == []


def test_another_day_has_other_findings(tiny: Tiny) -> None:
    linter, data = Linter(tiny.root), tiny.root / "data"
    assert linter.findings(data, "data", {}, TODAY) == []
    assert linter.findings(data, "data", {}, date(2027, 6, 1)) != []
    assert linter.findings(data, "data", {}, TODAY) == []


def test_only_the_files_asked_for_are_told_of(tiny: Tiny) -> None:
    findings_in, data = Findings(tiny.root), str(tiny.root / "data")
    changes = {BRACE: tiny.read(BRACE).replace("id: brace/types", "id: brace/kinds")}
    day = TODAY.isoformat()
    (found,) = findings_in(data, changes, [BRACE], day)
    assert (found["path"], found["line"], found["severity"]) == (BRACE, 1, "error")
    assert "brace/types" in found["mend"]
    assert findings_in(data, changes, [CAUSE], day) == []


def test_an_example_that_stands_twice_is_told_of_in_either_file(tiny: Tiny) -> None:
    findings_in, data = Findings(tiny.root), str(tiny.root / "data")
    changes = {CAUSE: tiny.read(CAUSE).replace("- stroke question 3\n", "- brace question 3\n")}
    for asked in (BRACE, CAUSE):
        (found,) = findings_in(data, changes, [asked], TODAY.isoformat())
        assert (found["path"], found["other"]) == (CAUSE, BRACE)


@pytest.mark.parametrize(
    "text",
    [
        "a: [b",
        "",
        "- a\n- b\n",
        "a: " + "[" * 100_000,
        "a: " + "[" * 5_000 + "]" * 5_000,
        "a: &a [*a, *a]\n",
        "a: &a [b]\nc: {'d':*a}\n",
        "a: &a b\n",
        "a: b\rc:\r - " + "- " * 100_000 + "d\r",
        "a:\u2028 " + "? " * 100_000 + "d\n",
        "a: !!python/object:os.system x\n",
        "a: \ud800\n",
        "a: \0\n",
        "? [a]\n: b\n",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_whatever_is_typed_is_answered_with_its_line(tiny: Tiny, text: str) -> None:
    findings_in, data = Findings(tiny.root), str(tiny.root / "data")
    found = findings_in(data, {BRACE: text}, [BRACE], TODAY.isoformat())
    assert found
    assert all(one["line"] >= 1 and one["mend"] for one in found)


@pytest.mark.parametrize("path", ["data/../pyproject.toml", "data//x.yml", "data/./x.yml"])
def test_no_path_leads_out_of_the_content(tiny: Tiny, path: str) -> None:
    with pytest.raises(Cannot):
        Findings(tiny.root)(str(tiny.root / "data"), {path: "a: b"}, None, TODAY.isoformat())
