"""Running git: no shell, nothing of the caller's git around it, every argument looked at."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SECONDS = 120
"""No command takes longer than so; a repository elsewhere may be far away."""

_COMMIT = re.compile(r"[0-9a-f]{40}")
_BRANCH = re.compile(r"main|change/[1-9][0-9]{0,9}")
_KEPT = re.compile(r"[a-z][a-z0-9-]{0,30}/[1-9][0-9]{0,9}")
# What a git that called us, such as one that runs a hook, would have us believe.
_FOREIGN = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_EDITOR",
)
_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.quotePath": "false",
    "core.fsync": "committed",
    "core.autocrlf": "false",
    "commit.gpgSign": "false",
    "protocol.ext.allow": "never",
    "gc.autoDetach": "false",
    # A tree with an entry such as `..` would lead out of the folder that it is laid out in.
    "fetch.fsckObjects": "true",
    "receive.fsckObjects": "true",
}


class GitFailed(RuntimeError):
    """A git command did not do what it was to do; the text is what git says, for the log."""

    def __init__(self, command: str, said: str) -> None:
        super().__init__(f"git {command}: {said.strip()}")
        self.said = said


class Moved(RuntimeError):
    """A branch is not where it was believed to be: somebody was faster."""


@dataclass(frozen=True)
class Git:
    """The git of one repository without a work tree."""

    folder: Path

    def run(
        self, *arguments: str, give: bytes = b"", more: Mapping[str, str] | None = None
    ) -> bytes:
        """What a command writes out.

        Args:
            *arguments: the command and what belongs to it.
            give: what it reads.
            more: further variables of its environment.

        Raises:
            GitFailed: it failed, is not there, or takes too long.
        """
        settings = [part for name, value in _SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = ["git", "--git-dir", str(self.folder), *settings, *arguments]
        try:
            done = subprocess.run(
                command,
                input=give,
                capture_output=True,
                env=environment() | dict(more or {}),
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise GitFailed(arguments[0], f"it took longer than {SECONDS} seconds") from None
        except OSError as error:
            raise GitFailed(arguments[0], f"git cannot be run: {error}") from None
        if done.returncode:
            raise GitFailed(arguments[0], done.stderr.decode("utf-8", "replace"))
        return done.stdout

    def say(self, *arguments: str, more: Mapping[str, str] | None = None) -> str:
        """The line that a command writes out."""
        return self.run(*arguments, more=more).decode("utf-8", "replace").strip()


def environment() -> dict[str, str]:
    """The environment that git is run in."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return kept | {
        "LC_ALL": "C.UTF-8",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
    }


def commit_id(text: str) -> str:
    """A commit's full id.

    Raises:
        ValueError: it is none.
    """
    if not _COMMIT.fullmatch(text):
        raise ValueError("this is no commit's id")
    return text


def branch_ref(branch: str) -> str:
    """The whole name of a branch that the desk works with.

    Raises:
        ValueError: it is neither `main` nor a change request's.
    """
    if not _BRANCH.fullmatch(branch):
        raise ValueError("this is no branch of the desk's")
    return f"refs/heads/{branch}"


def kept_ref(name: str) -> str:
    """The whole name of what keeps a commit from being cleared away, such as `releases/3`.

    Raises:
        ValueError: it is no such name.
    """
    if not _KEPT.fullmatch(name):
        raise ValueError("what keeps a commit is called by a word and a number: releases/3")
    return f"refs/kept/{name}"


def lines(text: bytes) -> Sequence[str]:
    """The parts of what git wrote out with `-z`."""
    return [part for part in text.decode("utf-8", "surrogateescape").split("\0") if part]
