"""A file too large to be read is named with what to do, and taken in from nobody."""

from typing import Any

import pytest

from editing.broken import LARGEST, TooLarge
from editing.differing import differences
from editing.git import Git
from editing.repository import Repository
from tests.editing.conftest import ANN, CONTENT, OTHER, TOPIC, WHEN, Checkout

BIG = "data/conversation/big.yml"
LARGE = "a: " + "b" * LARGEST
TITLE = CONTENT[TOPIC].replace("Kinds of brace", "Sorts of brace")
TOLD = f"{BIG} has 1.0 MB"


def save(repository: Repository, path: str, text: str | None) -> str:
    head = repository.head()
    return repository.commit("main", head, {path: text}, ANN, "Why", WHEN)


@pytest.fixture
def with_large(repository: Repository, upstream: Checkout) -> Repository:
    """A repository that had such a file from its first day."""
    upstream.write(BIG, LARGE)
    assert repository.head() == upstream.git("rev-parse", "HEAD")
    return repository


def test_it_is_told_with_its_path_and_a_mend_when_it_is_asked_for(with_large: Repository) -> None:
    tree = with_large.tree(with_large.head())
    with pytest.raises(TooLarge, match=TOLD) as told:
        tree.read(BIG)
    assert "Split it, or take it out, by git." in str(told.value)
    assert str(tree.too_large()[BIG]) == str(told.value)


def test_a_file_of_just_the_most_is_read(repository: Repository, upstream: Checkout) -> None:
    upstream.write(BIG, LARGE[:LARGEST])
    assert repository.tree(repository.head()).read(BIG) == LARGE[:LARGEST]


def test_reading_all_others_leaves_it_where_it_is(
    with_large: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, read = Git.run, []

    def watched(git: Git, *arguments: str, **more: Any) -> bytes:
        read.append(run(git, *arguments, **more))
        return read[-1]

    monkeypatch.setattr(Git, "run", watched)
    tree = with_large.tree(with_large.head())
    texts = {path: tree.read(path) for path in tree.paths() if path != BIG}
    assert texts[TOPIC] == CONTENT[TOPIC] and texts[OTHER] == CONTENT[OTHER]
    assert max(map(len, read)) < LARGEST


def test_one_that_somebody_brings_is_not_taken_in(
    repository: Repository, upstream: Checkout
) -> None:
    before = repository.head()
    upstream.write(BIG, LARGE)
    found = repository.fetch()
    assert found.commit is None and TOLD in found.said
    assert repository.head() == before


def test_one_that_is_gone_again_is_no_matter(repository: Repository, upstream: Checkout) -> None:
    repository.head()
    upstream.write(BIG, LARGE)
    gone = upstream.write(BIG, "a: b\n")
    assert repository.fetch().commit == gone == repository.head()


def test_where_there_is_one_all_else_can_be_changed_and_put_together(
    with_large: Repository, upstream: Checkout
) -> None:
    save(with_large, TOPIC, TITLE)
    upstream.write(OTHER, CONTENT[OTHER].replace("Wide", "Soft"))
    made = with_large.fetch().commit
    assert made == with_large.head()
    tree = with_large.tree(made)
    assert "Sorts of brace" in (tree.read(TOPIC) or "") and "Soft" in (tree.read(OTHER) or "")
    assert BIG in tree.too_large()


def test_taking_it_out_is_taken_in(with_large: Repository, upstream: Checkout) -> None:
    save(with_large, TOPIC, TITLE)
    upstream.write(BIG, None)
    made = with_large.fetch().commit
    assert made is not None and with_large.tree(made).too_large() == {}


def test_what_both_changed_of_it_is_not_put_together(
    with_large: Repository, upstream: Checkout
) -> None:
    save(with_large, BIG, "a: b\n")
    upstream.write(BIG, "a: c\n")
    found = with_large.fetch()
    assert found.commit is None and TOLD in found.said


def test_a_change_of_it_is_told_in_words(with_large: Repository) -> None:
    before = with_large.head()
    after = save(with_large, BIG, "a: b\n")
    (told,) = differences(with_large.tree(before), with_large.tree(after), [BIG])
    assert (told.label, told.before) == ("The whole file", None)
    assert TOLD in told.said
