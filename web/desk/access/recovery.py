"""Codes that stand in for the second factor, each once, where a telephone is lost."""

import base64
import hashlib
import secrets

from sqlalchemy import Connection, delete, func, insert, select, update

from records.base import now
from records.people import RecoveryCode

HOW_MANY = 10
_BYTES = 10  # 80 random bits, so that a fast hash is safe


def renew(connection: Connection, user_id: int) -> list[str]:
    """Give a user new codes in place of all they had, to be shown once."""
    forget(connection, user_id)
    codes = [readable() for _ in range(HOW_MANY)]
    connection.execute(
        insert(RecoveryCode), [{"user_id": user_id, "code_hash": _hashed(code)} for code in codes]
    )
    return codes


def use(connection: Connection, user_id: int, code: str) -> bool:
    """Use a code up, if the user has such a one left."""
    used = connection.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user_id,
            RecoveryCode.code_hash == _hashed(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
    )
    return used.rowcount == 1


def left(connection: Connection, user_id: int) -> int:
    """How many codes a user has left."""
    unused = RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    return connection.execute(select(func.count()).where(*unused)).scalar_one()


def forget(connection: Connection, user_id: int) -> None:
    """Take a user's codes away."""
    connection.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))


def readable() -> str:
    """80 random bits as a person can type them, such as `x2fa-7kqd-m3ow-2yhc`."""
    text = base64.b32encode(secrets.token_bytes(_BYTES)).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _hashed(code: str) -> str:
    letters = "".join(character for character in code.lower() if character.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
