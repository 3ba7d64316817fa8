"""Who asks: the user whose session's cookie came with a request."""

from dataclasses import dataclass

from starlette.requests import Request

from desk.access.permissions import PERMISSIONS, Permission, Role


@dataclass(frozen=True)
class User:
    """Somebody who works at the desk."""

    id: int
    name: str
    """What they sign in with, in small letters."""
    shown: str
    """What the others call them."""
    role: Role

    @property
    def permissions(self) -> frozenset[Permission]:
        """What they may do."""
        return PERMISSIONS[self.role]

    def may(self, permission: Permission) -> bool:
        """Whether they may do this."""
        return permission in self.permissions


@dataclass(frozen=True)
class Visitor:
    """A user in one of their sessions.

    `passed` says whether the second factor was given, `enrolled` whether the user has one,
    `must_change` whether a new password has to be chosen before anything else.
    """

    user: User
    session_id: str
    csrf: str
    passed: bool
    enrolled: bool
    must_change: bool

    @property
    def signed_in(self) -> bool:
        """Whether all that is asked at the door was given."""
        return self.passed and self.enrolled and not self.must_change


def visitor_or_none(request: Request) -> Visitor | None:
    """Who asks, signed in or only on the way; nobody knows before the route was found."""
    found = getattr(request.state, "visitor", None)
    assert found is None or isinstance(found, Visitor)
    return found


def visitor(request: Request) -> Visitor:
    """Who asks, in a route that is not for everybody."""
    found = visitor_or_none(request)
    assert found is not None, "this route is open to everybody"
    return found


def user(request: Request) -> User:
    """The user who asks, in a route that is not for everybody."""
    return visitor(request).user
