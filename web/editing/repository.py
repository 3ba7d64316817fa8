"""The desk's own repository of the content, and how it keeps up with the one it comes from."""

import logging
import os
import shutil
import uuid
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from editing.git import Git, GitFailed, Moved
from editing.merges import UPSTREAM, UPSTREAM_CHANGES, MergeResult, Merges
from editing.past import MAIN

FOLDER = "content.git"
TRIES = 5

_ASIDE = "desk/main"
_REFUSED_CHECKED_OUT = ("refusing to update checked out branch", "branch is currently checked out")
_BEHIND = ("non-fast-forward", "fetch first", "[rejected]")

log = logging.getLogger(__name__)


class NoContent(RuntimeError):
    """The repository that the content comes from cannot be read; the text says what to do."""


@dataclass(frozen=True)
class Sent:
    """What became of sending the published content where it comes from.

    Attributes:
        there: whether its branch has it now.
        said: what happened, in words.
    """

    there: bool
    said: str


class Repository(Merges):
    """The content's repository; it is made from the one it comes from when first asked for."""

    def __init__(self, folder: Path, upstream: str, branch: str = MAIN) -> None:
        super().__init__(folder)
        self._upstream = upstream
        self._branch = branch
        self._making = Lock()

    @classmethod
    def open(cls, home: Path, upstream: str, branch: str = MAIN) -> "Repository":
        """The repository in Dorsi's folder. Nothing is done before it is asked for something.

        Args:
            home: Dorsi's folder.
            upstream: the repository that it comes from: a folder or an address.
            branch: the branch of that one that is published.
        """
        return cls(home.absolute() / FOLDER, upstream, branch)

    @cached_property
    def git(self) -> Git:
        """Its git.

        Raises:
            NoContent: it is not there yet, and cannot be made.
        """
        with self._making:
            if not (self._folder / "HEAD").exists():
                self._make()
        return Git(self._folder)

    def fetch(self) -> MergeResult:
        """Take in what others have put into the repository that this one comes from.

        Both may have gone on: then they are put together field by field. Where both changed the
        same field nothing is moved, and the conflicts are told.

        Returns:
            Where `main` is now, and what could not be taken in.

        Raises:
            NoContent: that repository cannot be read.
        """
        self._load(self.git)
        self.take_in_changes()
        for _ in range(TRIES):
            ours, theirs = self.head(), self.upstream_head()
            if self.contains(ours, theirs):
                return MergeResult(ours)
            found = self.merged(ours, theirs)
            if found.commit is None:
                return found
            try:
                self.advance(MAIN, ours, found.commit)
            except Moved:
                continue
            return found
        return MergeResult(self.head(), said="Others are faster just now. Try it again.")

    def upstream_head(self) -> str:
        """Where the branch was in the repository that this one comes from, when last looked at.

        Raises:
            NoContent: it was never looked at.
        """
        found = self._at(UPSTREAM)
        if found is None:
            raise NoContent(_unreadable(self._upstream, "nothing of it is known"))
        return found

    def push(self) -> Sent:
        """Send what is published to the repository that this one comes from."""
        for _ in range(TRIES):
            try:
                self._send(self._branch)
                return Sent(True, "The content's repository has it, too.")
            except GitFailed as error:
                if any(words in error.said for words in _REFUSED_CHECKED_OUT):
                    return self._set_aside()
                if not any(words in error.said for words in _BEHIND):
                    log.warning("content not sent", extra={"error": str(error)})
                    return Sent(False, f"The content's repository did not take it: {error.said}")
            found = self.fetch()
            if found.commit is None:
                return Sent(False, "The content's repository has other changes of the same fields.")
        return Sent(False, "The content's repository changes all the time. Try it again later.")

    def _set_aside(self) -> Sent:
        """Send to a branch of the desk's own: git does not move a branch that is checked out."""
        try:
            self._send(_ASIDE, force="+")
        except GitFailed as error:
            return Sent(False, f"The content's repository did not take it: {error.said}")
        return Sent(
            False,
            f"In {self._upstream} the branch {self._branch} is checked out, and git does not move "
            f"it. What is published is there as {_ASIDE}: run `git merge {_ASIDE}` in it.",
        )

    def _send(self, branch: str, force: str = "") -> None:
        spec = f"{force}refs/heads/{MAIN}:refs/heads/{branch}"
        self.git.run("push", "--quiet", "--", self._address, spec)

    @property
    def _address(self) -> str:
        if self._upstream.startswith("-") or "\0" in self._upstream:
            raise NoContent(_unreadable(self._upstream, "this is no address"))
        return self._upstream

    def _load(self, git: Git) -> None:
        """Get the branches of the repository that this one comes from.

        A checkout of one commit, as a server for tests makes it, has no branch: then it is that.
        """
        changes = f"+refs/heads/change/*:{UPSTREAM_CHANGES}*"
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--update-shallow")
        for branch in (f"refs/heads/{self._branch}", "HEAD"):
            spec = f"+{branch}:{UPSTREAM}"
            try:
                git.run("fetch", *options, "--", self._address, spec, changes)
                return
            except GitFailed as error:
                if "couldn't find remote ref" not in error.said or branch == "HEAD":
                    raise NoContent(_unreadable(self._upstream, error.said)) from None

    def _make(self) -> None:
        """Make the repository beside its place, and put it there at once, whole."""
        made = self._folder.with_name(f".{FOLDER}-{os.getpid()}-{uuid.uuid4().hex[:8]}")
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        git = Git(made)
        try:
            git.run("init", "--quiet", "--bare", f"--initial-branch={MAIN}", str(made))
            for name in ("receive.denyNonFastForwards", "receive.denyDeletes"):
                git.run("config", name, "true")
            self._load(git)
            git.run("update-ref", f"refs/heads/{MAIN}", UPSTREAM)
            made.rename(self._folder)
        except OSError:
            if not (self._folder / "HEAD").exists():
                raise  # or another process made it meanwhile
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _unreadable(upstream: str, said: str) -> str:
    return (
        f"The repository of the content, {upstream}, cannot be read: {said.strip()} "
        "Set DORSI_CONTENT_REPOSITORY to a git repository with the content in it."
    )
