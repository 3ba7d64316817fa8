"""What every answer of the desk has in common."""

import hashlib
import logging
import re
from http import HTTPStatus

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response

from desk.access.permissions import Role
from desk.app import FILES, create_app
from desk.errors import Refused
from desk.forms import clean
from desk.rendering import see_other
from desk.routing import Door, action, page
from desk.settings import Settings
from served.limits import MAX_BODY
from tests.desk.conftest import Client, SignedIn

# dist/htmx.min.js of htmx.org 2.0.11 at npm.
HTMX = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"


@pytest.mark.parametrize("path", ["/account", "/nothing", "/files/desk.css", "/healthz"])
async def test_every_answer_forbids_what_pages_do_not_need(path: str, desk: Client) -> None:
    headers = (await desk.get(path)).headers
    policy = headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "form-action 'self'"} <= set(policy)
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/files") else "no-store")


def test_no_template_has_a_script_or_style_of_its_own() -> None:
    for template in (FILES.parent / "pages").rglob("*.html"):
        text = template.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), template
        for script in re.findall(r"<script[^>]*>", text):
            assert re.search(r'src="/(files|widget)/', script), template


def test_htmx_is_the_file_that_was_published() -> None:
    assert hashlib.sha256((FILES / "htmx.min.js").read_bytes()).hexdigest() == HTMX
    assert (FILES / "LICENSE_HTMX").read_text().startswith("Zero-Clause BSD")


async def test_what_is_not_there_is_a_page_that_says_so(desk: Client) -> None:
    answer = await desk.get("/nothing")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


async def test_nobody_sees_a_menu_and_everybody_sees_their_own(
    desk: Client, signed_in: SignedIn
) -> None:
    assert "<nav" not in (await desk.get("/nothing")).text
    viewer = await (await signed_in(Role.VIEWER)).get("/account")
    assert "my account" in viewer.text
    assert "Users" not in viewer.text


async def test_somebody_signed_out_comes_back_to_what_was_asked_for(desk: Client) -> None:
    answer = await desk.get("/account", params={"a": "b&c"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Faccount%3Fa%3Db%2526c"
    part = await desk.get("/account", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in")


async def test_a_link_from_another_site_leads_on_from_a_page_of_the_desk(desk: Client) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    arriving = await desk.get("/account?a=1&b=2", headers=headers)
    assert arriving.status_code == 200
    assert 'content="0; url=/account?a=1&amp;b=2"' in arriving.text
    again = await desk.get("/account", headers={"Sec-Fetch-Site": "same-origin"})
    assert again.status_code == 303


async def test_too_long_a_form_is_refused(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)
    answer = await client.submit("/sign-out", more="x" * MAX_BODY)
    assert answer.status_code == 413
    assert "send less" in answer.text


async def test_what_is_no_form_is_refused(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)
    headers = {"Origin": "http://127.0.0.1:8081"}
    assert (await client.post("/sign-out", json={"a": 1}, headers=headers)).status_code == 415
    many = "&".join(f"f{n}=1" for n in range(2000))
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    assert (await client.post("/sign-out", content=many, headers=headers)).status_code == 400


def test_forms_lose_what_no_text_needs() -> None:
    assert clean("a\x00b\r\nc\rd\te\x1b") == "ab\nc\nd\te"


async def test_a_failure_is_a_page_without_its_insides_and_a_line_without_the_words(
    desk_settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(request: Request) -> Response:
        raise RuntimeError("my secret words")

    app = create_app(desk_settings)
    app.router.routes.insert(0, page("/fails/{what}", fails, needs=Door.ANYONE))
    with caplog.at_level(logging.INFO):
        async with app.router.lifespan_context(app), Client(app) as client:
            answer = await client.get("/fails/words?q=secret")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.text
    assert "secret" not in answer.text
    lines = [record for record in caplog.records if record.name == "desk.requests"]
    assert [getattr(line, "path", "") for line in lines] == ["/fails/{what}"] * 2


async def test_a_refusal_says_its_own_words_and_nothing_of_it_is_markup(
    desk_settings: Settings,
) -> None:
    async def refuses(request: Request) -> Response:
        raise Refused(HTTPStatus.CONFLICT, "That is <b>taken</b>.")

    app = create_app(desk_settings)
    app.router.routes.insert(0, page("/refuses", refuses, needs=Door.ANYONE))
    async with app.router.lifespan_context(app), Client(app) as client:
        answer = await client.get("/refuses")
    assert answer.status_code == 409
    assert "That is &lt;b&gt;taken&lt;/b&gt;." in answer.text


async def test_what_an_action_has_to_say_is_said_once(desk_settings: Settings) -> None:
    async def act(request: Request) -> Response:
        return see_other(request, "/nothing", "It is saved; <all> of it, già.")

    app = create_app(desk_settings)
    app.router.routes.insert(0, action("/act", act, needs=Door.ANYONE))
    async with app.router.lifespan_context(app), Client(app) as client:
        await client.get("/nothing")
        client.csrf = client.cookies["desk-form"]
        answer = await client.submit("/act")
        assert (answer.status_code, answer.headers["location"]) == (303, "/nothing")
        assert "It is saved; &lt;all&gt; of it, già." in (await client.get("/nothing")).text
        assert "It is saved" not in (await client.get("/nothing")).text


@pytest.mark.parametrize(
    ("url", "chosen", "name"),
    [
        ("http://127.0.0.1:8081", None, "desk-form"),
        ("http://localhost:8081", None, "desk-form"),
        ("http://[::1]:8081", None, "desk-form"),
        ("https://127.0.0.1:8081", None, "__Host-desk-form"),
        ("http://desk.example", None, "__Host-desk-form"),
        ("https://desk.example", None, "__Host-desk-form"),
        ("http://desk.example", False, "desk-form"),
        ("http://127.0.0.1:8081", True, "__Host-desk-form"),
    ],
)
async def test_cookies_are_for_https_alone_but_on_this_machine(
    url: str, chosen: bool | None, name: str, desk_settings: Settings
) -> None:
    app = create_app(desk_settings.model_copy(update={"desk_secure_cookies": chosen}))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=url) as client:
            cookie = (await client.get("/nothing")).headers["set-cookie"]
    assert cookie.startswith(f"{name}=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert ("Secure" in cookie) == name.startswith("__Host-")


async def test_a_number_of_thousands_of_digits_is_an_address_of_nothing(desk: Client) -> None:
    assert (await desk.get("/conversations/" + "9" * 5000)).status_code == 404
