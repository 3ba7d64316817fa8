"""The second factor: six digits that change every half minute (TOTP, RFC 6238).

The secret is kept as it is. It has to be known to compare codes, and a key beside the database
would lie on the same machine; so whoever can read the database has to be kept out of it anyway.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

import pyotp
import segno

ISSUER = "Dorsi desk"
STEP_SECONDS = 30
# Telephones go wrong by some seconds, and typing takes some.
NEIGHBOURS = 1
DIGITS = 6


@dataclass(frozen=True)
class Enrolment:
    """What a telephone has to learn."""

    secret: str
    uri: str
    picture: str
    """The address as a QR code: an SVG as a `data:` address."""

    @property
    def in_groups(self) -> str:
        """The secret to be typed, in groups of four."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


def offered(token: str, name: str) -> Enrolment:
    """What is offered in a session, the same however often the page is loaded.

    It is derived from the session's token, which only the browser has, so that nothing has to be
    kept until it is confirmed. The token changes then, and the secret is not offered again.

    Args:
        token: the session's token.
        name: what the user signs in with.
    """
    mixed = hmac.digest(token.encode(), b"the second factor that is offered", hashlib.sha256)
    secret = base64.b32encode(mixed[:20]).decode()
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    picture = segno.make(uri, error="m").svg_data_uri(scale=5, border=4, light="white")
    return Enrolment(secret, uri, picture)


def step_of(secret: str, code: str, last: int, at: datetime) -> int | None:
    """The step of time that a code belongs to, if it may be taken.

    Args:
        secret: what the telephone knows, too.
        code: what was typed.
        last: the last step whose code was taken; none before or at it is taken again.
        at: the present moment.
    """
    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()):
        return None
    totp, present = pyotp.TOTP(secret), int(at.timestamp()) // STEP_SECONDS
    for step in range(present - NEIGHBOURS, present + NEIGHBOURS + 1):
        if step > last and hmac.compare_digest(totp.generate_otp(step), digits):
            return step
    return None
