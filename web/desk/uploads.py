"""Forms that files come with: their parts, as a browser sends them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser

ENCODING = "multipart/form-data"


class NoForm(ValueError):
    """It cannot be read as a form."""


@dataclass(frozen=True)
class Part:
    """One field of a form.

    Attributes:
        name: what the form calls it.
        is_file: whether it is a file, though it may be an empty one.
        content: its bytes.
    """

    name: str
    is_file: bool
    content: bytes


def parts(kind: str, body: bytes, most: int) -> Sequence[Part]:
    """The fields of a form.

    Args:
        kind: the header that says what the body is, with the mark that parts the fields.
        body: what was sent.
        most: how many fields there may be.

    Raises:
        NoForm: it is none, or has too many fields.
    """
    head = f"Content-Type: {kind}\r\n\r\n".encode("ascii", "replace")
    form = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    if not form.is_multipart():
        raise NoForm
    found = []
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(content, bytes):
            found.append(Part(name, part.get_filename() is not None, content))
        if len(found) > most:
            raise NoForm
    return found
