import time

import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from desk.access import passwords


@pytest.mark.parametrize(
    "password",
    ["heron lattice mulberry", "Kß7!tq-ÿ2pL9", "ann has four wild geese", "x" * 4 + "hbqwz-p1r4t"],
)
def test_a_good_password_has_no_fault(password: str) -> None:
    assert passwords.fault(password, "ann") == ""


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", "at least 12"),
        ("heron latti", "at least 12"),
        ("h" * 201, "at most 200"),
        ("margaret1234", "your name"),
        ("Margaret.Margaret", "your name"),
        ("123456789012", "among the first"),
        ("password1234", "among the first"),
        ("Welcome-2026!!", "among the first"),
        ("qwertyuiop12", "among the first"),
        ("letmein letmein", "among the first"),
        ("dropfoot clinic 1", "among the first"),
        ("hahahahahahaha", "among the first"),
    ],
)
def test_a_bad_one_is_refused_with_the_mend(password: str, fault: str) -> None:
    assert fault in passwords.fault(password, "margaret")


def test_a_long_one_of_words_that_are_made_of_others_is_judged_at_once() -> None:
    began = time.monotonic()
    assert passwords.fault("changeme" * 21 + "-heron-lattice", "ann") == ""
    assert "among the first" in passwords.fault("changeme" * 22, "ann")
    assert time.monotonic() - began < 1


async def test_the_same_letters_fit_from_whichever_keyboard_they_come() -> None:
    kept = await passwords.hashed("caf\u00e9 heron lattice")
    assert await passwords.fits("cafe\u0301 heron lattice", kept)
    assert not await passwords.fits("cafe heron lattice", kept)


@pytest.mark.parametrize("kept", [None, "", "none", "$argon2id$broken"])
async def test_what_is_no_hash_fits_nothing(kept: str | None) -> None:
    assert not await passwords.fits("the password of nobody", kept)


def test_hashes_are_what_rfc_9106_recommends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    parameters = extract_parameters(passwords.hashed_now("heron lattice mulberry"))
    assert parameters.type is Type.ID
    assert (parameters.time_cost, parameters.memory_cost) == (3, 64 * 1024)


def test_a_hash_of_weaker_parameters_is_out_of_date(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = passwords.hashed_now("heron lattice mulberry")
    assert not passwords.is_outdated(kept)
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(2, 8, 1))
    assert passwords.is_outdated(kept)
