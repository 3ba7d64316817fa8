"""The tokens of the conversations that were played: by them they are known and erased again."""

import hashlib
import os
from collections.abc import Collection
from pathlib import Path

NAME = "demo_tokens.txt"


class Keepsake:
    """A file of tokens, one a line, in the order in which the conversations began.

    Args:
        folder: `DORSI_HOME`.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / NAME

    def add(self, token: str) -> None:
        """Keep a token at once: what is broken off can be removed all the same."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        # Whoever has a token can read that conversation.
        with os.fdopen(os.open(self.file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as f:
            f.write(f"{token}\n")

    def tokens(self) -> list[str]:
        """All tokens that are kept."""
        return self.file.read_text().split() if self.file.exists() else []

    def hashes(self) -> frozenset[str]:
        """What the database has of them."""
        return frozenset(hashed(token) for token in self.tokens())

    def drop(self, tokens: Collection[str]) -> None:
        """Keep these no longer; without any the file goes too."""
        left = [token for token in self.tokens() if token not in tokens]
        if left:
            self.file.write_text("".join(f"{token}\n" for token in left))
        else:
            self.file.unlink(missing_ok=True)


def hashed(token: str) -> str:
    """What the gateway stores of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
