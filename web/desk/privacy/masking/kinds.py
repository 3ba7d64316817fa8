"""What is masked, and where it stands."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a masked piece of text tells of a person."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    RECORD_NUMBER = "record_number"


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A piece of text that tells who somebody is.

    Attributes:
        start: where it begins, in characters.
        end: where the text goes on.
        kind: what it tells.
    """

    start: int
    end: int
    kind: Kind
