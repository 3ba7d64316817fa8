"""The secret that makes a session's token of a name which the client chose."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

FILE_NAME = "channel_secret"
BYTES = 32
# More than can end one after the other while the first is still kept.
SESSIONS = 30


def read_or_make(home: Path) -> bytes:
    """The secret of this installation; made where there is none yet.

    Args:
        home: the folder of what the gateway keeps.

    Raises:
        OSError: it can be neither read nor made.
    """
    file = home / FILE_NAME
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(file.read_text().strip())
    with os.fdopen(handle, "w") as made:
        made.write(secrets.token_hex(BYTES))
    return bytes.fromhex(file.read_text())


def tokens(secret: bytes, sender: str) -> list[str]:
    """The tokens of a sender's sessions, one after the other: of no use to who knows the name."""
    name = sender.encode("utf-8", "surrogatepass")
    return [
        hmac.new(secret, b"rest\0%d\0" % number + name, hashlib.sha256).hexdigest()
        for number in range(SESSIONS)
    ]
