"""Puts the pictures of a page in a container into the page as data URIs: its reader does not have the container."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from exporter.readers.page.html_encoding import decode_html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FindResource = Callable[[str], tuple[str, bytes] | None]
"""Returns the media type and the bytes of the picture at an address in the page, or None if the container lacks it."""

_TARGET_ATTRIBUTES = ("poster", "href", "{http://www.w3.org/1999/xlink}href")
"""Attributes for the picture of a video and of an SVG image, which have no ``src`` for it."""

_ADDRESS_ATTRIBUTES = ("src", "data-src", "data-lazy-src", "data-original", *_TARGET_ATTRIBUTES)
_SRCSET_ATTRIBUTES = ("srcset", "data-srcset")


def join_address(base: str, address: str) -> str:
    """Return an address in a page as an absolute one, without its fragment; an invalid address is returned as it is."""
    try:
        return urldefrag(urljoin(base, address))[0]
    except ValueError:
        return address


def embed_in_page(data: bytes, charset: str, find: FindResource) -> tuple[bytes, str]:
    """Return a page with its pictures in it, and the charset of its bytes."""
    from lxml import etree, html  # noqa: PLC0415  42 ms, only pages in containers need it

    text = decode_html(data, charset).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:  # an empty page; its reader reports it
        return data, charset
    embed_pictures(root, find)
    whole: bytes = html.tostring(root, encoding="utf-8", doctype="<!DOCTYPE html>")
    return whole, "utf-8"


def embed_pictures(root: HtmlElement, find: FindResource) -> None:
    """Replace the address of each picture that the container has by a data URI."""
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
    """Yield every address that an element states for its picture."""
    yield from (element.get(name) for name in _ADDRESS_ATTRIBUTES if element.get(name))
    for name in _SRCSET_ATTRIBUTES:
        for candidate in element.get(name, "").split(", "):
            if words := candidate.split():
                yield words[0].rstrip(",")


def _set_data_uri(element: HtmlElement, found: tuple[str, bytes]) -> None:
    """Set the picture of an element, and remove its other addresses, which would be fetched."""
    media_type, data = found
    attribute = next((name for name in _TARGET_ATTRIBUTES if element.get(name)), "src")
    for name in (*_ADDRESS_ATTRIBUTES, *_SRCSET_ATTRIBUTES):
        element.attrib.pop(name, None)
    element.set(attribute, f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}")
