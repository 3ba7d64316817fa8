"""What is masked in patients' messages, and what is not."""

import threading
import time
from pathlib import Path

import pytest
import yaml

from desk.privacy.masking import Kind, Span, masked, spans

REGIONS = Path(__file__).resolve().parents[3] / "data" / "regions.yml"


def mask(text: str) -> str:
    return masked(text, spans(text))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("hi my names sarah okafor and my foot drags", "hi my names [name] and my foot drags"),
        ("hello, i am sarah okafor, i trip", "hello, i am [name], i trip"),
        ("dr patel said rest", "dr [name] said rest"),
        ("im on 07700 900123", "im on [phone]"),
        ("dob 3/4/61, nhs 943 476 5919", "dob [birth_date], nhs [record_number]"),
        ("i live at 14 elm road, bristol BS6 7QT ok", "i live at [address] ok"),
        ("write to sarah.o@example.com please", "write to [email] please"),
        ("Mrs Entwistle's splint broke", "Mrs [name]'s splint broke"),
    ],
)
def test_what_tells_who_somebody_is_gives_way_to_its_kind(said: str, shown: str) -> None:
    assert mask(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "surgery on 12/3/2024 and since 3 May nothing moves",
        "may I rest, will it mark, by the grace of god I rose",
        "Parkinson, Charcot-Marie-Tooth, Guillain-Barré, Babinski, Lyme, Botox",
        "my Achilles and a Baker's cyst",
        "Dr Google says it is my back, and my physio drew dots on it",
        "L4/L5, T25FW 8.2, EDSS 6.5, 3 x 10 reps, 300mg at 10:30, I am 67",
        "B12 5ng, L5 1st, T12 3rd rib",
        "scans 2019 2021 2023 and 2018-2021",
        "Samaritans at the Royal Free hospital were kind",
    ],
)
def test_words_of_illness_dates_and_doses_stay(said: str) -> None:
    assert mask(said) == said


@pytest.mark.parametrize("number", ["999", "111", "112", "911", "988", "116 123", "0800 1111"])
def test_numbers_for_help_stay(number: str) -> None:
    assert mask(f"i rang {number} and waited") == f"i rang {number} and waited"


def test_every_number_of_every_region_stays() -> None:
    regions = yaml.safe_load(REGIONS.read_text("utf-8")).values()
    said = [region[line] for region in regions for line in ("emergency", "advice_line", "same_day")]
    said += [line["number"] for region in regions for line in region["crisis_lines"]]
    assert [text for text in said if spans(f"i called {text} today")] == []


def test_a_name_that_was_given_once_is_masked_wherever_it_comes_again() -> None:
    assert (
        mask("my carer is called Zubeydah. zubeydah rang")
        == "my carer is called [name]. [name] rang"
    )


def test_a_masked_text_stays_as_it_is() -> None:
    once = mask("im sarah okafor, 14 Elm Road, Bristol BS6 7QT, 07700 900123, dob 3/4/61")
    assert mask(once) == once


def test_a_mask_that_a_patient_typed_hides_no_neighbour() -> None:
    assert mask("[name] 07700 900123") == "[name] [phone]"


def test_kinds_have_the_names_that_are_shown() -> None:
    assert masked("ab", [Span(0, 1, Kind.BIRTH_DATE)]) == "[birth_date]b"


def test_a_long_text_is_masked_to_its_end_in_linear_time() -> None:
    text = "my foot drags and nobody knows why, it began in May. " * 1900
    text += "ring 07700 900123"
    began = time.thread_time()
    found = spans(text)
    assert [text[span.start : span.end] for span in found] == ["07700 900123"]
    assert time.thread_time() - began < 2


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1 ", "a.", "@", "a@", "1/", "a-", "Ab ", "dr ", "born ", "nhs ", ", ", "\n", "14 "],
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.thread_time()
    spans(piece * (20_000 // len(piece)))
    assert time.thread_time() - began < 2


def test_a_number_is_found_wherever_a_long_text_is_cut() -> None:
    for before in range(3_960, 4_010, 7):
        text = "x" * before + " ring 07700 900123 or not " + "y" * 300
        assert [text[span.start : span.end] for span in spans(text)] == ["07700 900123"]


def test_threads_get_the_same_pieces() -> None:
    text = "my name is sarah okafor, dob 3/4/61, BS6 7QT"
    results: list[list[Span]] = []
    threads = [threading.Thread(target=lambda: results.append(spans(text))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [spans(text)] * 8
