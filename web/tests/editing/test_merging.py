"""Two changes of the same content come together, and nobody's work is lost."""

from collections.abc import Mapping, Sequence

import yaml
from hypothesis import given
from hypothesis import strategies as st

from editing import lists
from editing.documents import Document
from editing.merging import Choice, Merged, merge, resolved
from editing.trees import Tree

TOPIC = """\
# who wrote this knew why
id: brace/types
title: Kinds of brace
scope: The kinds there are.
examples:
  - what braces are there
  - kinds of afo
answer:
  - There are three kinds.
  - Ask an orthotist.
follow_ups: [brace/choosing, brace/how_to_get]
sources: [one]
reviewed: "2026-11-21"
review_due: "2027-11-21"
"""
PATH = "data/topics/brace/types.yml"


class State(Tree):
    """Files in memory."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = dict(files)

    def paths(self, under: str = "") -> Sequence[str]:
        return [path for path in self.files if path.startswith(under)]

    def read(self, path: str) -> str | None:
        return self.files.get(path)

    def with_(self, changes: Mapping[str, str | None]) -> "State":
        files = {**self.files, **changes}
        return State({path: text for path, text in files.items() if text is not None})


def topic(*changes: tuple[str, str]) -> State:
    text = TOPIC
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return State({PATH: text})


def merged(ours: State, theirs: State) -> tuple[str, Merged]:
    found = merge(topic(), ours, theirs)
    return ours.with_(found.changes).read(PATH) or "", found


def test_what_one_side_alone_changed_is_taken() -> None:
    theirs = topic(("Kinds of brace", "Types of brace"))
    text, found = merged(topic(), theirs)
    assert text == theirs.read(PATH)
    assert not found.conflicts


def test_different_fields_of_one_topic_come_together() -> None:
    ours = topic(("There are three kinds.", "There are four kinds."))
    theirs = topic(("Kinds of brace", "Types of brace"), ("[one]", "[one, two]"))
    text, found = merged(ours, theirs)
    assert not found.conflicts
    assert text == topic(
        ("There are three kinds.", "There are four kinds."),
        ("Kinds of brace", "Types of brace"),
        ("[one]", "[one, two]"),
    ).read(PATH)


def test_examples_of_both_are_there_and_what_either_took_out_is_gone() -> None:
    ours = topic(("  - kinds of afo\n", "  - kinds of afo\n  - mine\n"))
    theirs = topic(("  - kinds of afo\n", "  - theirs\n"))
    text, found = merged(ours, theirs)
    assert not found.conflicts
    assert yaml.safe_load(text)["examples"] == ["what braces are there", "theirs", "mine"]


def test_paragraphs_are_put_together_one_by_one() -> None:
    ours = topic(("There are three kinds.", "There are four kinds."))
    theirs = topic(("Ask an orthotist.", "Ask your nurse."))
    text, _ = merged(ours, theirs)
    assert yaml.safe_load(text)["answer"] == ["There are four kinds.", "Ask your nurse."]


def test_the_same_field_changed_in_two_ways_is_asked_about_with_both_values() -> None:
    ours = topic(("Kinds of brace", "Sorts of brace"))
    theirs = topic(("Kinds of brace", "Types of brace"), ("[one]", "[two]"))
    text, found = merged(ours, theirs)
    (conflict,) = found.conflicts
    assert (conflict.path, conflict.key, conflict.label) == (PATH, ("title",), "Title")
    assert (conflict.base, conflict.ours, conflict.theirs) == (
        "Kinds of brace",
        "Sorts of brace",
        "Types of brace",
    )
    # Until somebody decides, ours stands there; all else of theirs is taken.
    assert yaml.safe_load(text)["title"] == "Sorts of brace"
    assert yaml.safe_load(text)["sources"] == ["two"]


def test_a_conflict_is_settled_with_either_or_with_something_else() -> None:
    ours = topic(("Kinds of brace", "Sorts of brace"))
    theirs = topic(("Kinds of brace", "Types of brace"))
    found = merge(topic(), ours, theirs)
    place = (PATH, ("title",))
    for choice, title in (
        (Choice(), "Sorts of brace"),
        (Choice(theirs=True), "Types of brace"),
        (Choice(own="All braces"), "All braces"),
    ):
        settled = resolved(ours, found, {place: choice})
        assert not settled.conflicts
        text = ours.with_(settled.changes).read(PATH) or ""
        assert yaml.safe_load(text)["title"] == title


def test_a_conflict_nobody_settled_stays_one() -> None:
    ours = topic(("Kinds of brace", "Sorts of brace"))
    found = merge(topic(), ours, topic(("Kinds of brace", "Types of brace")))
    assert resolved(ours, found, {}).conflicts == found.conflicts


def test_follow_ups_in_another_order_and_one_more_is_for_somebody_to_decide() -> None:
    ours = topic(("brace/how_to_get]", "brace/how_to_get, brace/skin_care]"))
    theirs = topic(("[brace/choosing, brace/how_to_get]", "[brace/how_to_get, brace/choosing]"))
    _, found = merged(ours, theirs)
    assert [conflict.key for conflict in found.conflicts] == [("follow_ups",)]


def test_a_topic_taken_away_here_and_changed_there_is_a_conflict_whose_text_is_kept() -> None:
    theirs = topic(("Kinds of brace", "Types of brace"))
    found = merge(topic(), State({}), theirs)
    (conflict,) = found.conflicts
    assert conflict.theirs == theirs.read(PATH)
    assert found.changes == {}


def test_two_new_files_under_one_name_are_put_together_field_by_field() -> None:
    ours, theirs = topic(), topic(("Kinds of brace", "Types of brace"))
    found = merge(State({}), ours, theirs)
    assert [conflict.key for conflict in found.conflicts] == [("title",)]


def test_a_file_that_cannot_be_read_is_decided_on_as_a_whole() -> None:
    ours = topic(("Kinds of brace", "Sorts of brace"))
    theirs = State({PATH: "title: 'open\n"})
    (conflict,) = merge(topic(), ours, theirs).conflicts
    assert conflict.key == ()
    assert conflict.theirs == "title: 'open\n"


def test_remarks_of_both_stay() -> None:
    ours = topic(("[one]", "[one, two]"))
    theirs = topic(("scope:", "# this was asked for\nscope:"), ("three", "four"))
    text, found = merged(ours, theirs)
    assert "# who wrote this knew why" in text
    assert "# this was asked for" in text
    assert not found.lost


def test_a_remark_that_found_no_place_is_told_of() -> None:
    ours = topic(("scope: The kinds there are.", "scope: All kinds."))
    theirs = topic(("scope: The kinds there are.", "# asked for\nscope: The kinds there are."))
    text, found = merged(ours, theirs)
    assert "# asked for" in text and "scope: All kinds." in text
    assert all("# asked for" in said for said in found.lost)


words = st.text("abcde", min_size=1, max_size=2)
items = st.lists(words, max_size=6, unique=True)


@given(items, items, items)
def test_a_list_loses_nothing_that_either_added(
    base: list[str], ours: list[str], theirs: list[str]
) -> None:
    result = lists.merge(base, ours, theirs)
    assert set(result) >= (set(ours) | set(theirs)) - set(base)
    assert not set(result) & (set(base) - (set(ours) & set(theirs)))
    assert len(result) == len(set(result))
    assert [item for item in result if item in ours] == [i for i in ours if i in result]


FIELDS = ("title", "scope", "see_someone")
edits = st.fixed_dictionaries(
    {},
    optional={
        **{name: words for name in FIELDS},
        "examples": items.filter(bool),
        "answer": st.lists(words, min_size=1, max_size=3),
        "sources": items,
    },
)


def edited(changes: Mapping[str, object]) -> State:
    document = Document.parse(TOPIC)
    for name, value in changes.items():
        document.set((name,), value)  # type: ignore[arg-type]
    return State({PATH: document.text()})


@given(edits, edits)
def test_each_field_is_as_one_of_the_two_left_it_or_it_is_asked_about(
    mine: dict[str, object], other: dict[str, object]
) -> None:
    ours, theirs = edited(mine), edited(other)
    found = merge(topic(), ours, theirs)
    result = yaml.safe_load(ours.with_(found.changes).read(PATH) or "")
    before = yaml.safe_load(TOPIC)
    a, b = (yaml.safe_load(side.read(PATH) or "") for side in (ours, theirs))
    asked = {conflict.key[0] for conflict in found.conflicts}
    for name in {*a, *b}:
        was, left, right, now = (side.get(name) for side in (before, a, b, result))
        if left in (was, right) or right == was:
            assert now == (right if left == was else left) or name in asked
        elif name in ("examples", "sources") and name not in asked:
            assert set(now) >= (set(left) | set(right)) - set(was or ())
        elif name not in asked:
            for place, text in enumerate(now):
                assert text in (left[place], right[place])
