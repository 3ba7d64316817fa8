"""What holds of every text, whatever is in it."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.privacy.masking import Kind, Span, masked, spans

_PIECES = st.sampled_from(
    [
        "my name is ",
        "sarah okafor",
        "Dr ",
        "O'Brien",
        " 07700 900123",
        "dob ",
        "3/4/61",
        " 14 Elm Road",
        ", ",
        "BS6 7QT",
        "a@b.co",
        "@sarah_o",
        "nhs ",
        "943 476 5919",
        "im ",
        "mark",
        "[name]",
        "[phone] ",
        "\n",
        " ",
        "regards ",
        "zip ",
        "60614",
        "MRN",
        ": ",
        "E10023456",
        "L4/L5",
        "born ",
        "12th march",
        " 1958",
        ".",
        "ß",
        "İ",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=14).map("".join))


@given(TEXTS)
def test_pieces_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(isinstance(span.kind, Kind) for span in found)


@given(TEXTS)
def test_nothing_masked_is_left_at_its_place(text: str) -> None:
    found = spans(text)
    rest = masked(text, found)
    for span in found:
        before = masked(text[: span.start], [piece for piece in found if piece.end <= span.start])
        mask = f"[{span.kind}]"
        assert rest.startswith(before + mask)
        piece = text[span.start : span.end]
        assert len(piece) < 4 or piece not in mask
        rest_after = masked(
            text[span.end :],
            [
                Span(other.start - span.end, other.end - span.end, other.kind)
                for other in found
                if other.start >= span.end
            ],
        )
        assert rest == before + mask + rest_after


@settings(max_examples=300)
@given(TEXTS)
def test_a_masked_text_has_nothing_to_mask(text: str) -> None:
    once = masked(text, spans(text))
    assert spans(once) == []


@given(TEXTS)
def test_the_same_text_gives_the_same_pieces(text: str) -> None:
    assert spans(text) == spans(text)
