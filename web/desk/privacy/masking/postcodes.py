"""Postcodes, as each region writes them."""

import re

_UK = r"(?:(?:[a-z]{1,2}\d[a-z\d]?|gir)\s{0,2}\d[abd-hjlnp-uw-z]{2})"
_EIRCODE = r"(?:(?:[ac-fhknprtv-y]\d{2}|d6w)\s?[0-9ac-fhknprtv-y]{4})"
_CANADA = r"(?:[abceghj-nprstvxy]\d[abceghj-nprstv-z][\s-]?\d[abceghj-nprstv-z]\d)"
# What looks like a postcode: a vertebra that something is counted after («L5 1st», «C6 2wk»), and
# the walk of 25 feet.
_COUNTED = re.compile(r"[lstcbd]\d{1,2}\s+\d(?:st|nd|rd|th|hr|yr|wk|lb|ft|ng)|t25fw", re.IGNORECASE)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY"
    "|NC|ND|OH|OK|OR|PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY"
)
_LETTERED = re.compile(rf"(?<![\w/])(?:{_UK}|{_EIRCODE}|{_CANADA})(?![\w/])", re.IGNORECASE)
_STATE_ZIP = re.compile(
    rf"(?<!\w)(?:(?:{_STATES}),?\s{{1,2}}\d{{5}}(?:-\d{{4}})?|(?i:NSW|VIC|QLD|TAS|ACT)\s\d{{4}}|(?:WA|SA|NT)\s\d{{4}})(?![\w-])"
)
_SAID = re.compile(
    r"\b(?:zip(?:\s?code)?|post\s?(?:al\s)?code|p/code|eircode|plz|cap|cp)\b(?:\s?(?:is|was|it['\u2019]?s|of|here|number|no)\b)?"
    r"[\s:=.,\-\u2013(]{1,3}(?:is\s|it['\u2019]?s\s)?(?P<code>\d{5}-\d{4}|\d{4,5}(?:\s?[A-Z]{2}(?![a-z]))?|[a-z]{1,2}\d[a-z\d]?)(?!\w)",
    re.IGNORECASE,
)


def postcodes(text: str) -> list[tuple[int, int]]:
    """Where postcodes stand."""
    places = [
        found.span() for found in _LETTERED.finditer(text) if not _COUNTED.fullmatch(found.group())
    ]
    places += [found.span() for found in _STATE_ZIP.finditer(text)]
    places += [found.span("code") for found in _SAID.finditer(text)]
    return sorted(places)
