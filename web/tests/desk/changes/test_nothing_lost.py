"""Two editors and one who works with git change the same topic, and nothing of anybody is lost.

The editors save forms that may be long out of date; whoever works with git pushes to `main` of the
repository that the content comes from. What one of them did is in the end in the change request,
or was told to somebody as a conflict, or was knowingly undone.
"""

import itertools
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.changes import joining
from desk.changes.errors import Stale
from editing.commits import Author
from editing.conflicts import Choice, Conflict
from editing.repository import Repository
from tests.editing.conftest import Checkout
from tests.editing.editors import TOPIC, Ledger, changed, deeds

PATH = "data/topics/brace/types.yml"
EDITORS = (Author("Ann", "ann@desk"), Author("Bob", "bob@desk"))
CHANGE = 1

type Plan = list[tuple[str, int, int]]
steps = st.lists(
    st.one_of(
        st.tuples(st.just("save"), st.integers(0, 1), deeds, st.booleans()),
        st.tuples(st.just("open"), st.integers(0, 1), st.just([]), st.booleans()),
        st.tuples(st.just("push"), st.just(0), deeds, st.booleans()),
        st.tuples(st.just("take in"), st.integers(0, 1), st.just([]), st.booleans()),
    ),
    min_size=3,
    max_size=8,
)


class World:
    """A repository that content comes from, a clone of it, the desk's own, and what is owed."""

    def __init__(self, folder: Path) -> None:
        self.bare = folder / "upstream.git"
        self.clone = Checkout(folder / "clone")
        self.clone.folder.mkdir()
        self.clone.git("init", "--quiet", "--initial-branch=main")
        self.clone.write(PATH, TOPIC)
        self.clone.git("clone", "--quiet", "--bare", ".", str(self.bare))
        self.clone.git("remote", "add", "origin", str(self.bare))
        self.repository = Repository.open(folder / "home", str(self.bare))
        joining.begin(self.repository, CHANGE)
        self.ledger = Ledger()
        self.forms = [self.head, self.head]

    @property
    def head(self) -> str:
        """Where the change request is."""
        return joining.head_of(self.repository, CHANGE)

    def text(self, commit: str) -> str:
        """The topic at a commit."""
        return self.repository.tree(commit).read(PATH) or ""

    def save(self, editor: int, plan: Plan, choice: bool) -> None:
        """An editor sends the form that they opened some time ago, and opens it anew."""
        base = self.forms[editor]
        text, did = changed(self.text(base), plan, EDITORS[editor].name)
        self.ledger.enter(did)
        edits = {PATH: text}
        try:
            joining.save(self.repository, CHANGE, base, edits, EDITORS[editor], "Words")
        except Stale as stale:
            self.choose(stale.conflicts, stale.typed, choice, editor)
        self.forms[editor] = self.head

    def push(self, plan: Plan) -> None:
        """Somebody who works with git commits to what is newest in main, and pushes it."""
        self.clone.git("fetch", "--quiet", "origin")
        self.clone.git("reset", "--quiet", "--hard", "origin/main")
        text, did = changed(self.clone.read(PATH), plan, "gil")
        if text != self.clone.read(PATH):
            self.ledger.enter(did)
            self.clone.write(PATH, text)
            self.clone.git("push", "--quiet", "origin", "main")

    def take_in(self, editor: int, choice: bool) -> None:
        """An editor takes in what was published, and chooses where that is asked."""
        assert self.repository.fetch().commit
        result = joining.take_in(self.repository, f"change/{CHANGE}")
        if result.commit is None:
            assert result.conflicts
            self.choose(result.conflicts, self.repository.head(), choice, editor)

    def choose(self, conflicts: Sequence[Conflict], other: str, theirs: bool, editor: int) -> None:
        """An editor is told of conflicts, and takes one side of all of them."""
        for conflict in conflicts:
            self.ledger.told(conflict.key)
        choices = {(one.path, one.key): Choice(theirs=theirs) for one in conflicts}
        joining.settle(self.repository, CHANGE, self.head, other, choices, EDITORS[editor])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=steps)
def test_two_editors_and_one_git_user_lose_nothing(
    plan: list[tuple[str, int, Plan, bool]],
) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        world = World(folder)
        for what, who, deeds_, choice in itertools.chain(plan, [("take in", 0, [], True)]):
            if what == "save":
                world.save(who, deeds_, choice)
            elif what == "open":
                world.forms[who] = world.head
            elif what == "push":
                world.push(deeds_)
            else:
                world.take_in(who, choice)
        assert world.ledger.missing(world.text(world.head)) == []
        assert world.repository.contains(world.head, world.repository.head())
        (clone_head,) = world.clone.git("rev-parse", "HEAD").split()
        assert world.repository.contains(world.head, clone_head)
    finally:
        shutil.rmtree(folder)
