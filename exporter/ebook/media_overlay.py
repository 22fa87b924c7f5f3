"""Media overlays: which sentence lights up while which part of the sound plays (EPUB 3.3, section 9)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from exporter.ebook.chapter import XhtmlDocument
from exporter.ebook.package import Fact, Fragment, Overlay, PackageItem
from exporter.ebook.xhtml import EPUB, EPUB_TYPE, Element

SMIL_TYPE = "application/smil+xml"
ACTIVE_CLASS = "sounding"
"""The class of what sounds; the style sheet says how it looks."""

_SMIL_NAMESPACE = "http://www.w3.org/ns/SMIL"
# What a listener may want to skip or step out of (EPUB 3.3, 9.6 and 9.7), by element or its type.
_STRUCTURE_TYPES = {"table": "table", "figure": "figure", "ul": "list", "ol": "list", "aside": "footnote"}


class MediaOverlay:
    """The overlay of one article, set against the documents that hold its text."""

    def __init__(self, overlay: Overlay, number: int, documents: tuple[XhtmlDocument, ...]) -> None:
        self.overlay = overlay
        self.uid = f"mo{number}"
        suffix = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg; codecs=opus": "opus"}[overlay.media_type]
        self.audio = f"audio/a{number}.{suffix}"
        self._documents = documents
        self._placed = [_place_fragments(document, overlay.fragments) for document in documents]

    def uid_of(self, part: int) -> str:
        """The uid of the overlay of the article's document number `part`, from 0; empty where nothing in it sounds."""
        return f"{self.uid}-{part + 1}" if self._placed[part] else ""

    def items(self) -> Iterator[PackageItem]:
        """Yield the files of the overlay: the sound, and a SMIL document for each text document that sounds."""
        data = self.overlay.audio if isinstance(self.overlay.audio, bytes) else self.overlay.audio.read_bytes()
        yield PackageItem(f"{self.uid}-audio", self.audio, self.overlay.media_type, data)
        for part, document in enumerate(self._documents):
            if self._placed[part]:
                smil = _write_smil(document, self._placed[part], f"../{self.audio}")
                yield PackageItem(self.uid_of(part), f"overlays/{self.uid_of(part)}.smil", SMIL_TYPE, smil)

    def facts(self) -> Iterator[Fact]:
        """Yield how long each document sounds."""
        for part, placed in enumerate(self._placed):
            if placed:
                said = format_clock(_sum_seconds(placed))
                yield Fact("meta", said, {"property": "media:duration", "refines": f"#{self.uid_of(part)}"})

    @property
    def duration(self) -> float:
        """Seconds of all documents."""
        return sum(map(_sum_seconds, self._placed))


def _sum_seconds(placed: list[Fragment]) -> float:
    return sum(round(end, 3) - round(begin, 3) for _, begin, end in placed)


def format_clock(seconds: float) -> str:
    """Write a time as SMIL clock value, to the millisecond: more digits make Kobo's Android app fail."""
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def _place_fragments(document: XhtmlDocument, fragments: tuple[Fragment, ...]) -> list[Fragment]:
    """Return the fragments of a document in the order of its text, each place once.

    A fragment whose anchor has no element (the alternative text of a picture) lights up what holds it. What is said of
    a place that has sounded before (the end of a quotation, the closing words), or of the whole behind its parts (the
    credit of a picture), goes with what sounds last.
    """
    marked = (element.get("id") for element in document.html.iter("{*}*"))
    order = {name: number for number, name in enumerate(filter(None, marked))}
    found: dict[str, Fragment] = {}
    last = ""
    for anchor, begin, end in fragments:
        place = anchor
        while place and place not in order:
            place = place.rpartition(".")[0]
        if not place or end <= begin:
            continue
        last = last if place in found or last.startswith(f"{place}.") else place
        found[last] = (last, found.get(last, (last, begin, end))[1], end)
    return sorted(found.values(), key=lambda fragment: order[fragment[0]])


def _write_smil(document: XhtmlDocument, placed: list[Fragment], audio: str) -> bytes:
    """Write the overlay of one document: a sequence for it, and one inside for each structure that can be skipped."""
    text = f"../{document.href}"
    root = etree.Element(f"{{{_SMIL_NAMESPACE}}}smil", nsmap={None: _SMIL_NAMESPACE, "epub": EPUB}, version="3.0")
    body = etree.SubElement(root, f"{{{_SMIL_NAMESPACE}}}body")
    whole = _add_seq(body, f"{text}", "chapter")
    elements = {element.get("id"): element for element in document.html.iter("{*}*") if element.get("id")}
    opened: tuple[Element, Element] = (None, whole)
    for number, (anchor, begin, end) in enumerate(placed, 1):
        structure = _find_structure(elements[anchor])
        if structure is None:
            opened = (None, whole)
        elif structure is not opened[0]:
            kind = _STRUCTURE_TYPES[structure.tag.rpartition("}")[2]]
            opened = (structure, _add_seq(whole, f"{text}#{structure.get('id')}", kind))
        par = etree.SubElement(opened[1], f"{{{_SMIL_NAMESPACE}}}par", id=f"par{number}")
        etree.SubElement(par, f"{{{_SMIL_NAMESPACE}}}text", src=f"{text}#{anchor}")
        etree.SubElement(
            par, f"{{{_SMIL_NAMESPACE}}}audio", src=audio, clipBegin=format_clock(begin), clipEnd=format_clock(end)
        )
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _add_seq(parent: Element, text: str, kind: str) -> Element:
    sequence = etree.SubElement(parent, f"{{{_SMIL_NAMESPACE}}}seq")
    sequence.set(EPUB_TYPE, kind)
    sequence.set(f"{{{EPUB}}}textref", text)
    return sequence


def _find_structure(element: Element) -> Element | None:
    """Return the outermost table, list, figure or note around an element, which has an id, or None."""
    found = None
    while element is not None:
        if element.tag.rpartition("}")[2] in _STRUCTURE_TYPES and element.get("id") and element.get("class") != "box":
            found = element
        element = element.getparent()
    return found
