"""A page from inside a container, with what it shows put into it: the container is not there when it is read."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Find = Callable[[str], tuple[str, bytes] | None]
"""Finds what an address in the page means: its media type and its bytes, or None where it is not in the container."""

_ADDRESSES = (
    "src",
    "data-src",
    "data-lazy-src",
    "data-original",
    "poster",
    "href",
    "{http://www.w3.org/1999/xlink}href",
)
_SETS = ("srcset", "data-srcset")


def joined(base: str, address: str) -> str:
    """The whole address that a page means, without its fragment; what is no address stays as it is."""
    try:
        return urldefrag(urljoin(base, address))[0]
    except ValueError:
        return address


def with_pictures(data: bytes, charset: str, find: Find) -> tuple[bytes, str]:
    """Return a page's bytes with its pictures in it, and their encoding."""
    from lxml import etree, html  # noqa: PLC0415  only pages that bring pictures pay for it

    from exporter.readers.page.html_encoding import decode  # noqa: PLC0415

    text = decode(data, charset).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # an empty page: the reader says so
        return data, charset
    embed(root, find)
    whole: bytes = html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return whole, "utf-8"


def embed(root: HtmlElement, find: Find) -> None:
    """Put every picture of the page that the container has into the page, as a data URI."""
    for element in list(root.iter("img", "image", "video")):
        parent = element.getparent()
        others = list(parent.iter("source")) if parent is not None and parent.tag == "picture" else []
        for address in (*_addresses(element), *(address for other in others for address in _addresses(other))):
            if found := find(address):
                _put(element, found)
                for other in others:
                    other.getparent().remove(other)
                break


def _addresses(element: HtmlElement) -> Iterator[str]:
    """Yield every address that an element gives for its picture."""
    yield from (element.get(name) for name in _ADDRESSES if element.get(name))
    for name in _SETS:
        for candidate in element.get(name, "").split(", "):
            if words := candidate.split():
                yield words[0].rstrip(",")


def _put(element: HtmlElement, found: tuple[str, bytes]) -> None:
    """Give an element its picture, and no other address that might be fetched."""
    media_type, data = found
    place = next((name for name in _ADDRESSES[4:] if element.get(name)), "src")
    for name in (*_ADDRESSES, *_SETS):
        element.attrib.pop(name, None)
    element.set(place, f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}")
