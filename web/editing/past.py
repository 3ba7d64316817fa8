"""The content's history in git, read: trees, branches and commits, without any work tree."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from editing import commits
from editing.commits import FORMAT, Commit
from editing.git import Git, GitFailed, branch_ref, commit_id, lines
from editing.kinds import CONTENT
from editing.stored import INSIDE, Blobs, StoredTree

MAIN = "main"
TREES = 64


class Past:
    """A repository in a folder, as it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trees: OrderedDict[str, StoredTree] = OrderedDict()
        self._lock = Lock()

    @cached_property
    def git(self) -> Git:
        """Its git."""
        return Git(self._folder)

    @cached_property
    def _blobs(self) -> Blobs:
        return Blobs(self.git)

    def head(self, branch: str = MAIN) -> str:
        """The commit that a branch is at.

        Raises:
            KeyError: there is no such branch.
        """
        found = self.find(branch)
        if found is None:
            raise KeyError(branch)
        return found

    def find(self, branch: str) -> str | None:
        """The commit that a branch is at; None if there is no such branch."""
        return self._at(branch_ref(branch))

    def tree(self, commit: str) -> StoredTree:
        """The content at a commit."""
        with self._lock:
            if commit_id(commit) not in self._trees:
                self._trees[commit] = StoredTree(self.git, self._blobs, commit)
                while len(self._trees) > TREES:
                    self._trees.popitem(last=False)
            self._trees.move_to_end(commit)
            return self._trees[commit]

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest commit that both come from; None if they share nothing."""
        try:
            found = self.git.say("merge-base", commit_id(one), commit_id(other))
        except GitFailed:
            return None
        return found.splitlines()[0] if found else None

    def contains(self, commit: str, earlier: str) -> bool:
        """Whether a commit comes from an earlier one, or is it."""
        return self.merge_base(commit, earlier) == earlier

    def history(self, path: str, commit: str, limit: int = 50) -> Sequence[Commit]:
        """The commits that changed a file, the newest first."""
        return self._log(f"-n{int(limit)}", commit_id(commit), "--", path)

    def log(self, commit: str, but: Sequence[str] = (), limit: int = 1000) -> Sequence[Commit]:
        """The commits that lead to one and to none of some others, the newest first."""
        left = [f"^{commit_id(other)}" for other in but]
        return self._log(f"-n{int(limit)}", commit_id(commit), *left, "--")

    def diff_paths(self, one: str, other: str) -> Sequence[str]:
        """The paths of content that differs between two commits."""
        return [path for path in self._differing(one, other) if INSIDE.fullmatch(path)]

    def outside(self, one: str, other: str) -> Sequence[str]:
        """The paths that differ and are no content: nothing that the desk puts together."""
        return [path for path in self._differing(one, other) if not path.startswith(CONTENT)]

    def _differing(self, one: str, other: str) -> Sequence[str]:
        options = ("-r", "-z", "--name-only", "--no-renames")
        return lines(self.git.run("diff-tree", *options, commit_id(one), commit_id(other)))

    def _log(self, *options: str) -> Sequence[Commit]:
        written = self.git.run("log", f"--format={FORMAT}", *options)
        return commits.read(written.decode("utf-8", "replace"))

    def _at(self, ref: str) -> str | None:
        try:
            return self.git.say("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}")
        except GitFailed as error:
            if error.said.strip():
                raise
            return None
