"""A book that is finished, perhaps by another program: its pages, and the same book with media overlays.

What is not spoken stays as it is, byte for byte; of the package document only what overlays need is added.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

import msgspec
from lxml import etree

from exporter.document import Document
from exporter.ebook.media_overlay import AUDIO_SUFFIXES, SMIL_TYPE, format_clock, write_page_smil
from exporter.ebook.package import XHTML_TYPE, Fragment, Overlay
from exporter.ebook.xhtml import XHTML, XML_LANG, Element
from exporter.errors import SourceError
from exporter.language_tags import parse_language_tag
from exporter.sources.epub_source import find_package, is_encrypted
from exporter.sources.markup import damaged_error
from exporter.sources.zips import Archive

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FOLDER = "readaloud"
"""The folder of what is added, beside the package document."""

_NO_LANGUAGES = frozenset({"und", "zxx", "mul"})
"""The tags of BCP 47 for an undetermined language, for none and for several."""

ACTIVE_CLASS = "readaloud-active"
_STYLE = f".{ACTIVE_CLASS} {{\n  background-color: #ffe27a;\n  color: #1a1a1a;\n}}\n".encode()
"""Both colours are set, so that it can be read on any page."""


class BookPage(msgspec.Struct, frozen=True):
    """A page in the spine: its item in the package, its path in the archive, and its tree."""

    item: Element
    path: str
    tree: Element

    @property
    def body(self) -> Element:
        """Its body."""
        return self.tree.getroot().find(f"{{{XHTML}}}body")


class FinishedBook:
    """An EPUB 3 in memory."""

    def __init__(self, document: Document, max_bytes: int) -> None:
        """Read the package; raises `SourceError` if it is damaged, locked, an EPUB 2, or has overlays already."""
        self.name = document.name
        self._archive = Archive(document, max_bytes)
        self._package_path = find_package(self._archive, document.name)
        if is_encrypted(self._archive, document.name):
            raise SourceError(
                *("opening", document.name, "Locked: it is protected against copying"),
                "Ask its shop for a copy without protection.",
            )
        package = _parse(self._archive.read(self._package_path))
        if package is None:
            raise damaged_error(document.name, "its package document is not well-formed")
        self._package: Element = package
        root = self._package.getroot()
        if not root.get("version", "").startswith("3"):
            raise SourceError(
                *("opening", document.name, "OldVersion: it is an EPUB 2, which cannot have media overlays"),
                "Convert it to EPUB 3 first, or let exporter make a new book of its chapters with --bind.",
            )
        self._items = {item.get("id"): item for item in root.iter(f"{_OPF}item")}
        if any(item.get("media-overlay") for item in self._items.values()):
            raise SourceError(
                *("opening", document.name, "HasOverlays: it is a read-aloud book already"),
                "Name a book without media overlays.",
            )

    @property
    def title(self) -> str:
        """Its title, or the name of its file."""
        return self._find_text("title") or Path(self.name).stem

    def _find_text(self, term: str) -> str:
        found = self._package.getroot().find(f".//{_DC}{term}")
        return " ".join((found.text or "").split()) if found is not None else ""

    def pages(self) -> Iterator[BookPage]:
        """Yield the pages of the spine that are well-formed XHTML, without the navigation."""
        for reference in self._package.getroot().iter(f"{_OPF}itemref"):
            item = self._items.get(reference.get("idref"))
            if item is None or item.get("media-type") != XHTML_TYPE or "nav" in item.get("properties", "").split():
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(self._package_path), unquote(item.get("href"))))
            tree = _parse(self._archive.read(path)) if path in self._archive else None
            if tree is not None and tree.getroot().find(f"{{{XHTML}}}body") is not None:
                yield BookPage(item, path, tree)

    def find_language(self, page: BookPage) -> str:
        """Return the language that a page or else the book states, a BCP 47 tag; empty if neither states a real one."""
        root = page.tree.getroot()
        stated = (root.get(XML_LANG), root.get("lang"), self._find_text("language"))
        tags = (parse_language_tag(tag) for tag in stated if tag and tag.lower() not in _NO_LANGUAGES)
        return next(filter(None, tags), "")

    def write(self, path: Path, spoken: Sequence[tuple[BookPage, Overlay]]) -> None:
        """Write the book with the overlays of its pages, whose fragments name ids of the pages; raises `OSError`."""
        folder = posixpath.join(posixpath.dirname(self._package_path), self._name_folder())
        changed: dict[str, bytes] = {}
        added: dict[str, bytes | Path] = {f"{folder}/active.css": _STYLE}
        for number, (page, overlay) in enumerate(spoken, 1):
            _link_style(page, posixpath.relpath(f"{folder}/active.css", posixpath.dirname(page.path) or "."))
            changed[page.path] = _serialize(page.tree)
            audio = f"{folder}/{number}.{AUDIO_SUFFIXES[overlay.media_type]}"
            added[audio] = overlay.audio
            text = quote(posixpath.relpath(page.path, folder))
            added[f"{folder}/{number}.smil"] = write_page_smil(text, overlay.fragments, posixpath.basename(audio))
        self._add_items(posixpath.basename(folder), spoken)
        changed[self._package_path] = _serialize(self._package)
        self._archive.copy(path, changed, added)

    def _name_folder(self) -> str:
        """Return the name of a folder beside the package document that the book does not have."""
        name, base = _FOLDER, posixpath.dirname(self._package_path)
        while any(entry.startswith(posixpath.join(base, name) + "/") for entry in self._archive.names()):
            name += "-"
        return name

    def _add_items(self, folder: str, spoken: Sequence[tuple[BookPage, Overlay]]) -> None:
        """Add the overlays to the manifest and to the metadata of the package."""
        root = self._package.getroot()
        manifest, metadata = root.find(f"{_OPF}manifest"), root.find(f"{_OPF}metadata")
        prefix = _FOLDER
        while any(str(item_id).startswith(prefix) for item_id in self._items):
            prefix += "-"
        facts: list[tuple[str, str, str]] = []
        _add(manifest, "item", id=f"{prefix}-css", href=f"{folder}/active.css", **{"media-type": "text/css"})
        for number, (page, overlay) in enumerate(spoken, 1):
            overlay_id, audio = f"{prefix}-{number}", f"{folder}/{number}.{AUDIO_SUFFIXES[overlay.media_type]}"
            page.item.set("media-overlay", overlay_id)
            _add(manifest, "item", id=overlay_id, href=f"{folder}/{number}.smil", **{"media-type": SMIL_TYPE})
            _add(manifest, "item", id=f"{overlay_id}-audio", href=audio, **{"media-type": overlay.media_type})
            facts.append(("media:duration", format_clock(_sum_seconds(overlay.fragments)), f"#{overlay_id}"))
        total = sum(_sum_seconds(overlay.fragments) for _, overlay in spoken)
        narrators = dict.fromkeys(name for _, overlay in spoken for name in overlay.narrators)
        facts += [("media:duration", format_clock(total), ""), ("media:active-class", ACTIVE_CLASS, "")]
        facts += [("media:narrator", name, "") for name in narrators]
        facts += [("schema:accessMode", "auditory", ""), ("schema:accessibilityFeature", "synchronizedAudioText", "")]
        for term, value, refined in facts:
            _add(metadata, "meta", property=term, **({"refines": refined} if refined else {})).text = value


def _sum_seconds(fragments: Iterable[Fragment]) -> float:
    return sum(round(end, 3) - round(begin, 3) for _, begin, end in fragments)


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    element = etree.SubElement(parent, f"{_OPF}{tag}", attributes)
    element.tail = "\n"
    return element


def _link_style(page: BookPage, href: str) -> None:
    head = page.tree.getroot().find(f"{{{XHTML}}}head")
    if head is not None:
        attributes = {"rel": "stylesheet", "type": "text/css", "href": quote(href)}
        etree.SubElement(head, f"{{{XHTML}}}link", attributes)


def _parse(data: bytes) -> Element | None:
    """Parse XML without its entities; returns None if it is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
    try:
        return etree.fromstring(data, parser).getroottree()
    except (etree.XMLSyntaxError, ValueError):
        return None


def _serialize(tree: Element) -> bytes:
    return bytes(etree.tostring(tree, encoding="utf-8", xml_declaration=True))
