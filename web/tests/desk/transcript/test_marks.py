"""Marks and masks together: what shows is the masked text, and it is never markup."""

from hypothesis import given
from hypothesis import strategies as some

from desk.privacy.masking import Kind, Span, masked
from desk.transcript.marks import Mark, Sign, marked, pieces, tidied
from tests.desk.seen import Seen

LETTERS = some.text(alphabet="ab <>&\"'/=\n\u202e\u2066🦶\u200dé[]{}%;", max_size=60)
PLACES = some.integers(min_value=-3, max_value=70)
SPANS = some.lists(some.builds(Span, PLACES, PLACES, some.sampled_from(Kind)), max_size=6)
MARKS = some.lists(some.builds(Mark, PLACES, PLACES, some.sampled_from(Sign)), max_size=6)


@given(LETTERS, SPANS, MARKS)
def test_what_shows_is_the_masked_text_letter_for_letter(
    text: str, spans: list[Span], marks: list[Mark]
) -> None:
    hidden = tidied(text, spans)
    seen = Seen(str(marked(pieces(text, hidden), marks)))
    assert seen.text == masked(text, hidden)
    assert not seen.open
    assert {tag for tag, _ in seen.tags} <= {"mark", "span"}


@given(LETTERS, SPANS)
def test_no_letter_of_a_span_is_shown(text: str, spans: list[Span]) -> None:
    parts = pieces(text, tidied(text, spans))
    shown = {place for part in parts if not part.is_hidden for place in range(part.start, part.end)}
    for span in spans:
        assert not shown & set(range(max(span.start, 0), min(span.end, len(text))))


@given(LETTERS, SPANS, MARKS)
def test_a_sign_is_there_where_one_of_its_marks_has_a_place(
    text: str, spans: list[Span], marks: list[Mark]
) -> None:
    parts = pieces(text, tidied(text, spans))
    html = str(marked(parts, marks))
    wanted = [
        mark
        for mark in marks
        if any(max(mark.start, part.start) < min(mark.end, part.end) for part in parts)
    ]
    for sign in Sign:
        is_there = any(
            sign in (given.get("class") or "").split()
            for tag, given in Seen(html).tags
            if tag == "mark"
        )
        assert is_there == any(mark.sign is sign for mark in wanted)


def test_words_that_raised_a_flag_are_marked_in_the_text() -> None:
    text = "I am Ann and my chest hurts <b>"
    parts = pieces(text, [Span(5, 8, Kind.NAME)])
    start = text.index("chest")
    html = marked(parts, [Mark(start, start + 11, Sign.FLAG), Mark(start, start + 5, Sign.FOUND)])
    assert html == (
        "I am <span class=hid>[name]</span> and my "
        '<mark class="flag found">chest</mark><mark class="flag"> hurts</mark> &lt;b&gt;'
    )


def test_a_mark_that_touches_a_hidden_word_marks_what_stands_for_it() -> None:
    parts = pieces("ring Ann Lee now", [Span(5, 12, Kind.NAME)])
    html = marked(parts, [Mark(0, 7, Sign.FLAG)])
    assert html == '<mark class="flag">ring <span class=hid>[name]</span></mark> now'


def test_spans_over_each_other_hide_both() -> None:
    hidden = tidied("abcdefgh", [Span(4, 6, Kind.NAME), Span(1, 5, Kind.PHONE)])
    assert hidden == [Span(1, 6, Kind.PHONE)]
