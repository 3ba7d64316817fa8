"""Files that come with a form are had as they were sent, and only where a route takes any."""

from contextlib import suppress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.uploads import NoForm, Part, parts


def sent(files: dict[str, bytes], fields: dict[str, str]) -> tuple[str, bytes]:
    """What a browser makes of a form."""
    named = {name: ("my file.csv", content, "text/csv") for name, content in files.items()}
    request = httpx.Request("POST", "http://desk.example", data=fields, files=named)
    return request.headers["content-type"], request.read()


@given(content=st.binary(max_size=400), text=st.text(max_size=40))
def test_every_file_and_every_field_comes_as_it_was_sent(content: bytes, text: str) -> None:
    words = text.encode("utf-8", "replace")
    kind, body = sent({"file": content}, {"words": words.decode()})
    assert {part.name: part for part in parts(kind, body, 10)} == {
        "words": Part("words", False, words),
        "file": Part("file", True, content),
    }


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        ("multipart/form-data; boundary=b", b""),
        ("text/plain", b"hello"),
        ("multipart/form-data; boundary=\u00e4", b"x"),
    ],
)
def test_what_is_no_form_is_none(kind: str, body: bytes) -> None:
    with suppress(NoForm):
        assert list(parts(kind, body, 10)) == []


def test_a_form_has_only_so_many_fields() -> None:
    kind, body = sent({str(number): b"" for number in range(12)}, {})
    with pytest.raises(NoForm):
        parts(kind, body, 10)


@given(st.binary(max_size=300))
def test_no_body_is_odd_enough_to_fail(body: bytes) -> None:
    with suppress(NoForm):
        parts("multipart/form-data; boundary=b", b"--b\r\n" + body + b"\r\n--b--\r\n", 10)
