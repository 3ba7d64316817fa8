"""Numbers of telephones and of records."""

import re
from collections.abc import Iterator

from desk.privacy.masking.dates import DATE
from desk.privacy.masking.kinds import Kind, Span

_RUN = re.compile(
    r"(?<![\w£$€.,/])(?:\(?\+\s?)?\(?\d(?:[ \u00a0()./\u2013-]{0,3}\d){4,18}"
    r"(?:\s?(?:x|ext\.?|extension)\s?\d{1,5})?(?!\w|[.,]\d)(?!\s?[%°])"
)
_UNITS = re.compile(
    r"\s{0,2}(?:m?c?g|ml|iu|units?|steps?|people|years?|yrs?|km|miles?|met(?:er|re)s?|pounds?|quid|dollars?"
    r"|euros?|reps?|times|hours?|hrs?|min(?:ute)?s?|m/s|lbs?|kgs?|am|pm|calories|kcal)\b",
    re.IGNORECASE,
)
_PHONE_CUE = re.compile(
    r"\b(?:(?:tele)?phone|tel|mob(?:ile)?|cell|ph|fax|landline|numbers?|no|nr|call|ring|text|txt|whats\s?app|reach|contact|dial|on|at"
    r"|handy|portable|móvil|telefon\w*|gsm)\b[^\w\n]{0,3}(?:(?:me|us|him|her|is|on|at|number|no|its|it['\u2019]s|or|my|for)\b[^\w\n]{1,3}){0,4}\(?\+?\(?$",
    re.IGNORECASE,
)
_SAY_PHONE = re.compile(
    r"phone|tel|mob|cell|ph|landline|call|ring|text|txt|whats|reach|contact|dial|number", re.I
)
# Free and shared lines belong to services, never to a patient: 0800 and 03 in the United Kingdom,
# 1800 in Ireland and Australia, 800 and its sisters in North America, 0508 in New Zealand, 116 in
# Europe.
_SERVICE = re.compile(
    r"(?:(?:44|0|440)(?:80[08]\d{6,7}|(?:3\d\d|84[345]|87[0123])\d{7})|0800\d{4,7}|0508\d{6}|1?8(?:00|33|44|55|66|77|88)\d{7}"
    r"|1[38]00\d{6}|13\d{4}|1850\d{6}|1890\d{6}|116\d{3}|1737|111|112|999|911|988|811|000)"
)
_YEARS = re.compile(r"(?:(?:19|20)\d{2}\D{1,3})+(?:(?:19|20)\d{2}|\d{2})\D?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .]000)+|(?:\d{1,2}00\D{1,3})+\d{1,2}00|[1-9]\d?0{4,}")
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the check digit of the NHS (modulus 11)."""
    if len(digits) != 10:
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check % 11 == int(digits[9]) and check != 10


def numbers(text: str) -> Iterator[Span]:
    """Find long numbers that can only be a telephone's or a record's."""
    for found in _RUN.finditer(text):
        run = found.group()
        digits = re.sub(r"\D", "", run)
        if _plain(text, run, digits, found):
            continue
        before = text[max(0, found.start() - 40) : found.start()]
        said = _PHONE_CUE.search(before)
        if len(digits) < 7 and not (said and _SAY_PHONE.search(said.group()) and len(digits) > 4):
            continue
        record = not said and _of_record(run, digits)
        kind = Kind.RECORD_NUMBER if record else Kind.PHONE
        yield Span(found.start(), found.end(), kind)


def _plain(text: str, run: str, digits: str, found: re.Match[str]) -> bool:
    """Whether a run of digits is a date, years, an amount, a count or a service's number."""
    without_dates = DATE.sub("", run)
    groups = re.findall(r"\d+", run)
    short = len(digits) < 9 and max(map(len, groups)) < 4 and run[0] not in "+(0"
    small = max(map(len, groups)) <= 2 and run[0] not in "+(0"
    dotted = "." in run and any(len(group) == 1 for group in groups) and run[0] not in "+(0"
    return (
        (without_dates != run and sum(map(str.isdigit, without_dates)) < 7)
        or _YEARS.fullmatch(run) is not None
        or _THOUSANDS.fullmatch(run) is not None
        or _SERVICE.fullmatch(digits) is not None
        or (len(digits) < 9 and _UNITS.match(text, found.end()) is not None)
        or small
        or short
        or dotted
        or "/" in run[:3]
    )


def _of_record(run: str, digits: str) -> bool:
    if _SSN.fullmatch(run) or is_nhs_number(digits):
        return True
    if run[0] in "+(0":
        return False
    return len(digits) in (8, 9) or len(digits) > 11 or (len(digits) == 11 and digits[0] != "1")
