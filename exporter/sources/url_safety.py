"""Addresses on the web: which are meant, where they lead, and whether a page from outside may lead there.

A name is resolved once, its addresses are checked, and the connection is made to one of those that passed, so that a
name server cannot answer the check with one address and the connection with another (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import msgspec

from exporter.errors import SourceError

_DEFAULT_PORTS = {"http": 80, "https": 443}
_IPV4_EMBEDDING_NETWORKS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "::/96")))
"""Networks whose last 32 bits are an IPv4 address (RFC 6052, and RFC 4291's compatible ones of old)."""

_UNQUOTED_CHARS = "!#$%&'()*+,/:;=?@[]~"
"""What a URL's path and query may hold unquoted (RFC 3986), and the percent signs of what is quoted already."""


class Address(msgspec.Struct, frozen=True):
    """A URL taken apart: `host` in ASCII, `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        """The whole URL, in ASCII."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_url(url: str, base: str = "") -> Address:
    """Take a URL apart, relative to `base` where it is given; raises `SourceError` for all but http and https."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
        if host and not host.isascii():
            host = host.encode("idna").decode()
    except ValueError as error:
        raise _address_error(url, f"BadAddress: {error}") from error
    if scheme not in _DEFAULT_PORTS:
        raise _address_error(url, "BadAddress: it is no http or https address", _DOWNLOAD_FIRST)
    if not host:
        raise _address_error(url, "BadAddress: it names no host")
    if parts.username is not None:
        raise _address_error(url, "BadAddress: it holds a user's name")
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return Address(scheme, host, port or _DEFAULT_PORTS[scheme], quote(target, safe=_UNQUOTED_CHARS))


def resolve_host(address: Address, *, private: bool) -> list[str]:
    """Return the IP addresses of a host that may be reached, best first.

    Raises `SourceError` where all of them are private and `private` is False, `OSError` where there is none.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a name that no name server can be asked for
        raise _address_error(address.url, f"BadAddress: {error}") from error
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [number for number in numbers if private or is_public_ip(number)]
    if not allowed:
        raise SourceError(
            "fetching",
            address.url,
            f"PrivateAddress: {address.host} is on this machine or its own network ({numbers[0]})",
            "Set 'private_addresses' under [input] in exporter.toml if you trust this source.",
        )
    return allowed


def is_public_ip(number: str) -> bool:
    """Whether an IP address belongs to the public internet, any IPv4 address inside it included."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if any(address in network for network in _IPV4_EMBEDDING_NETWORKS):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public_ip(str(inner))
    return address.is_global and not address.is_multicast


_COPY_FROM_BROWSER = "Give the address as your browser shows it."
_DOWNLOAD_FIRST = "Download it with a program that knows such addresses, and name that file."


def _address_error(url: str, cause: str, remedy: str = _COPY_FROM_BROWSER) -> SourceError:
    return SourceError("fetching", url, cause, remedy)
