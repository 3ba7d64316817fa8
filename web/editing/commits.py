"""What is kept of a commit beside the files: who made it, when, and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

FORMAT = "%H%x00%an%x00%ae%x00%ct%x00%cn%x00%P%x00%B%x00%x01"
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>]")


@dataclass(frozen=True)
class Author:
    """Who wrote something; for somebody of the desk the address is `<name>@desk`."""

    name: str
    email: str


DESK = Author("Dorsi's desk", "desk@desk")
"""Who puts together what others wrote."""


@dataclass(frozen=True)
class Commit:
    """One step of the content's history."""

    sha: str
    author: str
    email: str
    at: datetime
    message: str
    committer: str = ""
    parents: tuple[str, ...] = ()


def variables(author: Author, when: datetime) -> Mapping[str, str]:
    """What tells git who made a commit, and when."""
    at = f"{int(when.timestamp())} +0000"
    return {
        "GIT_AUTHOR_NAME": _fit(author.name),
        "GIT_AUTHOR_EMAIL": _fit(author.email),
        "GIT_AUTHOR_DATE": at,
        "GIT_COMMITTER_NAME": DESK.name,
        "GIT_COMMITTER_EMAIL": DESK.email,
        "GIT_COMMITTER_DATE": at,
    }


def read(text: str) -> Sequence[Commit]:
    """The commits that `git log` wrote out by `FORMAT`."""
    found = []
    for entry in text.split("\x01"):
        parts = entry.lstrip("\n").split("\0")
        if len(parts) >= 7:
            sha, author, email, at, committer, parents, message = parts[:7]
            when = datetime.fromtimestamp(int(at), UTC)
            followed = tuple(parents.split())
            found.append(Commit(sha, author, email, when, message.strip(), committer, followed))
    return found


def _fit(name: str) -> str:
    """A name as git takes it: it must not be empty, nor hold what ends it."""
    return _UNFIT.sub(" ", name).strip(" .,:;\"'") or "somebody"
