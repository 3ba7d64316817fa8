"""Dates as people write them, and those of them that are somebody's day of birth."""

import re
from collections.abc import Iterator

from desk.privacy.masking.folding import lowered
from desk.privacy.masking.kinds import Kind, Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?:(?:19|20)\d{2}|['\u2019]?\d{2})"
_NUMERIC = (
    r"\d{1,2}\s?[./\-]\s?\d{1,2}\s?[./\-]\s?(?:(?:19|20)\d{2}|\d{2})"
    r"|(?:19|20)\d{2}[./\-]\d{1,2}[./\-]\d{1,2}"
)
_FULL = (
    rf"(?:{_NUMERIC}"
    rf"|(?:the\s)?{_DAY}[\s\-/]?(?:of\s|de\s)?{_MONTH}[\s,\-/]{{0,2}}(?:de\s)?{_YEAR}"
    rf"|{_MONTH}\s(?:the\s)?{_DAY}[\s,]{{1,2}}{_YEAR})(?!\d)"
)
_PART = (
    rf"(?:(?:the\s)?{_DAY}\s?(?:of\s)?{_MONTH}(?!\w)|{_MONTH}\s(?:the\s)?{_DAY}(?!\w)"
    r"|\d{1,2}/\d{1,2}(?![/\d]))"
)
_SPACED = (
    r"\d{1,2}\s\d{1,2}\s(?:(?:19|20)\d{2}|\d{2})(?!\d)|[0-3]\d[01]\d(?:(?:19|20)\d{2}|\d{2})(?!\d)"
)
_CUE = (
    r"(?:\bd\W{0,2}o\W{0,2}b\b|\bdate\sof\sbirth|\bbirth\s?-?dates?|\bb(?:irth)?-?\s?days?|\bbday|\bborn|\bgeboren"
    r"|\bgeburtsdatum|\bgeboortedatum|\bn[ée]e?\sle|\bnacid[oa]|\bnat[oa]\b|\bfecha\sde\snacimiento)"
)
_LINK = (
    r"(?:[\s:=.,\-\u2013(]{0,3}(?:is|was|on|in|am|el|le|op|il|den|its|it['\u2019]s|date|my|back|way"
    r"|around)(?=\W)){0,4}"
)
DATE = re.compile(rf"(?<![\w./]){_FULL}", re.IGNORECASE)
_BORN = re.compile(rf"{_CUE}{_LINK}[\s:=.,\-\u2013(]{{0,4}}(?P<date>{_FULL}|{_SPACED}|{_PART})")
_BORN_AFTER = re.compile(
    rf"(?<![\w./])(?P<date>{_FULL})[\s,.:\-\u2013(]{{1,3}}(?:(?:is|was|it['\u2019]?s)\s)?(?:my\s|his\s|her\s|the\s)?"
    r"(?:d\.?o\.?b\b|date\sof\sbirth|birth\s?-?da)",
)


def births(text: str) -> Iterator[Span]:
    """Find dates that are said to be a day of birth."""
    small = lowered(text)
    for pattern in (_BORN, _BORN_AFTER):
        for found in pattern.finditer(small):
            yield Span(found.start("date"), found.end("date"), Kind.BIRTH_DATE)
