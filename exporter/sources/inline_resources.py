"""A page from inside a container, with what it shows put into it: the container is not there when it is read."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FindResource = Callable[[str], tuple[str, bytes] | None]
"""Finds what an address in the page means: its media type and its bytes, or None where it is not in the container."""

_ADDRESS_ATTRIBUTES = (
    "src",
    "data-src",
    "data-lazy-src",
    "data-original",
    "poster",
    "href",
    "{http://www.w3.org/1999/xlink}href",
)
_SRCSET_ATTRIBUTES = ("srcset", "data-srcset")


def join_address(base: str, address: str) -> str:
    """The whole address that a page means, without its fragment; what is no address stays as it is."""
    try:
        return urldefrag(urljoin(base, address))[0]
    except ValueError:
        return address


def embed_in_page(data: bytes, charset: str, find: FindResource) -> tuple[bytes, str]:
    """Return a page's bytes with its pictures in it, and their encoding."""
    from lxml import etree, html  # noqa: PLC0415  only pages that bring pictures pay for it

    from exporter.readers.page.html_encoding import decode_html  # noqa: PLC0415

    text = decode_html(data, charset).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # an empty page: the reader says so
        return data, charset
    embed_pictures(root, find)
    whole: bytes = html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return whole, "utf-8"


def embed_pictures(root: HtmlElement, find: FindResource) -> None:
    """Put every picture of the page that the container has into the page, as a data URI."""
    for element in list(root.iter("img", "image", "video")):
        parent = element.getparent()
        others = list(parent.iter("source")) if parent is not None and parent.tag == "picture" else []
        for address in (
            *_iter_addresses(element),
            *(address for other in others for address in _iter_addresses(other)),
        ):
            if found := find(address):
                _set_data_uri(element, found)
                for other in others:
                    other.getparent().remove(other)
                break


def _iter_addresses(element: HtmlElement) -> Iterator[str]:
    """Yield every address that an element gives for its picture."""
    yield from (element.get(name) for name in _ADDRESS_ATTRIBUTES if element.get(name))
    for name in _SRCSET_ATTRIBUTES:
        for candidate in element.get(name, "").split(", "):
            if words := candidate.split():
                yield words[0].rstrip(",")


def _set_data_uri(element: HtmlElement, found: tuple[str, bytes]) -> None:
    """Give an element its picture, and no other address that might be fetched."""
    media_type, data = found
    place = next((name for name in _ADDRESS_ATTRIBUTES[4:] if element.get(name)), "src")
    for name in (*_ADDRESS_ATTRIBUTES, *_SRCSET_ATTRIBUTES):
        element.attrib.pop(name, None)
    element.set(place, f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}")
