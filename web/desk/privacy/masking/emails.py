"""Addresses of e-mail, names on networks, and links to a person's page."""

import re
from collections.abc import Iterator

from desk.privacy.masking.kinds import Kind, Span

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w.+-])[\w.+-]{1,64}\s?(?:\(at\)|\[at\]|\sat\s)\s?[\w-]{2,40}\s?(?:\.|\sdot\s)\s?(?:com?|net|org|ie|uk|de|fr)\b"
    r"(?:(?:\.|\sdot\s)(?:uk|au|nz)\b)?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:https?://)?(?:[a-z]{1,3}\.)?(?:facebook|fb|instagram|twitter|x|tiktok|threads|snapchat|linkedin|bsky|t)\."
    r"(?:com|me|net|app|social)/@?[\w.%+@-]{2,80}(?:/[\w.%+@-]{1,80}){0,4}",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{2,40}(?<!\.)")
_CALLED = re.compile(
    r"\b(?:insta(?:gram)?|twitter|tiktok|snap(?:chat)?|skype|discord|facebook)\s"
    r"(?:(?:is|name|handle|user(?:name)?|id|as|under|me|at|on)\s){0,3}[:\s]?"
    r"((?=[\w.-]*[\d_.])[A-Za-z][\w.-]{3,40})",
    re.IGNORECASE,
)


def emails(text: str) -> Iterator[Span]:
    """Find what reaches a person over the net."""
    for pattern in (_EMAIL, _PAGE, _HANDLE):
        for found in pattern.finditer(text):
            yield Span(found.start(), found.end(), Kind.EMAIL)
    for found in _CALLED.finditer(text):
        yield Span(found.start(1), found.end(1), Kind.EMAIL)
