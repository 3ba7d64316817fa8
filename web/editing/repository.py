"""The desk's own repository of the content, and how it keeps up with the one it comes from."""

import logging
import os
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from editing.broken import TooLarge
from editing.commits import DESK, Author
from editing.git import Git, GitFailed, Moved
from editing.merging import Conflict, Merged, merge
from editing.store import MAIN, Store
from editing.trees import Tree, changed_paths

FOLDER = "content.git"
TRIES = 5

_UPSTREAM = "refs/upstream/main"
_UPSTREAM_CHANGES = "refs/upstream/change/"
_ASIDE = "desk/main"
_OUTSIDE = (
    "It also changes files that are no content, such as {}. The desk does not put those together: "
    "take them out, or bring the change in by git."
)
_STRANGERS = "The two histories have nothing in common. Somebody who knows git has to look at it."
_REFUSED_CHECKED_OUT = ("refusing to update checked out branch", "branch is currently checked out")
_BEHIND = ("non-fast-forward", "fetch first", "[rejected]")

log = logging.getLogger(__name__)


class NoContent(RuntimeError):
    """The repository that the content comes from cannot be read; the text says what to do."""


@dataclass(frozen=True)
class MergeResult:
    """Two commits put together.

    Attributes:
        commit: the commit that both lead to; None where somebody has to choose first.
        conflicts: what somebody has to choose.
        said: why there is no commit, or what was left out, in words; often empty.
    """

    commit: str | None
    conflicts: Sequence[Conflict] = ()
    said: str = ""


@dataclass(frozen=True)
class Sent:
    """What became of sending the published content where it comes from.

    Attributes:
        there: whether its branch has it now.
        said: what happened, in words.
    """

    there: bool
    said: str


class Repository(Store):
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

    def merged(self, change: str, main: str) -> MergeResult:
        """A change with what is published meanwhile.

        The same two commits always give the same result.

        Args:
            change: the commit of the change.
            main: the commit that it is to go into.
        """
        try:
            return self._merged(change, main)
        except TooLarge as error:
            return MergeResult(None, said=str(error))

    def _merged(self, change: str, main: str) -> MergeResult:
        base = self.merge_base(change, main)
        if base is None:
            return MergeResult(None, said=_STRANGERS)
        before, published, changed = (self.tree(commit) for commit in (base, main, change))
        for tree in (published, changed):
            for path, error in tree.too_large().items():
                if tree.token(path) != before.token(path):
                    raise error
        if foreign := self.foreign(base, change):
            return MergeResult(None, said=_OUTSIDE.format(foreign[0]))
        if base == main:
            return MergeResult(change)
        if base == change:
            return MergeResult(main)
        found = merge(before, published, changed)
        if found.conflicts:
            return MergeResult(None, found.conflicts)
        content = published.changed(found.changes)
        made = self.join(change, main, content, message="Two changes in one")
        return MergeResult(made, said=_left(found))

    def join(
        self, change: str, main: str, content: Tree, author: Author = DESK, message: str = ""
    ) -> str:
        """A commit that two lead to; what is no content is as it was published.

        Only a change that was made of the repository this one comes from may bring other files.

        Args:
            change: the commit of a change, with nothing `foreign` in it.
            main: the commit of what is published.
            content: the content that it is to have.
            author: who put them together.
            message: why.
        """
        base = self.merge_base(change, main) or main
        files, other = (change, main) if self.outside(base, change) else (main, change)
        there = self.tree(files)
        changes = {path: content.read(path) for path in changed_paths(there, content)}
        return self.merge_commit(files, other, changes, author, message)

    def foreign(self, base: str, change: str) -> Sequence[str]:
        """The files that are no content and that only a change has otherwise, since a commit."""
        outside = self.outside(base, change)
        known = self._at(_UPSTREAM)
        if outside and known is not None and not self.outside(known, change):
            return ()
        return outside

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
        self._take_in_changes()
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
        found = self._at(_UPSTREAM)
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

    def _take_in_changes(self) -> None:
        """Take in what others put onto branches of change requests there."""
        listed = self.git.say(
            "for-each-ref", "--format=%(refname) %(objectname)", _UPSTREAM_CHANGES
        )
        for line in listed.splitlines():
            ref, _, theirs = line.partition(" ")
            branch = f"change/{ref.removeprefix(_UPSTREAM_CHANGES)}"
            try:
                ours = self.find(branch)
                if ours is None or self.contains(ours, theirs):
                    continue
                found = self.merged(theirs, ours)
                if found.commit is None:
                    log.warning("a branch cannot be taken in", extra={"branch": branch})
                else:
                    self.advance(branch, ours, found.commit)
            except (ValueError, Moved):
                continue  # no branch of the desk's, or somebody moves it now: the next time

    @property
    def _address(self) -> str:
        if self._upstream.startswith("-") or "\0" in self._upstream:
            raise NoContent(_unreadable(self._upstream, "this is no address"))
        return self._upstream

    def _load(self, git: Git) -> None:
        """Get the branches of the repository that this one comes from.

        A checkout of one commit, as a server for tests makes it, has no branch: then it is that.
        """
        changes = f"+refs/heads/change/*:{_UPSTREAM_CHANGES}*"
        options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--update-shallow")
        for branch in (f"refs/heads/{self._branch}", "HEAD"):
            spec = f"+{branch}:{_UPSTREAM}"
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
            git.run("update-ref", f"refs/heads/{MAIN}", _UPSTREAM)
            made.rename(self._folder)
        except OSError:
            if not (self._folder / "HEAD").exists():
                raise  # or another process made it meanwhile
        finally:
            shutil.rmtree(made, ignore_errors=True)


def _left(found: Merged) -> str:
    return f"Left out: {'; '.join(found.lost)}." if found.lost else ""


def _unreadable(upstream: str, said: str) -> str:
    return (
        f"The repository of the content, {upstream}, cannot be read: {said.strip()} "
        "Set DORSI_CONTENT_REPOSITORY to a git repository with the content in it."
    )
