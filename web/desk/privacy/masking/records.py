"""Numbers under which patients are kept: by what is said before them, or by their form."""

import re
from collections.abc import Iterator

from desk.privacy.masking.folding import lowered
from desk.privacy.masking.kinds import Kind, Span

_CUE = (
    r"\b(?:nhs|chi|h\s?&\s?c|hcn|ohip|phn|ramq|nam|uli|mrn|m\.r\.n|urn|ur|nhi|ihi|dva|hospital|patient|medicare|medicaid|medi-cal"
    r"|member(?:ship)?|policy|insurance|claim|account|acct|case|file|chart|record|referral|ref(?:erence)?|health\s?(?:card|care|insurance)"
    r"|ssn|social(?:\ssecurity)?|s\.s\.n|sin|social\sinsurance|national\sinsurance|ni|nino|pps[n]?|bsn|pesel|cnp|dni|nie|nif|cpr|nir"
    r"|carte\svitale|codice\sfiscale|personnummer|rijksregister\w*|versicherten\w*|krankenkasse\w*|kvnr|steuer-?id|ehic"
    r"|passport|driving\slicen[cs]e|licen[cs]e|identity|dni|id)\b"
)
_LINK = (
    r"(?:[\s:#=.,\-\u2013(]{0,3}(?:number|numb?er|num|no|nr|nbr|id|code|card|is|was|ref(?:erence)?|file|record|identifier|it['\u2019]?s|the|my"
    r"|if|you|need|it|nummer|numéro|número|numero|ends|says)\b['\u2019]?s?){0,5}"
)
_VALUE = (
    r"(?P<value>(?:(?-i:[A-Z]{1,6}[ \-/]))?(?=[\w \-./]{4,})"
    r"[A-Z]{0,10}\d[\dA-Z]*(?:[ \-./][A-Z]{0,3}\d[\dA-Z]*){0,7}"
    r"(?:[ \-](?-i:[A-Z]{1,2}|[a-z]{2}(?=\s*$)))?)(?!\w)"
)
_SAID = re.compile(rf"{_CUE}{_LINK}[\s:#=.,\-\u2013(]{{1,4}}")
_NUMBER = re.compile(rf"(?<![\w]){_VALUE}", re.IGNORECASE)
_YEAR_OR_TIME = re.compile(
    r"(?:19|20)\d{2}(?:\D.*)?|\d{1,2}[ ./\-]\d{1,2}(?:[ ./\-](?:19|20)?\d{2})?"
)
# Medicare (US), codice fiscale, RAMQ, PPS, national insurance, NHI old and new, DNI, and letters
# before six figures.
_FORMS = re.compile(
    r"(?<![\w-])(?:"
    r"(?i:[1-9][ac-hj-np-rt-y][ac-hj-np-rt-y\d]\d-?[ac-hj-np-rt-y][ac-hj-np-rt-y\d]\d-?[ac-hj-np-rt-y]{2}\d{2})"
    r"|(?i:[a-z]{6}\d{2}[a-z]\d{2}[a-z]\d{3}[a-z])"
    r"|[A-Z]{4} ?\d{4} ?\d{4}"
    r"|(?i:\d{7}[a-w][a-iw]?)"
    r"|(?i:[a-ceghj-prtw-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d])"
    r"|[A-HJ-NP-Z]{3}(?:\d{4}|\d{2}[A-HJ-NP-Z]{2})"
    r"|\d{8}-?[A-Z]"
    r"|(?i:[a-z]{1,4}-?\d{6,12}[a-z]?)|[A-Z]{2,4}-?\d{5}"
    r")(?![\w-])"
)


def records(text: str) -> Iterator[Span]:
    """Find numbers of records."""
    for said in _SAID.finditer(lowered(text)):
        found = _NUMBER.match(text, said.end())
        if found is None:
            continue
        value = found.group("value")
        if sum(map(str.isdigit, value)) < 4 or _YEAR_OR_TIME.fullmatch(value):
            continue
        yield Span(found.start("value"), found.end("value"), Kind.RECORD_NUMBER)
    for found in _FORMS.finditer(text):
        yield Span(found.start(), found.end(), Kind.RECORD_NUMBER)
