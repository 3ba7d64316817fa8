import gzip
import os
import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from gateway import site
from gateway.texts import ContentError

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGES = sorted(site.PAGES)
ART = "/site/leaf.svg"


@pytest.fixture
def widget(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "dorsi-chat.js").write_text("export const words = [];\n" * 100)
    (folder / "notes.txt").write_text("not for the public")
    return folder


@pytest.fixture
def served(content: Path, widget: Path) -> httpx.AsyncClient:
    """The pages and a widget that was built here."""
    app = FastAPI()
    places = site.places(content / "regions.yml")
    site.install(app, lambda: places, site.Days(kept=45, idle=3.5, session=20), widget)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://dorsi.test")


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        *((path, "text/html; charset=utf-8") for path in PAGES),
        ("/site/site.css", "text/css; charset=utf-8"),
        ("/site/site.js", "text/javascript; charset=utf-8"),
        (ART, "image/svg+xml"),
    ],
)
async def test_the_pages_and_their_files_are_served(
    client: httpx.AsyncClient, path: str, content_type: str
) -> None:
    response = await client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == content_type
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", [*PAGES, "/site/site.js", "/openapi.json", "/nothing"])
async def test_every_answer_has_the_headers_that_keep_the_page_safe(
    client: httpx.AsyncClient, path: str
) -> None:
    headers = (await client.get(path)).headers
    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


async def test_conversations_are_kept_out_of_caches(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/sessions")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [*PAGES, "/site/site.css", "/widget/dorsi-chat.js"])
async def test_what_a_browser_has_already_is_not_sent_again(
    served: httpx.AsyncClient, path: str
) -> None:
    first = await served.get(path)
    again = await served.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = await served.get(path, headers={"If-None-Match": '"another"'})
    assert other.content == first.content


async def test_the_widget_comes_squeezed_to_those_who_take_it_so(
    served: httpx.AsyncClient, widget: Path
) -> None:
    whole = (widget / "dorsi-chat.js").read_bytes()
    async with served.stream("GET", "/widget/dorsi-chat.js") as response:
        sent = b"".join([part async for part in response.aiter_raw()])
    assert response.headers["content-encoding"] == "gzip"
    assert len(sent) < len(whole) / 10
    assert gzip.decompress(sent) == whole
    plain = await served.get("/widget/dorsi-chat.js", headers={"Accept-Encoding": "gzip;q=0, br"})
    assert "content-encoding" not in plain.headers
    assert plain.content == whole
    assert plain.headers["etag"] != response.headers["etag"]
    assert plain.headers["vary"] == response.headers["vary"] == "Accept-Encoding"


async def test_a_new_build_of_the_widget_is_served_without_a_new_start(
    served: httpx.AsyncClient, widget: Path
) -> None:
    old = await served.get("/widget/dorsi-chat.js")
    (widget / "dorsi-chat.js").write_text("export const words = ['new'];")
    os.utime(widget / "dorsi-chat.js", (1, 1))
    new = await served.get("/widget/dorsi-chat.js", headers={"If-None-Match": old.headers["etag"]})
    assert (new.status_code, new.text) == (200, "export const words = ['new'];")


@pytest.mark.parametrize(
    "path",
    [
        "/widget/notes.txt",
        "/widget/../conftest.py",
        "/widget/%2e%2e/site.js",
        "/widget/..%2fsite%2fsite.js",
        "/widget/a%00b.js",
        "/widget/",
        "/site/none.js",
        "/site/pages/base.html",
        "/static/index.html",
    ],
)
async def test_nothing_else_is_served(served: httpx.AsyncClient, path: str) -> None:
    assert (await served.get(path)).status_code == 404


async def test_files_and_pages_are_for_reading_only(served: httpx.AsyncClient) -> None:
    for path in ("/", "/site/site.css"):
        assert (await served.post(path)).status_code == 405
        assert (await served.head(path)).status_code == 200


@pytest.mark.parametrize("path", PAGES)
async def test_the_pages_have_no_inline_code_and_ask_nothing_of_other_sites(
    served: httpx.AsyncClient, path: str
) -> None:
    shown = (await served.get(path)).text
    assert not re.search(r"<style|<script(?![^>]+src=)|\sstyle=|\son\w+=|javascript:", shown)
    addresses = re.findall(r'(?:src|href|action)="([^"]+)"', shown)
    assert addresses
    for address in addresses:
        if address.startswith(("#", "mailto:")):
            continue
        assert (await served.get(address)).status_code == 200, address
    for file in (site.SITE / "files").iterdir():
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", file.read_text()), file


async def test_the_chat_knows_where_the_reader_is(served: httpx.AsyncClient) -> None:
    assert 'region="GB"' in (await served.get("/")).text
    assert "call 999" in (await served.get("/")).text
    assert 'region="GB"' in (await served.get("/chat?region=gb")).text
    for address in ("/chat", '/chat?region="><script>', "/chat?region=unknown", "/chat?region="):
        shown = (await served.get(address)).text
        assert '<dorsi-chat mode="page"></dorsi-chat>' in shown
        assert "United Kingdom: <strong>999</strong>" in shown


async def test_the_page_on_privacy_says_how_long_this_server_keeps_what(
    served: httpx.AsyncClient,
) -> None:
    shown = (await served.get("/privacy")).text
    assert "45 days after the last message" in shown
    assert "for 3.5 days" in shown
    assert "20 days at most" in shown


@pytest.mark.parametrize("path", PAGES)
async def test_who_has_no_javascript_reads_whom_to_call(
    served: httpx.AsyncClient, path: str
) -> None:
    without = re.findall(r"<noscript>.*?</noscript>", (await served.get(path)).text, re.DOTALL)
    assert "999" in "".join(without)
    assert "emergency" in "".join(without)


async def test_the_footer_says_that_the_clinic_is_invented(served: httpx.AsyncClient) -> None:
    for path in PAGES:
        if path != "/chat":
            assert "Willowbrook is not a real clinic." in (await served.get(path)).text


@pytest.mark.parametrize(
    "regions", ["", "GB: {name: United Kingdom}", "GB: {name: UK, emergency: '999'}"]
)
def test_regions_that_cannot_be_used_are_one_clear_error(content: Path, regions: str) -> None:
    (content / "regions.yml").write_text(regions)
    with pytest.raises(ContentError, match=r"regions\.yml"):
        site.places(content / "regions.yml")


COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
PAIRS = [
    ("text", "page"), ("text", "ground"), ("text", "tint"), ("text", "warn"), ("soft", "page"),
    ("soft", "ground"), ("soft", "tint"), ("link", "page"), ("link", "ground"), ("link", "tint"),
    ("brand", "ground"), ("brand", "page"), ("on-brand", "brand"), ("link", "warn"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_texts_stand_out_at_least_seven_to_one(scheme: str, text: str, ground: str) -> None:
    styles = (site.SITE / "files" / "site.css").read_text()
    light, dark = styles.split("prefers-color-scheme: dark")
    colours = dict(COLOUR.findall(light if scheme == "light" else dark))
    one, two = sorted((luminance(colours[text]), luminance(colours[ground])))
    assert (two + 0.05) / (one + 0.05) >= 7


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
