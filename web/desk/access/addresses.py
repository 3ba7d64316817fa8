"""Where a request comes from, and whether its cookies are for HTTPS alone."""

import ipaddress

from starlette.requests import Request

from desk.services import services

UNKNOWN = "unknown"
LONGEST = 64


def address(request: Request) -> str:
    """The visitor's address as the server, or a proxy it trusts, says it."""
    try:
        # A proxy may pass on whatever it was told.
        return str(ipaddress.ip_address(request.client.host if request.client else ""))[:LONGEST]
    except ValueError:
        return UNKNOWN


def needs_https(request: Request) -> bool:
    """Whether cookies are only for HTTPS: always, but for plain HTTP on this machine itself."""
    chosen = services(request).settings.desk_secure_cookies
    if chosen is not None:
        return chosen
    return request.url.scheme == "https" or not _is_this_machine(request.url.hostname or "")


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
