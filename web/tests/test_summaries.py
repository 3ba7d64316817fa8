import json
import re
import unicodedata
from io import BytesIO
from typing import Any

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pypdf import PdfReader

from gateway.summaries import LONGEST_DOCUMENT, LONGEST_LINE, Document, html, pdf
from served.fonts import FONTS, REGULAR

NOTICE = "Made from what the patient typed. It is not a diagnosis. Dorsi is not a doctor."
POLISH, GREEK = "zażółć gęślą jaźń, noga opada", "το πόδι μου σέρνεται"
ARABIC, HEBREW = "قدمي اليسرى ضعيفة منذ يوم الثلاثاء", "הרגל שלי חלשה"
RUSSIAN = "Нога слабая"  # noqa: RUF001
HOSTILE = "<script>alert('x')</script> {{ 7 * 7 }} **bold** </li> & \"quoted\""


def document(*quoted: str, **changes: Any) -> Document:
    """A document with these lines of the patient's."""
    return Document.model_validate(payload(*quoted, **changes))


def payload(*quoted: str, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Summary for my doctor",
        "made_on": "2026-11-21",
        "sections": [
            {
                "heading": "What I notice",
                "lines": [{"text": text, "quoted": True} for text in quoted],
            },
            {
                "heading": "Exercises I did",
                "lines": [{"text": "Toe raises: 10 repeats", "quoted": False}],
            },
        ],
        "questions_heading": "Questions to ask",
        "questions": [{"text": "What could cause my foot to drop?", "quoted": False}],
        "notice": NOTICE,
        **changes,
    }


def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def text_of(made: bytes) -> str:
    return "".join(page.extract_text() for page in read(made).pages)


def run_together(text: str) -> str:
    """The text without spaces, which a line break may stand for."""
    return re.sub(r"\s+", "", text)


def letters(text: str) -> list[str]:
    """The letters in no order: a reader gives those of Arabic as they stand on the page."""
    plain = unicodedata.normalize("NFKC", text)
    return sorted(letter for letter in plain if letter.isalpha())


def shown(page: Document) -> list[str]:
    """All that stands on a page, in order."""
    lines = [[part.heading, *(line.shown for line in part.lines)] for part in page.parts]
    return [page.title, page.day, *(text for part in lines for text in part)]


def test_the_text_of_the_pdf_is_the_documents() -> None:
    page = document("my left foot drags since Tuesday", POLISH, GREEK, HOSTILE)
    without_bullets = text_of(pdf(page)).replace("•", "")
    assert run_together(without_bullets) == run_together("".join([*shown(page), NOTICE]))


def test_the_pdf_names_its_title_its_language_and_its_parts() -> None:
    made = read(pdf(document("my foot drags")))
    assert made.metadata is not None
    assert made.metadata.title == "Summary for my doctor"
    root: Any = made.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    headings: list[Any] = [entry["/Title"] for entry in made.outline if isinstance(entry, dict)]
    assert headings == ["What I notice", "Exercises I did", "Questions to ask"]


def test_a_normal_summary_is_one_page_of_a4() -> None:
    lines = [f"my left foot drags on the kerb and I stumble, case {number}" for number in range(14)]
    made = read(pdf(document(*lines)))
    assert len(made.pages) == 1
    width, height = made.pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)


@pytest.mark.parametrize("text", [ARABIC, HEBREW, f"my foot {ARABIC} drags"])
def test_words_from_right_to_left_are_all_there(text: str) -> None:
    page = document(text)
    assert letters(text_of(pdf(page))) == letters("".join([*shown(page), NOTICE]))
    assert text in html(page)
    assert '<li dir="auto">' in html(page)


@pytest.mark.parametrize("text", [POLISH, GREEK, ARABIC, HEBREW, RUSSIAN, "Tiếng Việt", "½ ≤ 3°C…"])
def test_no_letter_of_these_scripts_is_missing_in_the_font_of_the_lines(text: str) -> None:
    with TTFont(FONTS / REGULAR) as font:
        known = font.getBestCmap()
    assert not [letter for letter in text if ord(letter) not in known]
    assert ord("我") not in known


@pytest.mark.parametrize("text", ["我的脚很弱", "नमस्ते", "😀 ok", "\u200b", "a\u202eb", "ﷺ"])
def test_what_the_font_lacks_breaks_nothing(text: str) -> None:
    page = document(text, "my foot drags")
    assert "my foot drags" in text_of(pdf(page))
    assert "my foot drags" in html(page)


def test_hostile_text_is_text_on_the_page_and_no_markup() -> None:
    made = html(document(HOSTILE, title="</title><script>x</script>"))
    assert "<script" not in made
    assert made.count("</title>") == 1
    assert "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; {{ 7 * 7 }}" in made


def test_ten_thousand_letters_go_on_over_pages_and_none_is_lost() -> None:
    endless = "x" * LONGEST_LINE
    made = pdf(document(endless))
    body = text_of(made)
    others = NOTICE.count("x") * len(read(made).pages) + "Exercises".count("x")
    assert len(read(made).pages) > 1
    assert body.count("x") == LONGEST_LINE + others
    assert endless in html(document(endless))


def test_every_page_bears_the_notice() -> None:
    made = read(pdf(document(*[f"line {number}" for number in range(90)])))
    assert len(made.pages) > 1
    assert all(NOTICE in page.extract_text() for page in made.pages)


@pytest.mark.parametrize(
    "wrong",
    [
        payload("x" * (LONGEST_LINE + 1)),
        payload(*["x" * LONGEST_LINE] * (LONGEST_DOCUMENT // LONGEST_LINE + 1)),
        payload(made_on="soon"),
        payload(title=7),
        payload(sections=[{"heading": "x", "lines": [{"text": "x"}] * 101}]),
        payload("half a character: \ud83d"),
        {name: value for name, value in payload().items() if name != "questions_heading"},
        {},
    ],
)
def test_what_is_no_document_or_too_long_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Document.model_validate(wrong)


def test_control_signs_are_left_out() -> None:
    page = document("my\x00 foot\r\n\tdrags here")
    assert page.sections[0].lines[0].text == "my foot drags here"
    assert "my foot drags here" in text_of(pdf(page))


def test_a_later_releases_fields_are_passed_over() -> None:
    assert Document.model_validate({**payload("my foot"), "pdf_title": "Save"}).title


def test_quotation_marks_stand_around_the_patients_words_alone() -> None:
    made = text_of(pdf(document("my foot drags")))
    assert "“my foot drags”" in made
    assert "“Toe raises" not in made
    assert "<q>my foot drags</q>" in html(document("my foot drags"))


def test_the_page_of_html_stands_by_itself_and_has_its_headings() -> None:
    made = html(document("my foot drags"))
    assert made.startswith('<!doctype html>\n<html lang="en-GB">')
    assert "<title>Summary for my doctor</title>" in made
    assert [made.count(f"<{tag}") for tag in ("h1", "h2", "main", "ul")] == [1, 3, 1, 3]
    assert not re.search(r"(src|href)=|url\(|@import", made)
    assert "size: A4" in made
    assert NOTICE in made


def test_without_questions_there_is_no_heading_for_them() -> None:
    assert "Questions to ask" not in html(document("my foot drags", questions=[]))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_gives_a_page_and_a_pdf(lines: list[str]) -> None:
    page = Document.model_validate(json.loads(json.dumps(payload(*lines))))
    assert pdf(page).startswith(b"%PDF-")
    assert html(page).rstrip().endswith("</html>")
