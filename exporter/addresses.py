"""Addresses within a container: what a page means by `src="a%20b.png"` among the files that came with it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urldefrag, urljoin


class AddressIndex:
    """The addresses of the files of a container: paths, URLs, or ``cid:`` and an ID."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._addresses = set(addresses)
        self._by_name: dict[str, list[str]] = {}
        for address in self._addresses:
            self._by_name.setdefault(posixpath.basename(address).lower(), []).append(address)

    def __bool__(self) -> bool:
        return bool(self._addresses)

    def find(self, address: str, location: str) -> str | None:
        """Return the container's address for one that stands in a page at `location`, or None.

        A path may have backslashes, percent signs and a query. Of a path on the disk of another machine
        (``file:///C:/``) the end counts, and the root of a site may be any folder above the page. A bare name is
        searched in all folders, as note apps do.
        """
        if not address or address[:5].lower() == "data:":
            return None
        slashed = address.strip().replace("\\", "/")
        plain = unquote(slashed.partition("#")[0].partition("?")[0])
        for place in (*_join(location, slashed), *_iter_tails(plain, location), *_iter_roots(plain, location)):
            if place in self._addresses:
                return place
        same_name = [] if "/" in plain else self._by_name.get(plain.lower(), [])
        return same_name[0] if len(same_name) == 1 else None


def _join(location: str, address: str) -> Iterator[str]:
    """Yield the absolute forms of an address: as written, decoded, and without its query."""
    try:
        joined = urldefrag(urljoin(location, address))[0]
    except ValueError:
        joined = address
    for place in (joined, unquote(joined), unquote(joined.partition("?")[0])):
        yield place if ":" in place else posixpath.normpath(place).lstrip("/")


def _iter_tails(path: str, location: str) -> Iterator[str]:
    """Yield the ends of a path on another machine, relative to the folder of a location, the longest first."""
    if path.lower().startswith("file:") or path[1:2] == ":":
        steps = path.split("/")
        for begin in range(1, len(steps)):
            yield posixpath.join(posixpath.dirname(location), *steps[begin:])


def _iter_roots(path: str, location: str) -> Iterator[str]:
    """Yield a path from the root of a site in each folder above a location, the nearest first."""
    folder = posixpath.dirname(location)
    while path.startswith("/") and folder.strip("/"):
        yield posixpath.join(folder, path.lstrip("/"))
        folder = posixpath.dirname(folder)
