import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.normalise import MAX_TEXT, patient_text, storable, storable_json

ANY_TEXT = st.text(st.characters(categories=None))  # lone surrogates too


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("My foot drops.", "My foot drops."),
        ("  two  spaces  ", "  two  spaces  "),
        ("one\r\ntwo\nthree\tfour\rfive", "one two three four five"),
        ("a\x00b\x1bc\x7fd\x9fe", "abcde"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("\ud800a\udfff", "\N{REPLACEMENT CHARACTER}a\N{REPLACEMENT CHARACTER}"),
        ("cafe\u0301", "café"),
        ("👩\u200d🦽 🦶🏽", "👩\u200d🦽 🦶🏽"),
        ("می\u200cروم", "می\u200cروم"),
        ("<b>&amp;", "<b>&amp;"),
        ("", ""),
    ],
)
def test_a_text_is_kept_as_typed_but_for_what_nobody_types(typed: str, kept: str) -> None:
    assert patient_text(typed) == (kept, False)


@given(ANY_TEXT)
def test_whatever_is_typed_what_is_kept_can_be_stored(typed: str) -> None:
    text, _ = patient_text(typed)
    text.encode()
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in text)
    assert unicodedata.is_normalized("NFC", text)
    assert storable(text) == text


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    kept, _ = patient_text(typed)
    assert patient_text(kept)[0] == kept


@pytest.mark.parametrize(("length", "too_long"), [(MAX_TEXT, False), (MAX_TEXT + 1, True)])
def test_only_so_much_is_kept(length: int, too_long: bool) -> None:
    assert patient_text("ß" * length) == ("ß" * MAX_TEXT, too_long)


def test_a_text_that_grows_when_normalised_is_still_cut() -> None:
    assert len(patient_text("\ufb2c" * MAX_TEXT).text) == MAX_TEXT


def test_a_text_made_of_accents_takes_no_time() -> None:
    began = time.monotonic()
    patient_text("a" + "\u0301\u0323" * 30_000)
    assert time.monotonic() - began < 1


def test_json_is_made_storable_to_its_depths() -> None:
    bad, good = "\0\ud800", "\N{REPLACEMENT CHARACTER}" * 2
    assert storable_json({bad: [bad, {"a": bad}, 1, None]}) == {good: [good, {"a": good}, 1, None]}
