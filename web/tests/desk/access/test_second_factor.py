import base64
from datetime import UTC, datetime

import pytest

from desk.access import second_factor

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    assert second_factor.step_of(RFC_SECRET, code, 0, at(seconds)) == seconds // 30


def test_a_code_is_taken_half_a_minute_early_or_late_and_no_more() -> None:
    step = 1234567890 // 30
    for other, taken in ((-2, None), (-1, step), (0, step), (1, step), (2, None)):
        moment = at((step + other) * 30 + 15)
        assert second_factor.step_of(RFC_SECRET, "005924", 0, moment) == taken


def test_a_step_whose_code_was_taken_is_not_taken_again_nor_any_before() -> None:
    step = 1234567890 // 30
    for last in (step, step + 1):
        assert second_factor.step_of(RFC_SECRET, "005924", last, at(1234567890)) is None


@pytest.mark.parametrize("code", ["", "05924", "0059240", "abcdef", "٠٠٥٩٢٤", "-05924", "0" * 9999])
def test_what_is_no_code_is_not_taken(code: str) -> None:
    assert second_factor.step_of(RFC_SECRET, code, 0, at(1234567890)) is None


def test_a_code_may_have_spaces_as_telephones_show_it() -> None:
    assert second_factor.step_of(RFC_SECRET, " 005 924 ", 0, at(1234567890)) is not None


def test_what_is_offered_stays_in_a_session_and_differs_between_them() -> None:
    one = second_factor.offered("token", "ann")
    assert one == second_factor.offered("token", "ann")
    assert one.secret != second_factor.offered("other", "ann").secret
    assert len(base64.b32decode(one.secret)) == 20
    assert one.uri.startswith("otpauth://totp/Dorsi%20desk:ann?secret=" + one.secret)
    assert one.picture.startswith("data:image/svg+xml")
    assert one.in_groups.replace(" ", "") == one.secret
