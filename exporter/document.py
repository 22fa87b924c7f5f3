"""A document: the bytes of one article before it is read, with their origin."""

from __future__ import annotations

import posixpath
from pathlib import PurePath

import msgspec

from exporter.errors import Notice


class DocumentPart(msgspec.Struct, frozen=True):
    """A file that came in the same container as a document and belongs to it: a picture, or a page in a frame.

    `address` is where the container has it: a path, a URL, or ``cid:`` and an ID. `media_type` is empty if the
    container does not state it.
    """

    address: str
    data: bytes
    media_type: str = ""


class Document(msgspec.Struct, frozen=True):
    """The bytes of one article, and what their source states about them.

    `name` is what the user called it; errors and notices use it. `url` is where it was fetched from, or None. `folder`
    is the only folder whose files (pictures of a saved page) it may use, or None. `media_type` and `charset` are those
    of its HTTP headers or its container, or empty. `title`, `authors`, `published` and `tags` are those of a feed, a
    mail or an export, or empty. `whole` means that all of the data is the article, without a page around it, as in
    feeds and books.

    `location` is its own address in its container, from which the addresses of its `parts` are found. `fallback` is
    read if this document holds no article: the text of a feed's entry, for its page. `notices` are those of opening the
    source.
    """

    name: str
    data: bytes
    url: str | None = None
    folder: str | None = None
    media_type: str = ""
    charset: str = ""
    title: str = ""
    published: str | None = None
    tags: tuple[str, ...] = ()
    whole: bool = False
    authors: tuple[str, ...] = ()
    location: str = ""
    parts: tuple[DocumentPart, ...] = ()
    fallback: Document | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def suffix(self) -> str:
        """The suffix of its URL or name, in lower case and with the dot; empty if it has none."""
        return PurePath((self.url or self.name).partition("?")[0]).suffix.lower()


def take_fallback(fallback: Document, cause: str) -> Document:
    """Return what is read in place of a page that cannot be had, with the notice that says so and why."""
    text = f"its page cannot be had ({cause}): this is the text of the feed, which may be only its beginning"
    return msgspec.structs.replace(fallback, notices=(*fallback.notices, Notice(fallback.name, text)))


class PartFinder:
    """Finds the parts of a container by the addresses that one of its documents states."""

    def __init__(self, location: str, parts: tuple[DocumentPart, ...]) -> None:
        self._location = location
        self._parts = {part.address: part for part in parts}
        self._by_name: dict[str, list[DocumentPart]] = {}
        for part in parts:
            self._by_name.setdefault(posixpath.basename(part.address), []).append(part)

    def __bool__(self) -> bool:
        return bool(self._parts)

    def find(self, address: str) -> DocumentPart | None:
        """Return the part at an address, or None.

        A path may have backslashes, percent signs and a query; a bare name is also searched in other folders, as note
        apps do, and of a path on the disk of another machine (``file:///C:/``) the end counts.
        """
        if not self._parts or not address or address[:5].lower() == "data:":
            return None
        from urllib.parse import unquote, urldefrag, urljoin  # noqa: PLC0415  4 ms, only containers need it

        slashed = address.strip().replace("\\", "/")
        try:
            joined = urldefrag(urljoin(self._location, slashed))[0]
        except ValueError:
            joined = slashed
        plain = slashed.partition("#")[0].partition("?")[0]
        for place in (joined, unquote(joined), unquote(joined.partition("?")[0]), *self._iter_tails(unquote(plain))):
            if found := self._parts.get(posixpath.normpath(place) if "://" not in place else place):
                return found
        if "/" in plain:
            return None
        same_name = self._by_name.get(unquote(plain), [])
        return same_name[0] if len(same_name) == 1 else None

    def _iter_tails(self, path: str) -> list[str]:
        """Return the ends of an absolute path of another machine, relative to the document's folder, longest first."""
        if not path.lower().startswith("file:") and path[1:2] != ":":
            return []
        steps = path.split("/")
        folder = posixpath.dirname(self._location)
        return [posixpath.join(folder, *steps[begin:]) for begin in range(1, len(steps))]
