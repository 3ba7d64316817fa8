"""What somebody wants to be taken as an example, and what keeps it from being one. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desk.catalogue import Catalogue
from desk.content.bodies import body
from desk.content.listings import TOPICS
from desk.intake import edited, known
from desk.intake.targets import Target
from desk.intake.turns import Turn
from editing.trees import Tree

MOST = 20
"""So many sentences are taken at once."""
SHOWN = 80
"""So many letters of a sentence are shown with what is wrong with it."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be taken.

    Attributes:
        sentences: the examples.
        target: what they are examples of.
        change: the change request they go into; None for a new one.
        title: of a new one.
        sure: whether examples much like others are taken all the same.
    """

    sentences: Sequence[str]
    target: Target
    change: int | None = None
    title: str = ""
    sure: bool = False


class NotSo(Exception):
    """The sentences cannot be taken so; `problems` say what to mend."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


class AreYouSure(Exception):
    """The sentences are much like other examples; `near` says which."""

    def __init__(self, near: Sequence[str]) -> None:
        super().__init__(" ".join(near))
        self.near = near


def split(typed: str) -> list[str]:
    """The sentences that were typed, one a line, each once."""
    lines = (" ".join(line.split()) for line in typed.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def judge(turns: Sequence[Turn], wish: Wish) -> None:
    """Refuse what is somebody's words.

    Raises:
        NotSo: that is so of one of the sentences, or there is none.
    """
    if not wish.sentences:
        raise NotSo(["Write at least one sentence."])
    if len(wish.sentences) > MOST:
        raise NotSo([f"Please take at most {MOST} sentences at once."])
    originals = [turn.original for turn in turns]
    problems = [
        f"{quoted(sentence)}: {said}"
        for sentence in wish.sentences
        if (said := edited.wrong(sentence, originals))
    ]
    if problems:
        raise NotSo(problems)


def compare(tree: Tree, wish: Wish) -> None:
    """Refuse what is an example already.

    Raises:
        NotSo: one of the sentences is.
    """
    there = known.standing(tree, wish.target, wish.sentences)
    if there:
        raise NotSo(
            [
                f"{quoted(sentence)} is an example of “{title}” already. Leave it out."
                for sentence, title in there.items()
            ]
        )


def quoted(text: str) -> str:
    """A sentence in quotes, cut where it is long."""
    return f"“{text if len(text) <= SHOWN else text[:SHOWN] + '…'}”"


def with_new_topics(catalogue: Catalogue, tree: Tree, paths: Iterable[str]) -> Catalogue:
    """The titles of what there is, and of the topics that a change request adds.

    Args:
        catalogue: what is served.
        tree: the content as the change request has it.
        paths: the files that it changes.
    """
    bodies = [body(tree.read(path) or "") for path in paths if path.startswith(TOPICS)]
    new = {one["id"]: str(one.get("title") or one["id"]) for one in bodies if "id" in one}
    return replace(catalogue, topics={**catalogue.topics, **new})
