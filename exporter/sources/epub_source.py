"""EPUB: each chapter of a book becomes an article, with its pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers.file_signatures import ZIP_START
from exporter.sources import LinkedPage
from exporter.sources.files import empty_error, is_too_large_error
from exporter.sources.markup import ContainerFacts, build_page, damaged_error, local_name, parse_xml
from exporter.sources.packed_files import PackedFiles
from exporter.sources.zips import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_CONTAINER_PATH = "META-INF/container.xml"
_ENCRYPTION_PATH = "META-INF/encryption.xml"
_FONT_ALGORITHMS = (
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
)  # obfuscated fonts do not lock a book
_PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_NCX_TYPE = "application/x-dtbncx+xml"
_PICTURE_TYPES = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp",
    ".svg": "image/svg+xml", ".avif": "image/avif", ".bmp": "image/bmp",
}  # fmt: skip
_FRONT_MATTER_TYPES = frozenset({"cover", "titlepage", "toc", "landmarks", "loi", "lot", "copyright-page", "index"})


class EpubItem(msgspec.Struct, frozen=True):
    """An entry of the manifest; `path` is its path in the archive."""

    path: str
    media_type: str
    properties: str = ""


class EpubBook(msgspec.Struct, frozen=True):
    """What the chapters of a book share; `labels` are their names in its table of contents, by path."""

    name: str
    archive: Archive
    pictures: PackedFiles
    facts: ContainerFacts
    labels: dict[str, str]


def recognises(document: Document) -> bool:
    """Whether a document is a ZIP archive with the mimetype or the container file of EPUB (OCF)."""
    data = document.data
    return data.startswith(ZIP_START) and (b"application/epub+zip" in data[:100] or _CONTAINER_PATH.encode() in data)


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each chapter in reading order, without the cover, the title page and the table of contents.

    Raises `SourceError` if the book is damaged, encrypted, or has no chapters.
    """
    archive = Archive(document, settings.largest)
    package_path = find_package(archive, document.name)
    package = parse_xml(archive.read(package_path), f"{document.name}:{package_path}")
    if is_encrypted(archive, document.name):
        raise SourceError(
            *("opening", document.name, "Locked: it is protected against copying"),
            "Read it with its shop's own program, or ask there for a copy without protection.",
        )
    manifest = _read_manifest(package, posixpath.dirname(package_path))
    book = EpubBook(
        document.name,
        archive,
        _pack_pictures(archive, settings),
        _gather_facts(package),
        _read_labels(archive, manifest, document.name),
    )
    found = False
    for part in _iter_spine(package, manifest):
        try:
            chapter = _build_chapter(book, part)
        except SourceError as error:
            yield error
            continue
        if chapter:
            found = True
            yield chapter
    if not found:
        raise empty_error(document.name, "the book has no chapters")


def find_package(archive: Archive, name: str) -> str:
    """Return the path of the package document; raises `SourceError` if there is none."""
    root = parse_xml(archive.read(_CONTAINER_PATH), name)
    for element in root.iter():
        if local_name(element) == "rootfile" and (path := element.get("full-path")):
            return unquote(path)
    raise damaged_error(name, "its container file does not name the book")


def is_encrypted(archive: Archive, name: str) -> bool:
    """Whether any of a book is encrypted but its fonts."""
    if _ENCRYPTION_PATH not in archive:
        return False
    root = parse_xml(archive.read(_ENCRYPTION_PATH), name)
    methods = [element.get("Algorithm", "") for element in root.iter() if local_name(element) == "encryptionmethod"]
    return any(method not in _FONT_ALGORITHMS for method in methods)


def _read_manifest(package: _Element, folder: str) -> dict[str, EpubItem]:
    return {
        item.get("id", ""): EpubItem(
            posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))),
            item.get("media-type", ""),
            item.get("properties") or "",
        )
        for item in package.iter()
        if local_name(item) == "item"
    }


def _iter_spine(package: _Element, manifest: dict[str, EpubItem]) -> Iterator[EpubItem]:
    """Yield the pages of the book in reading order, each once, without the navigation and the guide's front matter."""
    seen: set[str] = set()
    guide = {
        el.get("href", "").partition("#")[0]
        for el in package.iter()
        if local_name(el) == "reference" and _is_front_reference(el)
    }
    for element in package.iter():
        part = manifest.get(element.get("idref", "")) if local_name(element) == "itemref" else None
        if part is None or part.media_type not in _PAGE_TYPES or "nav" in part.properties.split():
            continue
        if part.path in seen:
            continue
        seen.add(part.path)
        if not any(href and f"/{part.path}".endswith(f"/{href}") for href in guide):
            yield part


def _is_front_reference(reference: _Element) -> bool:
    return reference.get("type", "") in {"cover", "title-page", "toc", "copyright-page"}


def _gather_facts(package: _Element) -> ContainerFacts:
    """Return the facts about the book; its title becomes the site of its chapters."""
    found: dict[str, list[str]] = {}
    for element in package.iter():
        if "dc/elements" in str(element.tag) and (text := " ".join("".join(element.itertext()).split())):
            found.setdefault(local_name(element), []).append(text)
    first = {name: values[0] for name, values in found.items()}
    return ContainerFacts(
        authors=tuple(found.get("creator", ())),
        published=first.get("date"),
        site=first.get("title", ""),
        language=first.get("language", ""),
    )


def _read_labels(archive: Archive, manifest: dict[str, EpubItem], name: str) -> dict[str, str]:
    """Return the label of each page in the table of contents, by path: of EPUB 3's navigation, else of EPUB 2's NCX."""
    found: dict[str, str] = {}
    for part in sorted(manifest.values(), key=lambda part: "nav" not in part.properties):
        if "nav" not in part.properties.split() and part.media_type != _NCX_TYPE:
            continue
        label = ""
        for element in parse_xml(archive.read(part.path), f"{name}:{part.path}").iter():
            kind, target = local_name(element), element.get("href") or element.get("src") or ""
            if kind in ("text", "a"):
                label = " ".join("".join(element.itertext()).split())
            if kind in ("content", "a") and target and label:
                found.setdefault(_resolve_path(part, target.partition("#")[0]), label)
    return found


def _resolve_path(part: EpubItem, address: str) -> str:
    """Return the path in the archive of an address in a page."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(part.path), unquote(address)))


def _build_chapter(book: EpubBook, part: EpubItem) -> Document | None:
    """Return a chapter as a page, or None if it has no words or is front matter."""
    from lxml import html  # noqa: PLC0415  42 ms, only books need it

    name = f"{book.name}:{part.path}"
    root = _parse_chapter(book.archive.read(part.path), name)
    body = root.find(".//body")
    if body is None or not "".join(body.itertext()).strip() or _is_front_matter(body):
        return None
    headings = (" ".join("".join(heading.itertext()).split()) for heading in body.iter("h1", "h2", "h3"))
    title = next(filter(None, headings), "") or book.labels.get(part.path, "")
    inside = "".join(html.tostring(child, encoding="unicode") for child in body)
    data = build_page(msgspec.structs.replace(book.facts, title=title), escape(body.text or "", quote=False) + inside)
    parts, notices = book.pictures.collect_parts(data, part.path)
    return Document(
        name,
        data,
        media_type="text/html",
        title=title,
        whole=True,
        location=part.path,
        parts=parts,
        notices=notices,
    )


def _parse_chapter(data: bytes, name: str) -> HtmlElement:
    """Parse a chapter as XML, or as HTML if it is not well-formed."""
    from lxml import etree, html  # noqa: PLC0415  42 ms, only books need it

    strict = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, strict)
        html.xhtml_to_html(root)
        return html.document_fromstring(html.tostring(root, encoding="utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.XMLSyntaxError, ValueError):
        pass
    try:
        return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError) as error:
        raise damaged_error(name, error) from error


def _is_front_matter(body: HtmlElement) -> bool:
    """Whether the ``epub:type`` of a page says that it is front matter (a cover, a title page, a table of contents)."""
    for element in (body, *body):
        kinds = element.get("epub:type") or element.get("{http://www.idpf.org/2007/ops}type") or ""
        if _FRONT_MATTER_TYPES.intersection(kinds.split()):
            return True
    return False


def _pack_pictures(archive: Archive, settings: InputSettings) -> PackedFiles:
    """Return the pictures of an archive; a damaged one cannot be read, and its chapter is read without it."""
    paths = [name for name in archive.names() if posixpath.splitext(name)[1].lower() in _PICTURE_TYPES]

    def read(path: str) -> tuple[str, bytes] | None:
        try:
            return _PICTURE_TYPES[posixpath.splitext(path)[1].lower()], archive.read(path)
        except SourceError as error:
            if is_too_large_error(error):
                raise
            return None

    return PackedFiles(paths if settings.images else (), read, settings.largest_pictures)
