"""What changed is told in words, field by field."""

from editing.differing import differences, of_file

from .test_merging import PATH, TOPIC, State, topic


def said(*changes: tuple[str, str]) -> dict[str, str]:
    return {d.label: d.said for d in differences(topic(), topic(*changes))}


def test_what_is_the_same_is_not_told() -> None:
    assert differences(topic(), topic()) == []


def test_examples_are_counted() -> None:
    found = differences(topic(), topic(("  - kinds of afo\n", "  - one\n  - two\n")))
    assert [(d.label, d.said) for d in found] == [("Examples", "2 added, 1 removed")]
    assert (found[0].added, found[0].removed) == (("one", "two"), ("kinds of afo",))


def test_short_texts_are_told_with_both_values() -> None:
    assert said(("Kinds of brace", "Types")) == {"Title": "from “Kinds of brace” to “Types”"}


def test_paragraphs_of_another_length_are_told_as_added_and_removed() -> None:
    assert said(("  - Ask an orthotist.\n", "")) == {"Answer": "1 removed"}


def test_a_new_file_and_one_taken_away_are_told_by_their_titles() -> None:
    (new,) = of_file(PATH, None, TOPIC)
    (gone,) = of_file(PATH, TOPIC, None)
    assert (new.title, new.said) == ("Kinds of brace", "new")
    assert (gone.title, gone.said) == ("Kinds of brace", "taken away")


def test_a_remark_alone_is_told_as_such() -> None:
    (found,) = of_file(PATH, TOPIC, TOPIC.replace("scope:", "# why\nscope:"))
    assert found.said == "only remarks or layout"


def test_what_cannot_be_read_is_told_as_a_whole() -> None:
    (found,) = of_file(PATH, TOPIC, "title: 'open\n")
    assert (found.label, found.said) == ("The whole file", "changed")


def test_files_of_which_no_form_knows_are_told_by_their_names() -> None:
    state, other = State({"data/words.yml": "a: [b]\n"}), State({"data/words.yml": "a: [b, c]\n"})
    assert [(d.label, d.said) for d in differences(state, other)] == [("A", "1 added")]
