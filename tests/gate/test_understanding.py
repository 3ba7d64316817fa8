"""What is concluded of examples that models judged which did not see them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gate.report import Finding
from gate.understanding.comparing import changes, confusions, fallen, figures, sides
from gate.understanding.crossing import FOLDS, Judged, folds
from gate.understanding.newcomers import Likely, poisoned
from gate.understanding.noise import doubts, thresholds
from gate.understanding.paired import worse_by_chance
from gate.understanding.versions import Versions, renamed, versions

A, B, C = "brace/types", "fes/cost", "thanks"


def one(label: str, text: str, taken_for: str | None = None, p: float = 0.9) -> Judged:
    other = taken_for or label
    rest = round(1 - p, 4)
    likeliest = ((other, p), (label, rest)) if other != label else ((label, p), (C, rest))
    return Judged(label, text, p if other == label else rest, likeliest)


def several(label: str, count: int, taken_for: str | None = None, start: int = 0) -> list[Judged]:
    return [one(label, f"{label} {at}", taken_for) for at in range(start, start + count)]


def titled(label: str) -> str:
    return f"“{label}”"


def placed(label: str) -> tuple[str, int]:
    return f"data/topics/{label}.yml", 5


def stopped(found: Versions) -> list[Finding]:
    return list(fallen(found, titled, placed))


@pytest.mark.parametrize(("lost", "gained", "chance"), [(0, 0, 1.0), (5, 5, 0.623), (10, 0, 0.001)])
def test_the_test_of_mcnemar_is_exact(lost: int, gained: int, chance: float) -> None:
    assert worse_by_chance(lost, gained) == pytest.approx(chance, abs=0.0005)


def test_what_is_understood_as_before_stops_nothing() -> None:
    same = [*several(A, 30), *several(B, 30)]
    assert stopped(versions(same, same)) == []


def test_a_topic_whose_examples_are_taken_for_another_stops_and_names_the_other() -> None:
    before = [*several(A, 40), *several(B, 300)]
    after = [*several(A, 25), *several(A, 15, B, start=25), *several(B, 300)]
    labels = [found for found in stopped(versions(before, after)) if A in found.path]
    assert labels[0].wrong == f"“{A}” is understood 15 times of 40 less"
    assert f"mostly taken for “{B}”" in labels[0].mend
    assert labels[0].key == ("examples",)


def test_as_many_lost_as_won_is_chance() -> None:
    before = [*several(A, 30), *several(A, 30, B, start=30)]
    after = [*several(A, 30, B), *several(A, 30, start=30)]
    assert stopped(versions(before, after)) == []


def test_a_fall_of_the_whole_stops() -> None:
    before = [*several(A, 500), *several(B, 500)]
    after = [*several(A, 10, B), *several(A, 490, start=10), *several(B, 500)]
    assert (
        "10 examples that were understood are no longer"
        in stopped(versions(before, after))[0].wrong
    )


def test_a_new_topic_that_is_hardly_understood_stops() -> None:
    before = several(A, 30)
    after = [*before, *several(B, 10), *several(B, 15, A, start=10)]
    [found] = stopped(versions(before, after))
    assert "of 25 examples of the new" in found.wrong
    assert "only 10 are understood" in found.wrong


def test_a_topic_that_was_renamed_is_the_same_topic() -> None:
    before, after = several(A, 10), [one(B, f"{A} {at}") for at in range(10)]
    assert renamed([(j.label, j.text) for j in before], [(j.label, j.text) for j in after]) == {
        A: B
    }
    found = versions(before, after)
    assert (len(found.common), found.new) == (10, [])


def likely(ones: Sequence[Judged], taken_for: str, p: float = 0.9) -> Likely:
    return {each.text: (taken_for, p) for each in ones}


def test_many_new_examples_that_the_live_model_takes_for_another_topic_stop() -> None:
    before, new = [*several(A, 30), *several(B, 30)], several(A, 8, start=100)
    found = versions(before, [*before, *new])
    [stop] = poisoned(found, likely(new, B), titled, placed)
    assert stop.wrong.startswith(f"8 of 8 new examples of “{A}” are understood as something else")
    assert f"8 of them as “{B}”" in stop.wrong
    assert "Move them" in stop.mend


@pytest.mark.parametrize(("count", "label", "p"), [(8, A, 0.9), (8, B, 0.3), (4, B, 0.9)])
def test_good_unsure_or_few_new_examples_do_not(count: int, label: str, p: float) -> None:
    before, new = [*several(A, 30), *several(B, 30)], several(A, count, start=100)
    found = versions(before, [*before, *new])
    assert list(poisoned(found, likely(new, label, p), titled, placed)) == []


def test_examples_that_were_moved_are_judged_by_what_did_not_see_them() -> None:
    before = [*several(A, 30), *several(B, 30)]
    moved = [one(A, f"{B} {at}") for at in range(30)]
    [stop] = poisoned(versions(before, [*several(A, 30), *moved]), {}, titled, placed)
    assert "30 of 30 new examples" in stop.wrong


def test_confident_learning_finds_the_example_that_stands_wrong() -> None:
    judged = [*several(A, 20), *several(B, 20), one(A, "what does fes cost", B, 0.95)]
    [doubt] = doubts(judged)
    assert (judged[doubt.at].text, doubt.likely) == ("what does fes cost", B)
    assert thresholds(judged)[B] == pytest.approx(0.9)


def test_an_example_nobody_is_sure_of_is_not_suspect() -> None:
    assert doubts([*several(A, 20), *several(B, 20), one(A, "hm", B, 0.6)]) == []


def test_figures_sides_confusions_and_changes_tell_the_same_story() -> None:
    before = [*several(A, 10), *several(B, 10)]
    found = versions(before, [*several(A, 4, B), *several(A, 6, start=4), *several(B, 10)])
    recall = figures(found)["accuracy"][A]
    assert (recall.before, recall.after, recall.of) == (1.0, 0.6, 10)
    assert figures(found)["precision"][B].after == pytest.approx(10 / 14)
    assert [(s.before, s.after, s.right_after) for s in sides(found)] == [(A, B, False)] * 4
    [confusion] = confusions(found)
    assert (confusion.label, confusion.as_, confusion.count, confusion.before) == (A, B, 4, 0)
    [worse] = changes(found, titled, better=False)
    assert worse.said == f"“{A}”: 6 of 10 examples understood, 10 before"
    assert list(changes(found, titled, better=True)) == []


def test_variations_share_a_fold_and_the_live_ones_keep_theirs() -> None:
    live = [(A, f"{word} does a brace help me walk") for word in ("how", "when")]
    live += [(B, f"what is the price of number {at} and of its {at} parts") for at in range(40)]
    more = [*live, (A, "and how does a brace help me walk then")]
    then, now = folds(live), folds(live, more)
    assert {pair: now[pair] for pair in live} == then
    assert now[more[-1]] == now[live[0]]
    assert set(then.values()) <= set(range(FOLDS))
