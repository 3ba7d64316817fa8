import re

import httpx
import pytest

from gateway.page import STATIC

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/static/chat.css", "text/css; charset=utf-8"),
        ("/static/chat.js", "text/javascript; charset=utf-8"),
        ("/static/icon.svg", "image/svg+xml"),
    ],
)
async def test_the_page_and_its_files_are_served(
    client: httpx.AsyncClient, path: str, content_type: str
) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == content_type
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/", "/static/chat.js", "/openapi.json", "/nothing"])
async def test_every_answer_has_the_headers_that_keep_the_page_safe(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = (await client.get(path)).headers
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_conversations_are_kept_out_of_caches(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/sessions")).headers["cache-control"] == "no-store"


def test_the_page_has_no_inline_code_and_asks_nothing_of_other_sites() -> None:
    page = (STATIC / "index.html").read_text()
    assert not re.search(r"<style|<script(?![^>]+src=)|\sstyle=|\son\w+=", page)
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith(("/static/", "#")) for address in addresses)
    assert all((STATIC / a.removeprefix("/static/")).is_file() for a in addresses if a[0] == "/")
    assert "http" not in (STATIC / "chat.css").read_text()


def test_texts_come_into_the_page_as_text_only() -> None:
    script = "".join(file.read_text() for file in STATIC.glob("*.js"))
    assert "textContent" in script
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script)


def test_every_word_the_page_asks_for_is_there() -> None:
    words = set(re.findall(r"\sdata-([a-z-]+)=", (STATIC / "index.html").read_text()))
    scripts = "".join(file.read_text() for file in STATIC.glob("*.js"))
    asked = re.findall(r"\bword\(([^)]*)", scripts)
    named = {name for call in asked for name in re.findall(r'"(\w+)"', call)}
    assert named
    assert {re.sub("[A-Z]", lambda big: f"-{big[0].lower()}", name) for name in named} <= words


def test_each_script_is_short_and_asks_only_for_scripts_that_are_there() -> None:
    for file in STATIC.glob("*.js"):
        script = file.read_text()
        assert len(script.splitlines()) < 200
        assert all((STATIC / name).is_file() for name in re.findall(r'from "\./([^"]+)"', script))


COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
PAIRS = [
    ("text", "page"), ("text", "ground"), ("text", "mine"), ("soft", "page"), ("soft", "ground"),
    ("soft", "mine"), ("link", "ground"), ("brand", "ground"), ("on-brand", "brand"),
    ("text", "soon"), ("text", "urgent"), ("soft", "soon"), ("soft", "urgent"),
    ("link", "soon"), ("link", "urgent"), ("on-emergency", "emergency"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_texts_stand_out_at_least_seven_to_one(scheme: str, text: str, ground: str) -> None:
    light, dark = (STATIC / "chat.css").read_text().split("prefers-color-scheme: dark")
    colours = dict(COLOUR.findall(light if scheme == "light" else dark))
    one, two = sorted((luminance(colours[text]), luminance(colours[ground])))
    assert (two + 0.05) / (one + 0.05) >= 7


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
