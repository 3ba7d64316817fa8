"""The summary for the doctor on paper: a document gives a page of HTML, or a PDF. Pure.

A document may come back from a browser, so it is data and never markup, and it has its limits.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from fpdf import FPDF, ViewerPreferences, XPos, YPos
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from served.fonts import BOLD, FONT, FONTS, REGULAR

TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE = "summary.html"
LANGUAGE = "en-GB"
LONGEST_LINE, LONGEST_DOCUMENT = 10_000, 40_000
MARGIN, STEP = 18.0, 4.5  # millimetres
SMALL, TEXT, HEADING, TITLE = 9.0, 11.5, 13.0, 19.0  # points
LEADING = 0.5  # millimetres of line height for a point of type
BULLET = "•"
RULE = "#0b5351"
UNPRINTABLE = frozenset({"Cc", "Cn", "Co"})


def _printable(text: str) -> str:
    """``text`` on one line, without control signs."""
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    kept = (letter for letter in plain if unicodedata.category(letter) not in UNPRINTABLE)
    return " ".join("".join(kept).split())


Text = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(_printable)]
Short = Annotated[str, Field(max_length=200), AfterValidator(_printable)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Line(_Part):
    """One line; ``quoted`` is what the patient typed."""

    text: Text
    quoted: bool = False

    @property
    def shown(self) -> str:
        """The line with its quotation marks."""
        return f"“{self.text}”" if self.quoted else self.text


class Section(_Part):
    """A heading with its lines."""

    heading: Short
    lines: tuple[Line, ...] = Field(max_length=100)


class Document(_Part):
    """What stands on the page."""

    title: Short
    made_on: date
    sections: tuple[Section, ...] = Field(max_length=20)
    questions_heading: Short
    questions: tuple[Line, ...] = Field(default=(), max_length=100)
    notice: Annotated[str, Field(max_length=1000), AfterValidator(_printable)]

    @property
    def parts(self) -> tuple[Section, ...]:
        """All sections, the questions last."""
        asked = Section(heading=self.questions_heading, lines=self.questions)
        return (*self.sections, asked) if self.questions else self.sections

    @property
    def day(self) -> str:
        """The day it was made, in words."""
        return f"{self.made_on.day} {self.made_on:%B %Y}"

    @model_validator(mode="after")
    def _is_not_too_long(self) -> Self:
        length = sum(len(line.text) for part in self.parts for line in part.lines)
        if length > LONGEST_DOCUMENT:
            raise ValueError(f"the lines have more than {LONGEST_DOCUMENT} characters")
        return self


def html(document: Document) -> str:
    """A page that stands by itself, to read on a screen or to print on A4."""
    return _template().render(document=document, language=LANGUAGE)


def pdf(document: Document) -> bytes:
    """The same page as a PDF whose text can be selected and read aloud."""
    page = _Page(document)
    page.add_page()
    page.title_line(document)
    for part in document.parts:
        page.part(part)
    return bytes(page.output())


class _Page(FPDF):
    """A4 with the notice at the foot of every page."""

    def __init__(self, document: Document) -> None:
        super().__init__(format="A4")
        self._notice = document.notice
        self.add_font(FONT, "", FONTS / REGULAR)
        self.add_font(FONT, "B", FONTS / BOLD)
        self.set_text_shaping(True)  # Arabic letters join; right to left is kept
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN + STEP)
        self.set_lang(LANGUAGE)
        self.set_title(document.title)
        self.set_subject(document.notice)
        self.set_creator("Dorsi")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def title_line(self, document: Document) -> None:
        """The title, the day and a rule."""
        self._write(document.title, TITLE, "B")
        self._write(document.day, TEXT)
        self.set_draw_color(RULE)
        self.set_line_width(0.6)
        self.line(MARGIN, self.get_y() + 1, self.w - MARGIN, self.get_y() + 1)
        self.ln(STEP)

    def part(self, part: Section) -> None:
        """A heading, which is a bookmark as well, and its lines."""
        # A heading stays with its first line.
        if self.will_page_break(HEADING * LEADING + 2 * TEXT * LEADING):
            self.add_page()
        self.start_section(part.heading)
        self._write(part.heading, HEADING, "B")
        for line in part.lines:
            self._bullet()
            self._write(line.shown, TEXT, indent=2 * STEP)
        self.ln(STEP / 2)

    def footer(self) -> None:
        """The notice, on every page."""
        self.set_y(-MARGIN)
        self._write(self._notice, SMALL)

    def _bullet(self) -> None:
        # By itself: beside Arabic in one paragraph it would change places with the words.
        self.set_font(FONT, "", TEXT)
        # Beside the line that follows, which may be the first of the next page.
        if self.will_page_break(TEXT * LEADING):
            self.add_page()
        self.set_x(MARGIN + STEP)
        self.cell(STEP, TEXT * LEADING, BULLET)

    def _write(self, text: str, size: float, style: str = "", indent: float = 0.0) -> None:
        self.set_font(FONT, style, size)
        self.set_x(MARGIN + indent)
        self.multi_cell(0, size * LEADING, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    found = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return found.get_template(TEMPLATE)
