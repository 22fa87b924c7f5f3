"""Pictures of a page and their sources: plain, lazy and responsive URLs, data URIs, saved files, inline SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from exporter.addresses import AddressIndex
from exporter.article import Resource
from exporter.document import Document, DocumentPart
from exporter.output import make_stem, make_unique
from exporter.readers.page import data_uris, inline_svg
from exporter.readers.page.dom import Element, name_words

MAX_WIDTH_PIXELS = 1600
"""Width of the largest source chosen: it fills the page of an e-reader or tablet; more only makes the book heavy."""

_MAX_THUMBNAIL_PIXELS = 800
"""Width below which a picture is replaced by the one to which it links (chosen by reading pages; no measurement)."""

_MAX_ICON_PIXELS = 32
"""Width or height up to which a picture is an icon or a tracking pixel (chosen by reading pages)."""

_PIXELS_PER_DENSITY = 800
"""Assumed width of a source that states its pixel density instead, at density 1 (chosen by reading pages)."""

_MAX_NAME_CHARS, _MAX_URL_CHARS = 200, 1999
"""Characters of a file name that are used, and of a URL that is examined: bounds the time."""

_PORTRAIT_WORDS = frozenset({"avatar", "gravatar", "headshot", "userpic"})

_AUTHOR_WORDS = frozenset({"author", "authors", "autor", "autoren", "auteur", "byline"})
_PICTURE_WORDS = frozenset({"image", "img", "photo", "picture", "portrait", "bild", "foto"})
_LAZY_ATTRIBUTES = (
    "data-src", "data-lazy-src", "data-original", "data-lazy", "data-hi-res-src", "data-full-src", "data-url",
    "data-image", "data-img-src", "data-echo", "data-flickity-lazyload", "data-cfsrc", "data-large-file",
)  # fmt: skip
_SOURCE_SET_ATTRIBUTES = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset", "data-src-set")
_PLACEHOLDER_NAME = re.compile(
    r"(?:^|[/_.-])(?:placeholder|blank|spacer|pixel|transparent|loading|loader|preload|grey|gray|lazy|clear|dummy|1x1|"
    r"1px|s\.gif)",
    re.IGNORECASE,
)
_SOURCE_SET_CANDIDATE = re.compile(r"(?<![^\s,])(\S*[^\s,])(?:\s+([\d.]+)([wx]))?\s*(?:,|$)")
_IMAGE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tif", ".tiff"})


class Pictures:
    """The pictures of one page: gives each source a name, once, and keeps its resource."""

    def __init__(self, base: str, document: Document, *, wanted: bool = True) -> None:
        self._base = base
        self._folder = Path(document.folder).resolve() if document.folder else None
        self._location = document.location
        self._parts = {part.address: part for part in document.parts}
        self._part_index = AddressIndex(self._parts) if self._parts else None
        self._wanted = wanted
        self._names: dict[str, str] = {}
        self._used_names: set[str] = set()
        self._resources: list[Resource] = []

    def add_element(self, element: Element) -> str | None:
        """Return the name of an element's picture; None for icons, without a source, or if pictures are not wanted."""
        if not self._wanted or is_icon_element(element):
            return None
        if element.tag == "svg":
            return self._wrapped_picture(element) or self._drawing(element)
        plain = str(element.get("src", ""))
        # A saved file is preferred to the URLs of larger sources.
        if self._part_index and (packed := next(filter(self._find_part, iter_addresses(element)), "")):
            return self.add_url(packed)
        return self.add_url(plain if self._saved(plain) else choose_source(element))

    def add_url(self, address: str) -> str | None:
        """Return the name of the picture at a URL; None if it cannot be had, or pictures are not wanted."""
        address = address.strip()
        if not self._wanted or not address:
            return None
        if part := self._find_part(address):
            address = part.address
        if address not in self._names:
            resource = self._make_resource(address, part)
            if resource is None:
                return None
            self._names[address] = self._keep(resource)
        return self._names[address]

    def used_resources(self, *values: object) -> tuple[Resource, ...]:
        """Return the resources of pictures that blocks, notes or a name mention, in the order they were added."""
        written = msgspec.json.encode(values) if self._resources else b""
        return tuple(resource for resource in self._resources if msgspec.json.encode(resource.name) in written)

    def emoji_text(self, element: Element) -> str:
        """Return the character of an emoji drawn as a picture; else empty."""
        alt = element.get("alt", "")
        return alt if 0 < len(alt) <= 8 and not alt.isascii() and _is_emoji(element, alt) else ""

    def _wrapped_picture(self, element: Element) -> str | None:
        """Return the name of the picture file that a drawing shows, as books do with their covers; else None."""
        for image in element.iter("image"):
            address = str(image.get("href") or image.get("xlink:href") or "")
            if self._find_part(address):
                return self.add_url(address)
        return None

    def _drawing(self, element: Element) -> str | None:
        data = inline_svg.serialise_svg(element)
        key = data.decode()
        if key not in self._names:
            self._names[key] = self._keep(Resource("drawing.svg", data=data))
        return self._names[key]

    def _make_resource(self, address: str, part: DocumentPart | None) -> Resource | None:
        if part is not None:
            return self._packed(part)
        return self._embedded(address) if data_uris.is_data_uri(address) else self._elsewhere(address)

    def _embedded(self, address: str) -> Resource | None:
        suffix, data = data_uris.decode_data_uri(address) or ("", b"")
        if suffix == ".svg":
            data = inline_svg.clean_svg(data)
        return Resource(f"picture{suffix}", data=data) if data else None

    def _find_part(self, address: str) -> DocumentPart | None:
        """Return the file that came with the document at an address, or None."""
        found = self._part_index.find(address, self._location) if self._part_index else None
        return self._parts[found] if found else None

    def _packed(self, part: DocumentPart) -> Resource | None:
        suffix = Path(urlsplit(part.address).path).suffix.lower()
        if suffix not in _IMAGE_SUFFIXES:
            suffix = data_uris.picture_suffix(part.media_type)
        data = inline_svg.clean_svg(part.data) if suffix == ".svg" else part.data
        name = unquote(urlsplit(part.address).path).rsplit("/", 1)[-1]
        source = part.address if part.address.lower().startswith(("http://", "https://")) else ""
        whole_name = name if Path(name).suffix.lower() == suffix else f"{name}{suffix}"
        return Resource(whole_name, source, data) if data else None

    def _elsewhere(self, address: str) -> Resource | None:
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if path := self._file(parts.scheme, unquote(parts.path).replace("\\", "/")):
            return Resource(path.name, source=address, path=str(path))
        try:
            whole = urljoin(self._base or ("https:" if address.startswith("//") else ""), address)
        except ValueError:
            return None
        if not whole.lower().startswith(("http://", "https://")):
            return None
        return Resource(unquote(urlsplit(whole).path).rstrip("/").rsplit("/", 1)[-1] or "picture", source=whole)

    def _file(self, scheme: str, path: str) -> Path | None:
        """Return the file at a path of a saved page; None if it is outside the page's folder, links followed."""
        if self._folder is None or not path or "\0" in path or scheme not in {"", "file"}:
            return None
        try:
            found = (self._folder / path).resolve()
            return found if found.is_relative_to(self._folder) and found.is_file() else None
        except (OSError, ValueError, RuntimeError):
            return None

    def _saved(self, address: str) -> bool:
        """Whether a URL is of a picture that was saved with the page: within it, or in a file beside it."""
        if data_uris.is_data_uri(address):
            return not data_uris.is_placeholder_uri(address)
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        return self._file(parts.scheme, unquote(parts.path).replace("\\", "/")) is not None

    def _keep(self, resource: Resource) -> str:
        """Name a resource after its file, safely and uniquely, and keep it."""
        place = Path(resource.name)
        suffix = place.suffix.lower() if place.suffix.lower() in _IMAGE_SUFFIXES else ""
        name = place.stem if suffix else place.name
        base = make_unique(
            make_stem(name[:_MAX_NAME_CHARS]) if any(map(str.isalnum, name)) else "picture", self._used_names
        )
        named = Resource(base + suffix, resource.source, resource.data, resource.path)
        self._resources.append(named)
        return named.name


def iter_addresses(element: Element) -> Iterator[str]:
    """Yield every address that an element, or a source in the same ``picture``, states for its picture."""
    holder = element.getparent()
    others = holder.iter("source") if holder is not None and holder.tag == "picture" else ()
    for one in (element, *others):
        yield from filter(None, (one.get(name) for name in ("src", "poster", "href", *_LAZY_ATTRIBUTES)))
        yield from (address for _, address in _read_source_sets(one))


def choose_source(element: Element) -> str:
    """Return the URL of the best source of a picture, as the page writes it; empty if there are only placeholders."""
    holder = element.getparent()
    while holder is not None and holder.tag == "source":  # the HTML parser nests what follows a source
        holder = holder.getparent()
    inside = holder is not None and holder.tag == "picture"
    if element.tag == "video":
        return str(element.get("poster", ""))
    options = _read_source_sets(element)
    if inside:
        for other in holder.iter("source"):
            if other.get("type", "") not in {"image/avif", "image/jxl"}:
                options += _read_source_sets(other)
    options = [option for option in options if not _is_placeholder(option[1])]
    if options:
        return _choose_candidate(options)
    width = inline_svg.parse_pixels(element.get("width", ""))
    small = width is not None and width < _MAX_THUMBNAIL_PIXELS
    if small and holder is not None and holder.tag == "a" and is_full_image_url(larger := holder.get("href", "")):
        return str(larger)
    plain = [element.get(name, "") for name in ("src", *_LAZY_ATTRIBUTES)]
    if lazy := next((address for address in plain[1:] if _is_url(address)), ""):
        return lazy
    if plain[0] and not _is_placeholder(plain[0]):
        return str(plain[0])
    return next((v for k, v in element.attrib.items() if k.startswith("data-") and _is_image_url(v)), "")


def is_icon_element(element: Element) -> bool:
    """Whether a picture is an ornament: small by its attributes, or a portrait beside a byline."""
    if element.tag == "svg":
        return inline_svg.is_svg_icon(element)
    if _is_portrait(element):
        return True
    sizes = [inline_svg.parse_pixels(element.get(name, "")) for name in ("width", "height")]
    return any(size is not None and size <= _MAX_ICON_PIXELS for size in sizes)


def _is_portrait(element: Element) -> bool:
    """Whether names of a picture or its parent mark a portrait of the author."""
    words = name_words(f"{element.get('class', '')} {element.get('src', '')[-80:]} {element.get('alt', '')[:80]}")
    holder = element.getparent()
    held = name_words(holder.get("class", "")) if holder is not None else ()
    return not _PORTRAIT_WORDS.isdisjoint(words) or (
        not _AUTHOR_WORDS.isdisjoint(held) and not _PICTURE_WORDS.isdisjoint(held)
    )


def _read_source_sets(element: Element) -> list[tuple[float, str]]:
    """Return the candidates of an element's source sets: width in pixels (estimated from a density), and URL."""
    found: list[tuple[float, str]] = []
    for name in _SOURCE_SET_ATTRIBUTES:
        for address, size, unit in _SOURCE_SET_CANDIDATE.findall(element.get(name, "")):
            width = float(size) if size.replace(".", "", 1).isdigit() else 1.0
            found.append(
                (width if unit == "w" else width * _PIXELS_PER_DENSITY if unit == "x" else _PIXELS_PER_DENSITY, address)
            )
    return found


def _choose_candidate(options: list[tuple[float, str]]) -> str:
    """Return the URL of the widest candidate up to `MAX_WIDTH_PIXELS`, else of the narrowest."""
    fitting = [option for option in options if option[0] <= MAX_WIDTH_PIXELS]
    return (max(fitting, key=_candidate_width) if fitting else min(options, key=_candidate_width))[1]


def _candidate_width(option: tuple[float, str]) -> float:
    return option[0]


def _is_placeholder(address: str) -> bool:
    if data_uris.is_data_uri(address):
        return data_uris.is_placeholder_uri(address)
    return bool(_PLACEHOLDER_NAME.search(address.rsplit("/", 1)[-1]))


def _is_url(value: str) -> bool:
    return bool(value) and not value.startswith(("{", "[", "data:")) and ("/" in value or "." in value)


def _is_image_url(value: str) -> bool:
    return len(value) <= _MAX_URL_CHARS and bool(
        re.search(r"^\S+\.(?:jpe?g|png|webp|gif|avif|svg)(?:[?#]\S*)?$", value, re.IGNORECASE)
    )


def is_full_image_url(address: str) -> bool:
    """Whether the URL of the link around a picture is a picture, not a wiki's page about it (``File:Mill.jpg``)."""
    return _is_image_url(address) and ":" not in address.rsplit("/", 1)[-1]


def _is_emoji(element: Element, alt: str) -> bool:
    names = element.get("class", "")
    return "emoji" in names or "smiley" in names or all(ord(char) > 0x2000 for char in alt)
