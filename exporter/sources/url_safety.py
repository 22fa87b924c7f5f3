"""URL safety: parses URLs, resolves hosts, and refuses private IP addresses (server-side request forgery).

A host is resolved once, its IP addresses are checked, and the connection is made to one that passed: a name server
cannot give one address to the check and another to the connection (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import msgspec

from exporter.errors import SourceError
from exporter.sources.name_lookup import look_up

_DEFAULT_PORTS = {"http": 80, "https": 443}
_IPV4_EMBEDDING_NETWORKS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "::/96")))
"""Networks whose last 32 bits are an IPv4 address: RFC 6052, and the compatible addresses of RFC 4291."""

_GLOBAL_UNICAST, _DOCUMENTATION = map(ipaddress.ip_network, ("2000::/3", "3fff::/20"))
"""The IPv6 addresses of the public internet (RFC 4291), and those in them of examples (RFC 9637).

Python's own list lacks NAT64 of local networks, site-local and segment-routing addresses, and IPv4-translated ones.
"""

_UNQUOTED_CHARS = "!#$%&'()*+,/:;=?@[]~"
"""Characters of a path and query that are not quoted: those of RFC 3986, and the percent sign of quoted ones."""


class Address(msgspec.Struct, frozen=True):
    """The parts of a URL: `host` is ASCII (IDNA), `target` is the path and the query."""

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
        """The host, with the port unless it is the default one of the scheme."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_url(url: str, base: str = "") -> Address:
    """Parse a URL, relative to `base` unless that is empty; raises `SourceError` unless it is http or https."""
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
        if host and not host.isascii():
            host = host.encode("idna").decode()
    except ValueError as error:
        raise _address_error(url, "its host or port is not valid") from error
    if scheme not in _DEFAULT_PORTS:
        raise _address_error(url, "it is not an http or https address", _DOWNLOAD_FIRST)
    if not host:
        raise _address_error(url, "it has no host")
    if parts.username is not None:
        raise _address_error(url, "it contains a user name")
    target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return Address(scheme, host, port or _DEFAULT_PORTS[scheme], quote(target, safe=_UNQUOTED_CHARS))


def resolve_host(address: Address, seconds: float, *, private: bool) -> list[str]:
    """Return the IP addresses of a host, in the system's order; private ones only if `private` is true.

    Raises `SourceError` if all of them are private and may not be used, `OSError` if the host is unknown, or if there
    is no answer within the seconds.
    """
    try:
        ip_addresses = look_up(address.host, address.port, seconds)
    except UnicodeError as error:  # a name with a part that is empty or longer than 63 characters
        raise _address_error(address.url, "its host is not a valid name") from error
    allowed = [ip_address for ip_address in ip_addresses if private or is_public_ip(ip_address)]
    if not allowed:
        raise SourceError(
            "fetching",
            address.url,
            f"PrivateAddress: {address.host} is on this machine or in its local network ({ip_addresses[0]})",
            "Set 'private_addresses' under [input] in exporter.toml if you trust this source.",
        )
    return allowed


def is_public_ip(text: str) -> bool:
    """Whether an IP address, and any IPv4 address embedded in it, belongs to the public internet."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if any(address in network for network in _IPV4_EMBEDDING_NETWORKS):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public_ip(str(inner))
        if address not in _GLOBAL_UNICAST or address in _DOCUMENTATION:
            return False
    return address.is_global and not address.is_multicast


_COPY_FROM_BROWSER = "Give the address as your browser shows it."
_DOWNLOAD_FIRST = "Download it with a program that opens such addresses, and name that file."


def _address_error(url: str, reason: str, remedy: str = _COPY_FROM_BROWSER) -> SourceError:
    return SourceError("fetching", url, f"BadAddress: {reason}", remedy)
