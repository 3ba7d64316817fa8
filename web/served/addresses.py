"""What an address is counted as."""

import ipaddress

# One person, or a household, has all the addresses of such a network.
IPV6_NETWORK = 64


def network(address: str) -> str:
    """What an address is counted as: itself, or the IPv6 network that it is one of."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))
