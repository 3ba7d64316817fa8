"""Every route there is, asked for by every role and by nobody: the table alone decides."""

import re

import pytest
from starlette.responses import Response
from starlette.routing import Route

from desk.access.permissions import PERMISSIONS, Permission, Role
from desk.app import create_app
from desk.routing import DeskRoute, Door, action, checked, page
from desk.settings import Settings
from tests.desk.conftest import Client, SignedIn


def every_route() -> list[DeskRoute]:
    """What the app itself has; a new route is tested without being named here."""
    return [route for route in create_app(Settings()).routes if isinstance(route, DeskRoute)]


ROUTES = every_route()
WHO = [*Role, "somebody without the second factor", "nobody"]


def allowed(route: DeskRoute, who: str) -> bool:
    """What the table says."""
    if route.needs is Door.ANYONE:
        return True
    if who == "nobody":
        return False
    if route.needs is Door.ON_THE_WAY:
        return True
    if who not in list(Role):
        return False
    return route.needs is Door.SIGNED_IN or route.needs in PERMISSIONS[Role(who)]


def address(route: DeskRoute) -> str:
    """The route's address with something for each of its parts; there is nothing of that name."""
    return re.sub(r"\{[^}:]+:(int|path|uuid|str)\}", "1", re.sub(r"\{[^}:]+\}", "1", route.path))


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_a_route_is_for_those_the_table_names_and_nobody_else(
    route: DeskRoute, who: str, desk: Client, signed_in: SignedIn
) -> None:
    client = desk
    if who in list(Role):
        client = await signed_in(who)
    elif who != "nobody":
        client = await signed_in(Role.ADMIN, passed=False)
    elif "POST" in (route.methods or ()):
        await desk.get("/nothing")
        desk.csrf = desk.cookies["desk-form"]
    if "POST" in (route.methods or ()):
        response = await client.submit(address(route))
    else:
        response = await client.get(address(route))
    at_the_door = response.headers.get("location", "").startswith("/sign-in?next=")
    at_the_door = at_the_door or response.headers.get("location") == "/sign-in"
    if allowed(route, who):
        assert response.status_code != 403
        assert response.status_code < 500
        assert not at_the_door or route.path in ("/sign-out", "/sign-in")
    elif who in list(Role):
        assert response.status_code == 403
        assert "Your role does not include it" in response.text
    else:
        assert response.status_code == 303
        assert at_the_door


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if "POST" in (route.methods or ())],
    ids=lambda route: route.name,
)
async def test_nothing_is_taken_without_its_token_or_from_elsewhere(
    route: DeskRoute, desk: Client, signed_in: SignedIn
) -> None:
    client = await signed_in(Role.ADMIN)
    token = client.csrf
    await desk.get("/nothing")
    for given in ("", desk.cookies["desk-form"], token[:-1]):
        client.csrf = given
        response = await client.submit(address(route))
        assert response.status_code == 403
        assert "out of date" in response.text
    for origin in ("https://evil.example", "null", "http://127.0.0.1:8082", ""):
        headers = {"Origin": origin} if origin else {}
        response = await client.post(address(route), data={"csrf": token}, headers=headers)
        assert response.status_code == 403
        assert "not the desk's" in response.text.replace("&#39;", "'")


@pytest.mark.parametrize("needs", [None, "read", True])
def test_there_is_no_route_without_saying_who_may_use_it(needs: object) -> None:
    for make in (page, action):
        with pytest.raises(TypeError, match="who may use /x is not said"):
            make("/x", desk_handler, needs=needs)  # type: ignore[arg-type]


def test_a_route_made_in_another_way_is_refused() -> None:
    with pytest.raises(TypeError, match="does not say who may use it"):
        checked([Route("/x", desk_handler)])


async def desk_handler(_: object) -> Response:
    return Response()


def test_every_role_and_permission_stands_in_the_table() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert PERMISSIONS[Role.ADMIN] == set(Permission)
    assert all(Permission.READ in granted for granted in PERMISSIONS.values())
    assert PERMISSIONS[Role.VIEWER] == {Permission.READ, Permission.FIGURES}
