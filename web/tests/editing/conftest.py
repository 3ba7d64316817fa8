"""A repository of content that others work in, and the desk's own that comes from it."""

import os
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from editing.commits import Author
from editing.repository import Repository

TOPIC = "data/topics/brace/types.yml"
OTHER = "data/topics/brace/shoes.yml"
CONTENT = {
    TOPIC: """\
id: brace/types
title: Kinds of brace
scope: Kinds. # not which one
examples:
  - one kind
  - two kinds
  # the third
  - three kinds
answer:
  - There are several kinds.
  - Some are soft.
follow_ups: [brace/shoes]
sources: [a-source]
reviewed: "2026-11-21"
review_due: "2027-11-21"
""",
    OTHER: "id: brace/shoes\ntitle: Shoes\nexamples:\n  - shoes\nanswer:\n  - Wide ones.\n",
    "data/exercises/pictures/warm_up/1.svg": "<svg/>\n",
    "code.py": "print()\n",
}
ANN = Author("Ann", "ann@desk")
WHEN = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass
class Checkout:
    """Somebody's work tree."""

    folder: Path

    def git(self, *arguments: str) -> str:
        """Run git as somebody who has no settings of their own."""
        who = {
            f"GIT_{role}_{what}": "gil"
            for role in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        nothing = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", "-C", str(self.folder), *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **who, **nothing},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, path: str, text: str | None, message: str = "By hand") -> str:
        """Commit a new text of a file, or that it goes."""
        file = self.folder / path
        if text is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", message)
        return self.git("rev-parse", "HEAD")

    def read(self, path: str) -> str:
        """What a file says in the work tree."""
        return (self.folder / path).read_text()


@pytest.fixture
def upstream(tmp_path: Path) -> Checkout:
    """The checkout that the content comes from."""
    checkout = Checkout(tmp_path / "upstream")
    checkout.folder.mkdir()
    checkout.git("init", "--quiet", "--initial-branch=main")
    for path, text in CONTENT.items():
        (checkout.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (checkout.folder / path).write_text(text)
    checkout.git("add", "--all")
    checkout.git("commit", "--quiet", "-m", "All")
    return checkout


@pytest.fixture
def repository(tmp_path: Path, upstream: Checkout) -> Repository:
    """The desk's repository."""
    return Repository.open(tmp_path / "home", str(upstream.folder))
