"""What a change does to understanding: figures, what got better or worse, what stops it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from gate.report import Change, Confusion, Figure, Finding, Side, StepId
from gate.understanding.crossing import Judged
from gate.understanding.paired import worse_by_chance
from gate.understanding.versions import Versions

CHANCE = 0.01
"""How unlikely a fall must be by chance alone to count."""
FALL = 0.003
"""The least fall of the whole, as a share of all examples, that stops."""
COLLAPSE = 0.15
"""The least fall of one label that stops."""
LEAST = 0.5
"""The least share of a new topic's examples that has to be understood."""
TOLD = 3
"""How many examples more or fewer are worth a sentence."""
SENTENCES, SIDES, CONFUSIONS = 8, 300, 60
"""How many of each a report holds at the most."""

Titled = Callable[[str], str]
"""A label as people know it."""
Placed = Callable[[str], tuple[str, int]]
"""Where the examples of a label stand: file and line."""


def fallen(found: Versions, titled: Titled, placed: Placed) -> Iterator[Finding]:
    """What stops a change: the whole or one label is understood clearly worse."""
    lost, gained = _flips(found.common)
    share = (lost - gained) / max(len(found.common), 1)
    if share > FALL and worse_by_chance(lost, gained) < CHANCE:
        yield Finding(
            "data/topics",
            1,
            f"{lost} examples that were understood are no longer, and only {gained} the other "
            "way round: more than chance makes of it",
            "Look at the sentences that changed sides: which new examples draw them away?",
        )
    before = {one.label for one in found.live}
    for label, pairs in sorted(found.by_label.items()):
        lost, gained = _flips(pairs)
        if (lost - gained) / len(pairs) > COLLAPSE and worse_by_chance(lost, gained) < CHANCE:
            wrong = f"{titled(label)} is understood {lost - gained} times of {len(pairs)} less"
            path, line = placed(label)
            mend = f"Its questions are now mostly taken for {_rival(pairs, titled)}: "
            mend += "look what was added there."
            yield Finding(path, line, wrong, mend, key=("examples",))
    for label, ones in sorted(_grouped(found.data).items()):
        right = sum(one.right for one in ones)
        if label not in before and right < LEAST * len(ones):
            path, line = placed(label)
            wrong = (
                f"of {len(ones)} examples of the new {titled(label)} only {right} are understood"
            )
            most = Counter(one.taken_for for one in ones if not one.right).most_common(1)[0][0]
            mend = f"Most others are taken for {titled(most)}: say what sets the two apart, or "
            yield Finding(path, line, wrong, f"{mend}make one topic of them.", key=("examples",))


def figures(found: Versions) -> dict[str, dict[str, Figure]]:
    """Recall by label as ``accuracy``, with the whole as ``overall``; precision by label."""
    recall, precision = {"overall": _share(found.live, found.data)}, {}
    before, after = _grouped(found.live), _grouped(found.data)
    for label in sorted(before.keys() | after.keys()):
        recall[label] = _share(before.get(label, ()), after.get(label, ()))
    given_before, given_after = _given(found.live), _given(found.data)
    for label in sorted(given_before.keys() | given_after.keys()):
        precision[label] = _share(given_before.get(label, ()), given_after.get(label, ()))
    return {"accuracy": recall, "precision": precision}


def changes(found: Versions, titled: Titled, *, better: bool) -> Iterator[Change]:
    """The labels that are understood better, or worse, by some examples at least."""
    for label, pairs in found.by_label.items():
        lost, gained = _flips(pairs)
        more = gained - lost if better else lost - gained
        if more < TOLD:
            continue
        texts = [a.text for b, a in pairs if b.right != a.right and a.right == better]
        right = sum(after.right for _, after in pairs)
        said = f"{titled(label)}: {right} of {len(pairs)} examples understood, "
        said += f"{right + lost - gained} before"
        yield Change(StepId.UNDERSTANDING, said, tuple(texts[:SENTENCES]))


def sides(found: Versions) -> Iterator[Side]:
    """The examples that are understood now and were not, or the other way round."""
    flipped = [(b, a) for b, a in found.common if b.right != a.right]
    for before, after in sorted(flipped, key=lambda pair: pair[1].right)[:SIDES]:
        yield Side(
            after.text, after.label, before.taken_for, after.taken_for, before.right, after.right
        )


def confusions(found: Versions) -> list[Confusion]:
    """Which labels are taken for which; those that became more come first."""
    then = Counter((one.label, one.taken_for) for one in found.live if not one.right)
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in found.data:
        if not one.right:
            texts[one.label, one.taken_for].append(one.text)
    all_ = [
        Confusion(label, other, len(said), then[label, other], tuple(said[:SENTENCES]))
        for (label, other), said in texts.items()
    ]
    all_.sort(key=lambda one: (one.before - one.count, -one.count))
    return all_[:CONFUSIONS]


def _flips(pairs: Sequence[tuple[Judged, Judged]]) -> tuple[int, int]:
    lost = sum(before.right and not after.right for before, after in pairs)
    gained = sum(after.right and not before.right for before, after in pairs)
    return lost, gained


def _rival(pairs: Sequence[tuple[Judged, Judged]], titled: Titled) -> str:
    lost = Counter(after.taken_for for before, after in pairs if before.right and not after.right)
    return titled(lost.most_common(1)[0][0])


def _grouped(ones: Sequence[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in ones:
        found[one.label].append(one)
    return found


def _given(ones: Sequence[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in ones:
        found[one.taken_for].append(one)
    return found


def _share(before: Sequence[Judged], after: Sequence[Judged]) -> Figure:
    def share(ones: Sequence[Judged]) -> float | None:
        return sum(one.right for one in ones) / len(ones) if ones else None

    return Figure(share(before), share(after), len(after), "share")
