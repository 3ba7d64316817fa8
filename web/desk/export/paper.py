"""Conversations as a PDF to read or to print. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime

from fpdf import FPDF, ViewerPreferences, XPos, YPos

from desk.export.safe import UNKNOWN, plain
from desk.export.transcripts import Said, Transcript
from records.models import PATIENT
from served.fonts import BOLD, FONT, FONTS, REGULAR

# Laying out so many characters takes about half a minute.
MOST_CONVERSATIONS, MOST_CHARACTERS = 200, 500_000
LANGUAGE = "en-GB"
MARGIN = 18.0  # millimetres
SMALL, TEXT, HEADING = 8.5, 10.0, 14.0  # points
LEADING = 0.5  # millimetres of line height for a point of type
INDENT = 6.0  # millimetres
TITLES = {True: "Conversations with Dorsi, masked", False: "Conversation with Dorsi, NOT MASKED"}


def pdf(transcripts: Iterable[Transcript], *, masked: bool, made_by: str, at: datetime) -> bytes:
    """A document with the conversations.

    Args:
        transcripts: at most as many as `MOST_CONVERSATIONS`, with at most
            `MOST_CHARACTERS` in all.
        masked: whether they are; otherwise every page says that they are not.
        made_by: who takes it away, which every page says.
        at: when.
    """
    made = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    page = _Page(TITLES[masked], f"{TITLES[masked]}. Taken away by {plain(made_by)}, {made}.")
    page.add_page()
    for transcript in transcripts:
        page.conversation(transcript)
    return bytes(page.output())


class _Page(FPDF):
    """A4 with the same line at the foot of every page."""

    def __init__(self, title: str, foot: str) -> None:
        super().__init__(format="A4")
        self._foot = foot
        self.add_font(FONT, "", FONTS / REGULAR)
        self.add_font(FONT, "B", FONTS / BOLD)
        # One that the bold lacks and the regular has would be missing in headings.
        regular, bold = (set(getattr(font, "cmap", ())) for font in self.fonts.values())
        self._known = frozenset(regular & bold) | {ord("\n")}
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, MARGIN + INDENT)
        self.set_lang(LANGUAGE)
        self.set_title(title)
        self.set_creator("Dorsi")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def conversation(self, one: Transcript) -> None:
        """A heading, which is a bookmark as well, what is known at a glance, and the messages."""
        if self.will_page_break(6 * TEXT * LEADING):
            self.add_page()
        self.start_section(f"Conversation {one.number}")
        self._write(f"Conversation {one.number}", HEADING, "B")
        facts = (
            f"{_moment(one.began_at)} to {_moment(one.last_at)}; region {one.region}; "
            f"level {one.level}; status {one.status}"
        )
        self._write(facts, SMALL)
        for name, words in (("Red flags", one.flags), ("Topics", one.topics), ("Tags", one.tags)):
            if words:
                self._write(f"{name}: {', '.join(words)}", SMALL)
        self.ln(TEXT * LEADING)
        for said in one.messages:
            self._message(said)
        self.ln(TEXT * LEADING)

    def footer(self) -> None:
        """The line at the foot, with the page's number."""
        self.set_y(-MARGIN)
        self._write(f"{self._foot} Page {self.page_no()}.", SMALL)

    def _message(self, said: Said) -> None:
        if self.will_page_break(3 * TEXT * LEADING):
            self.add_page()
        who = "Patient" if said.by == PATIENT else "Dorsi"
        marks = [_moment(said.at), said.topic, said.level if said.level != "none" else None]
        if said.helpful is not None:
            marks.append("helped" if said.helpful else "did not help")
        marks += [each.verdict for each in said.verdicts]
        self._write(f"{who}, {', '.join(mark for mark in marks if mark)}", SMALL, "B")
        self._write(said.text, TEXT, indent=INDENT)
        if said.opinion:
            self._write(f"The patient's opinion: {said.opinion}", SMALL, indent=INDENT)

    def _write(self, text: str, size: float, style: str = "", indent: float = 0.0) -> None:
        shown = self._printable(text)
        self.set_font(FONT, style, size)
        # Arabic letters join, and right to left is kept; for all others it would take time alone.
        self.set_text_shaping(not shown.isascii())
        self.set_x(MARGIN + indent)
        self.multi_cell(0, size * LEADING, shown, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _printable(self, text: str) -> str:
        """A text with a sign in place of each letter that the fonts have not."""
        return "".join(letter if ord(letter) in self._known else UNKNOWN for letter in plain(text))


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
