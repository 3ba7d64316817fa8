"""The content's history in git, written: commits and branches, without any work tree.

Every branch moves by compare-and-swap, so that of two who were there first one is told `Moved`
and nobody overwrites anything, be they threads, processes or people with a git of their own.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from editing import commits
from editing.commits import DESK, Author
from editing.git import GitFailed, Moved, branch_ref, commit_id, kept_ref
from editing.kinds import is_content
from editing.past import Past
from editing.stored import INSIDE

NOTHING = "0" * 40


class Store(Past):
    """A repository in a folder that is written to."""

    def commit(
        self,
        branch: str,
        parent: str,
        changes: Mapping[str, str | None],
        author: Author,
        message: str,
        when: datetime,
    ) -> str:
        """Add a commit to a branch.

        Args:
            branch: the branch.
            parent: where it is believed to be.
            changes: new texts of files by their paths; None for one that goes.
            author: who wrote them.
            message: why.
            when: now.

        Returns:
            The commit, or `parent` where the changes change nothing.

        Raises:
            Moved: the branch is elsewhere.
            ValueError: a path is none that may be written.
        """
        made = self.record(parent, changes, author, message, when)
        if made != parent:
            self.advance(branch, parent, made)
        elif self.head(branch) != parent:
            raise Moved(branch)
        return made

    def record(
        self,
        parent: str,
        changes: Mapping[str, str | None],
        author: Author,
        message: str,
        when: datetime,
    ) -> str:
        """Make a commit that no branch is moved to; the arguments are those of `commit`.

        Returns:
            The commit, or `parent` where the changes change nothing.

        Raises:
            ValueError: a path is none that may be written.
        """
        for path in changes:
            if not is_content(path):
                raise ValueError("only YAML files under data/ can be written")
        tree = self._write(parent, changes)
        if tree == self.git.say("rev-parse", f"{commit_id(parent)}^{{tree}}"):
            return parent
        return self._record(tree, [parent], author, message, when)

    def merge_commit(
        self,
        ours: str,
        theirs: str,
        changes: Mapping[str, str | None],
        author: Author = DESK,
        message: str = "",
    ) -> str:
        """A commit that two others lead to; no branch is moved.

        The same commits and changes give the same commit, whoever asks and whenever: its date is
        the later one of the two.

        Args:
            ours: the commit whose files it has, but for the changes.
            theirs: the other.
            changes: new texts by their paths; None for a file that goes.
            author: who put them together.
            message: why.
        """
        dates = [
            int(self.git.say("show", "-s", "--format=%ct", commit_id(c))) for c in (ours, theirs)
        ]
        tree = self._write(ours, changes)
        when = datetime.fromtimestamp(max(dates), UTC)
        return self._record(tree, [ours, theirs], author, message or "Merged", when)

    def advance(self, branch: str, old: str, new: str) -> None:
        """Move a branch from one commit to another.

        Raises:
            Moved: it is not at the one.
        """
        self._move(branch_ref(branch), commit_id(old), commit_id(new))

    def create(self, branch: str, at: str) -> None:
        """Make a branch.

        Raises:
            Moved: there is one of that name.
        """
        self._move(branch_ref(branch), NOTHING, commit_id(at))

    def delete(self, branch: str) -> None:
        """Take a branch away, if it is there; what was on it goes with it unless it is kept."""
        if (at := self.find(branch)) is not None:
            self.git.run("update-ref", "-d", branch_ref(branch), at)

    def keep(self, name: str, commit: str) -> None:
        """Keep a commit from being cleared away.

        Args:
            name: what keeps it, a word and a number such as `releases/3`.
            commit: the commit.
        """
        self.git.run("update-ref", kept_ref(name), commit_id(commit))

    def is_kept(self, name: str, commit: str) -> bool:
        """Whether that name keeps that commit."""
        return self._at(kept_ref(name)) == commit

    def let_go(self, name: str) -> None:
        """Keep a commit no longer under that name, if it is kept."""
        self.git.run("update-ref", "-d", kept_ref(name))

    def _move(self, ref: str, old: str, new: str) -> None:
        try:
            self.git.run("update-ref", ref, new, old)
        except GitFailed:
            if (self._at(ref) or NOTHING) != old:
                raise Moved(ref) from None
            raise

    def _write(self, commit: str, changes: Mapping[str, str | None]) -> str:
        """The tree of a commit with some files changed."""
        with tempfile.TemporaryDirectory(prefix="dorsi-git-") as folder:
            texts = {path: text for path, text in changes.items() if text is not None}
            files = []
            for number, (path, text) in enumerate(texts.items()):
                if not INSIDE.fullmatch(path):
                    raise ValueError("only files under data/ can be written")
                files.append(os.path.join(folder, str(number)))
                Path(files[-1]).write_bytes(text.encode("utf-8", "surrogateescape"))
            given = "".join(f"{file}\n" for file in files).encode()
            blobs = self.git.run("hash-object", "-w", "--no-filters", "--stdin-paths", give=given)
            rows = [
                f"100644 {blob}\t{path}"
                for blob, path in zip(blobs.decode().split(), texts, strict=True)
            ]
            rows += [f"0 {NOTHING}\t{path}" for path, text in changes.items() if text is None]
            index = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
            self.git.run("read-tree", commit_id(commit), more=index)
            entries = "".join(f"{row}\0" for row in rows).encode("utf-8", "surrogateescape")
            self.git.run("update-index", "-z", "--index-info", give=entries, more=index)
            return self.git.say("write-tree", more=index)

    def _record(
        self, tree: str, parents: Sequence[str], author: Author, message: str, when: datetime
    ) -> str:
        from_ = [part for parent in parents for part in ("-p", commit_id(parent))]
        give = (message.replace("\0", "").strip() or "Changed").encode("utf-8", "replace") + b"\n"
        made = self.git.run(
            "commit-tree", tree, *from_, "-F", "-", give=give, more=commits.variables(author, when)
        )
        return made.decode("ascii").strip()
