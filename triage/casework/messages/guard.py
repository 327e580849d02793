"""Where a webhook may go: an https address of a named host all of whose addresses are of the public internet.

The text is refused before any name is asked for; then every address the name leads to is looked at, and the connection
is made to the one that was looked at, so that a name that answers otherwise a moment later changes nothing. Source:
security page 4.4; OWASP on server-side request forgery.
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

LONGEST: Final = 500
PORTS: Final = frozenset({443, 8443})
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_INNER: Final = frozenset(
    {"local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion",
     "test", "invalid", "example", "alt"}
)  # fmt: skip
"""Last words of names that are not of the public internet (RFC 6761, 6762, 8375, 9476, and those in common use)."""
_THROUGH: Final = tuple(
    map(
        ip_network,
        ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10",
         "192.88.99.0/24", "3fff::/20"),
    )
)  # fmt: skip
"""Addresses that carry an IPv4 address or a place of one's own inside, relay to one (RFC 7526), or are for writings
alone (RFC 9637): refused whatever they carry. A network of the other version holds no address."""

Resolve = Callable[[str, int], Sequence[str]]


class Forbidden(ValueError):
    """An address to which nothing is sent; the message is one word of why, and repeats nothing of it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to connect: the host to be named and proved, the port, the path with its query."""

    host: str
    port: int
    path: str


def read_target(url: str, *, loopback: bool = False) -> Target:
    """Read the address of a webhook. `loopback`: this machine too, for demonstrations and tests. Raises `Forbidden`."""
    if len(url) > LONGEST or not url.isascii() or any(not sign.isprintable() or sign in ' "<>\\^`{|}' for sign in url):
        raise Forbidden("signs")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError:
        raise Forbidden("address") from None
    if parts.scheme != "https" or not url.startswith("https://"):
        raise Forbidden("scheme")
    if "@" in parts.netloc or "#" in url:
        raise Forbidden("address")
    if not (loopback and host == "localhost"):
        _require_public_name(host)
        if port not in PORTS:
            raise Forbidden("port")
    return Target(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def public_address(target: Target, resolve: Resolve | None = None, *, loopback: bool = False) -> str:
    """The address to connect to. One that is not public forbids the whole name. Raises `Forbidden`, `OSError`."""
    found = (resolve or resolved)(target.host, target.port)
    if not found:
        raise Forbidden("no-address")
    for one in found:
        address = ip_address(one.partition("%")[0])
        if not (is_public(address) or (loopback and target.host == "localhost" and address.is_loopback)):
            raise Forbidden("not-public")
    return found[0]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is of the public internet and carries no other inside."""
    if any(address in network for network in _THROUGH):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolved(host: str, port: int) -> Sequence[str]:
    """Every address of a name, as the machine resolves it. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def _require_public_name(host: str) -> None:
    """A name of at least two words in ASCII, whose last is no number: so no address in any spelling is a name."""
    labels = host.split(".")
    if len(host) > 253 or len(labels) < 2 or not all(_LABEL.fullmatch(one) for one in labels):
        raise Forbidden("host")
    if not labels[-1][0].isalpha() or labels[-1] in _INNER:
        raise Forbidden("host")
