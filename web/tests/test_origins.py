import httpx
import pytest

from gateway.settings import Settings
from tests.conftest import Patient, arrive, serving

LISTED = "https://clinic.example"
OTHER = "https://other.example"
OURS = "http://dorsi"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings that list one site."""
    return settings.model_copy(update={"dorsi_origins": frozenset({LISTED})})


async def open_session(client: httpx.AsyncClient, origin: str | None) -> httpx.Response:
    headers = {"Origin": origin} if origin else {}
    return await client.post("/api/sessions", headers=headers)


@pytest.mark.parametrize("origin", [None, OURS, "https://dorsi", LISTED])
async def test_our_own_pages_and_those_of_listed_sites_may_use_the_api(
    client: httpx.AsyncClient, origin: str | None
) -> None:
    assert (await open_session(client, origin)).status_code == 201


@pytest.mark.parametrize(
    "origin",
    [OTHER, "null", "", "http://clinic.example", f"{LISTED}.evil", f"{LISTED}:444", "file://"],
)
async def test_pages_of_other_sites_may_not(client: httpx.AsyncClient, origin: str) -> None:
    response = await client.post("/api/sessions", headers={"Origin": origin})
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "origin_not_allowed"
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("path", ["/api/messages", "/api/session", "/api/help", "/api/nothing"])
async def test_other_sites_are_refused_whatever_they_read(
    client: httpx.AsyncClient, path: str
) -> None:
    response = await client.get(path, headers={"Origin": OTHER})
    assert response.status_code == 403
    assert response.headers["vary"] == "Origin"


async def test_pages_of_listed_sites_may_read_the_answers_errors_too(patient: Patient) -> None:
    patient.client.headers["Origin"] = LISTED
    for response in (
        await patient.send("hello"),
        await patient.client.get("/api/messages"),
        await patient.client.get("/api/help"),
    ):
        assert response.headers["access-control-allow-origin"] == LISTED
        exposed = response.headers["access-control-expose-headers"]
        assert exposed == "Retry-After, Content-Disposition"
        assert "access-control-allow-credentials" not in response.headers


async def test_a_preflight_of_a_listed_site_is_told_what_it_may_send(
    client: httpx.AsyncClient,
) -> None:
    response = await preflight(client, LISTED)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == LISTED
    allowed = response.headers["access-control-allow-headers"]
    assert allowed == "Authorization, Content-Type, Last-Event-ID"
    assert response.headers["access-control-allow-methods"] == "GET, POST, DELETE"


@pytest.mark.parametrize("origin", [OTHER, "null"])
async def test_a_preflight_of_another_site_is_told_nothing(
    client: httpx.AsyncClient, origin: str
) -> None:
    response = await preflight(client, origin)
    assert response.status_code == 204
    assert not [name for name in response.headers if name.startswith("access-control")]


async def preflight(client: httpx.AsyncClient, origin: str) -> httpx.Response:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    return await client.options("/api/messages", headers=headers)


async def test_options_that_are_no_preflight_are_answered_as_before(
    client: httpx.AsyncClient,
) -> None:
    assert (await client.options("/api/messages")).status_code == 405


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/pictures/ankle/1.svg", "cross-origin"),
        ("/widget/dorsi-chat.js", "cross-origin"),
        ("/", "same-origin"),
        ("/api/help", "same-origin"),
        ("/openapi.json", "same-origin"),
    ],
)
async def test_other_sites_may_show_the_widget_and_the_pictures_alone(
    client: httpx.AsyncClient, path: str, policy: str
) -> None:
    response = await client.get(path, headers={"Origin": LISTED})
    assert response.headers["cross-origin-resource-policy"] == policy
    shared = not path.startswith(("/openapi",)) and path != "/"
    assert ("access-control-allow-origin" in response.headers) == shared


async def test_the_page_itself_is_shown_whoever_links_to_it(client: httpx.AsyncClient) -> None:
    assert (await client.get("/", headers={"Origin": OTHER})).status_code == 200


async def test_nothing_is_listed_by_default(settings: Settings) -> None:
    settings = settings.model_copy(update={"dorsi_origins": frozenset()})
    async with serving(settings) as client:
        assert (await open_session(client, LISTED)).status_code == 403
        await arrive(client)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", set()),
        ("https://a.example", {"https://a.example"}),
        (" https://A.example/ , http://b.example:8080,", {"https://a.example", "http://b.example:8080"}),
        ("http://[::1]:3000", {"http://[::1]:3000"}),
    ],
)  # fmt: skip
def test_origins_are_listed_with_commas(
    monkeypatch: pytest.MonkeyPatch, written: str, read: set[str]
) -> None:
    monkeypatch.setenv("DORSI_ORIGINS", written)
    assert Settings().dorsi_origins == read


@pytest.mark.parametrize("written", ["*", "null", "a.example", "https://a.example/chat"])
def test_what_is_no_origin_is_named(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("DORSI_ORIGINS", written)
    with pytest.raises(ValueError, match="is no origin"):
        Settings()
