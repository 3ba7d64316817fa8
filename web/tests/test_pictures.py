"""The exercises' pictures."""

from pathlib import Path

import httpx
import pytest

PICTURE = "<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture
def pictures(content: Path) -> Path:
    folder = content / "exercises" / "pictures"
    (folder / "toe_raise" / "deeper").mkdir(parents=True)
    for name in ("toe_raise/1.svg", "toe_raise/notes.txt", "toe_raise/a.svg", "1.svg"):
        (folder / name).write_text(PICTURE)
    (folder / "toe_raise" / "deeper" / "1.svg").write_text(PICTURE)
    (folder.parent / "2.svg").write_text("not for everyone")
    (folder / "toe_raise" / "3.svg").symlink_to(content / "regions.yml")
    return folder


async def test_a_picture_is_served_with_the_pages_headers(
    client: httpx.AsyncClient, pictures: Path
) -> None:
    response = await client.get("/pictures/toe_raise/1.svg")
    assert (response.status_code, response.text) == (200, PICTURE)
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["cache-control"] == "no-cache"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_a_picture_the_browser_has_is_not_sent_again(
    client: httpx.AsyncClient, pictures: Path
) -> None:
    etag = (await client.get("/pictures/toe_raise/1.svg")).headers["etag"]
    again = await client.get("/pictures/toe_raise/1.svg", headers={"If-None-Match": etag})
    assert (again.status_code, again.text) == (304, "")


@pytest.mark.parametrize(
    "path",
    [
        "toe_raise/2.svg", "toe_raise/notes.txt", "toe_raise/a.svg", "1.svg", "toe_raise/",
        "toe_raise", "toe_raise/deeper/1.svg", "../2.svg",
        "%2e%2e/2.svg", "..%2f2.svg", "toe_raise/..%2f..%2f2.svg", "toe_raise/%2e%2e/%2e%2e/2.svg",
        "..%5c2.svg", "/etc/passwd", "toe_raise/1.svg%00", "toe_raise/1.svg%0a", "Toe_raise/1.svg",
        "toe_raise/%D9%A1.svg", "toe_raise/3.svg",
    ],
)  # fmt: skip
async def test_nothing_else_is_served(client: httpx.AsyncClient, pictures: Path, path: str) -> None:
    response = await client.get(f"http://dorsi/pictures/{path}")
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


async def test_content_without_pictures_is_content_too(client: httpx.AsyncClient) -> None:
    assert (await client.get("/pictures/toe_raise/1.svg")).status_code == 404
