"""Two commits put together: one that both lead to, or what somebody has to choose first."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from editing.broken import TooLarge
from editing.commits import DESK, Author
from editing.git import Moved
from editing.merging import Conflict, Merged, merge
from editing.store import Store
from editing.trees import Tree, changed_paths

UPSTREAM = "refs/upstream/main"
"""Where the repository that the content comes from was, when last looked at."""
UPSTREAM_CHANGES = "refs/upstream/change/"
"""Where its branches of change requests were then."""

_OUTSIDE = (
    "It also changes files that are no content, such as {}. The desk does not put those together: "
    "take them out, or bring the change in by git."
)
_STRANGERS = "The two histories have nothing in common. Somebody who knows git has to look at it."

log = logging.getLogger(__name__)


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


class Merges(Store):
    """A repository whose commits can be put together."""

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
        known = self._at(UPSTREAM)
        if outside and known is not None and not self.outside(known, change):
            return ()
        return outside

    def take_in_changes(self) -> None:
        """Take in what others put onto branches of change requests, as they were last looked at."""
        listed = self.git.say("for-each-ref", "--format=%(refname) %(objectname)", UPSTREAM_CHANGES)
        for line in listed.splitlines():
            ref, _, theirs = line.partition(" ")
            branch = f"change/{ref.removeprefix(UPSTREAM_CHANGES)}"
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


def _left(found: Merged) -> str:
    return f"Left out: {'; '.join(found.lost)}." if found.lost else ""
