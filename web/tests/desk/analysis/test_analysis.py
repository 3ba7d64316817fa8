"""What the analysis makes of the content, of what was measured, and of what happened."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.analysis import content, facts, lengths, overview, stale, unused
from desk.analysis.content import Content, Topic
from desk.analysis.counting import Counts, Since, Thumbs
from desk.analysis.report import read
from desk.settings import REPOSITORY
from tests.desk.analysis.conftest import FIGURES

NOW = datetime(2026, 5, 10, tzinfo=UTC)


def topic(id: str, **more: Any) -> Topic:
    values: dict[str, Any] = {
        "title": id.title(),
        "path": f"data/topics/{id}.yml",
        "examples": 30,
        "answer": ["It is so.", "Ask them."],
        "facts": (),
        "sources": (),
    }
    return Topic(id, **{**values, **more})


def of(*topics: Topic, **more: Any) -> Content:
    return Content({one.id: one for one in topics}, **more)


def test_what_a_release_measured_is_read() -> None:
    found = read(FIGURES)
    assert found and found.overall
    assert (found.overall.value, found.overall.of) == (0.81, 16170)
    assert {id: share.value for id, share in found.recall.items()} == {
        "brace/types": 0.8,
        "brace/shoes": 0.4,
    }
    assert found.precision["brace/types"].value == 0.95
    assert [(one.label, one.taken_for, one.count) for one in found.confusion] == [
        ("brace/types", "brace/choosing", 6),
        ("brace/shoes", "brace/types", 3),
    ]
    assert [one.text for one in found.sides] == ["what else do they come in"]
    assert found.suspect[0].likely == "brace/choosing"


@pytest.mark.parametrize("nothing", [None, {}, [], "x", {"figures": None}, {"confusion": []}])
def test_a_release_without_figures_measured_nothing(nothing: Any) -> None:
    assert read(nothing) is None


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["label", "as", "count", "text", "accuracy", "overall", "after", "of"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.fixed_dictionaries({name: values for name in ("figures", "confusion", "sides", "suspect")})
)
def test_odd_figures_are_left_out_and_stop_nothing(odd: dict[str, Any]) -> None:
    found = read(odd)
    if found:
        assert all(0 <= share.value <= 1 for share in found.recall.values())


def test_the_weakest_topic_comes_first() -> None:
    known = of(topic("brace/types"), topic("brace/shoes"), topic("fes/cost"))
    counts = Counts(
        conversations={"fes/cost": 9},
        turns={"fes/cost": 10},
        thumbs={"fes/cost": Thumbs(20, 18)},
        asked_back={"fes/cost": 10},
    )
    rows = overview.rows(known, counts, read(FIGURES))
    assert [row.id for row in rows] == ["fes/cost", "brace/shoes", "brace/types"]
    worst = rows[0]
    assert (worst.asked, worst.disliked, worst.clarified) == (9, 0.9, 0.5)
    assert (worst.recall, worst.precision) == (None, None)


def test_one_thumb_of_one_weighs_little() -> None:
    known = of(topic("a/b"), topic("brace/shoes"))
    rows = overview.rows(known, Counts(thumbs={"a/b": Thumbs(1, 1)}), read(FIGURES))
    assert [row.id for row in rows] == ["brace/shoes", "a/b"]
    assert rows[1].disliked == 1.0


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("title", "a/b"),
        ("examples", "c/d"),
        ("asked", "e/f"),
        ("recall", "brace/shoes"),
        ("precision", "brace/types"),
        ("disliked", "e/f"),
        ("clarified", "a/b"),
        ("left", "c/d"),
        ("nonsense", "brace/shoes"),
    ],
)
def test_topics_are_sorted_by_each_column(sort: str, first: str) -> None:
    known = of(
        topic("a/b"), topic("c/d", examples=3), topic("e/f"), topic("brace/types"),
        topic("brace/shoes"),
    )  # fmt: skip
    counts = Counts(
        conversations={"e/f": 4, "c/d": 2},
        turns={"a/b": 1, "e/f": 5},
        thumbs={"e/f": Thumbs(2, 1)},
        asked_back={"a/b": 1},
        left={"c/d": 2},
    )
    assert overview.rows(known, counts, read(FIGURES), sort)[0].id == first


def test_a_fact_is_reached_by_the_examples_of_the_topics_that_state_it() -> None:
    known = of(
        topic("brace/types", facts=["F1"]),
        topic("brace/shoes", facts=["F1", "F2"]),
        facts={"F1": "One", "F2": "Two", "F3": "Three"},
    )
    counts = Counts(conversations={"brace/types": 5, "brace/shoes": 2})
    found = facts.facts(known, counts, read(FIGURES))
    assert [fact.id for fact in found] == ["F3", "F2", "F1"]
    assert [fact.reached for fact in found] == [
        None,
        pytest.approx(0.4),
        pytest.approx((0.8 * 60 + 0.4 * 30) / 90),
    ]
    assert [one.asked for one in found[2].topics] == [5, 2]


def test_without_figures_nothing_is_said_to_be_reached() -> None:
    known = of(topic("brace/types", facts=["F1"]), facts={"F1": "One"})
    assert [fact.reached for fact in facts.facts(known, Counts(), None)] == [None]


def test_topics_nobody_asked_for_come_with_when_they_last_were() -> None:
    known = of(topic("a/b"), topic("c/d"), topic("e/f"))
    topics = unused.unanswered(known, Counts(conversations={"e/f": 1}))
    found = unused.unused(topics, Since(NOW, {"a/b": NOW}))
    assert [(one.topic.id, one.answered) for one in found] == [("c/d", None), ("a/b", NOW)]
    assert len(unused.unused(topics, Since(None, {}))) == 2


def test_a_source_nobody_opened_is_told_with_what_rests_on_it() -> None:
    known = of(
        topic("a/b", sources=["x", "y"]),
        topic("c/d", sources=["y"]),
        unverified={"x": "X", "y": "Y", "z": "Z"},
    )
    found = stale.sources(known)
    assert [(one.id, len(one.topics)) for one in found] == [("y", 2), ("x", 1), ("z", 0)]


def test_disliked_answers_are_told_that_nobody_changed_for_long() -> None:
    known = of(topic("a/b"), topic("c/d"), topic("e/f"), topic("g/h"))
    counts = Counts(
        thumbs={
            "a/b": Thumbs(5, 2), "c/d": Thumbs(1, 1), "e/f": Thumbs(30, 2), "g/h": Thumbs(4, 4),
            "gone/topic": Thumbs(9, 9),
        }
    )  # fmt: skip
    found = stale.disliked(known, counts)
    assert [one.id for one in found] == ["a/b", "g/h"]
    changed = {"data/topics/a/b.yml": NOW - timedelta(days=91), "data/topics/g/h.yml": NOW}
    (old,) = stale.unchanged(found, counts, changed, NOW)
    assert (old.topic.id, old.down, old.rated) == ("a/b", 2, 5)


def test_every_answer_is_counted_in_the_charts_of_its_length() -> None:
    known = of(
        topic("a/b", answer=["one two three"]), topic("c/d", answer=["one " * 45]), topic("e/f")
    )
    found = lengths.lengths(known, {"a/b": 4.2, "c/d": 7.9})
    assert [(one.id, one.words, one.grade) for one in found] == [
        ("c/d", 45, 7.9),
        ("e/f", 5, None),
        ("a/b", 3, 4.2),
    ]
    words, grades = lengths.charts(found)
    assert [bar.title for bar in words.bars] == ["0 to 19: 2 answers", "40 to 59: 1 answers"]
    assert [bar.title for bar in grades.bars] == ["4: 1 answers", "7: 1 answers"]
    assert len(lengths.charts(lengths.lengths(of(), {}))) == 1


def test_the_content_of_this_repository_is_read_whole() -> None:
    found = content.read(REPOSITORY / "data")
    assert len(found.topics) == len(list((REPOSITORY / "data/topics").rglob("*.yml")))
    assert all(one.examples >= 25 and one.answer for one in found.topics.values())
    assert all((REPOSITORY / one.path).exists() for one in found.topics.values())
    stated = {fact for one in found.topics.values() for fact in one.facts}
    assert stated == set(found.facts)


def test_a_file_that_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "topics/a").mkdir(parents=True)
    (tmp_path / "topics/a/b.yml").write_text("id: a/b\nanswer: [yes]\nfacts: 3")
    for name, text in (("c", "{"), ("d", "- 1"), ("e", json.dumps({"id": 7}))):
        (tmp_path / f"topics/a/{name}.yml").write_text(text)
    found = content.read(tmp_path)
    assert list(found.topics) == ["a/b"]
    assert (found.topics["a/b"].title, found.topics["a/b"].facts) == ("a/b", [])
