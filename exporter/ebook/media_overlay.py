"""Media overlays: which element is highlighted while which part of the audio plays (EPUB 3.3, section 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from exporter.ebook.chapter import XhtmlDocument
from exporter.ebook.package import Fact, Fragment, Overlay, PackageItem
from exporter.ebook.xhtml import EPUB, EPUB_TYPE, Element

SMIL_TYPE = "application/smil+xml"
ACTIVE_CLASS = "sounding"
"""The class of the element whose audio plays; the style sheet highlights it."""

_SMIL_NAMESPACE = "http://www.w3.org/ns/SMIL"
AUDIO_SUFFIXES = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg; codecs=opus": "opus"}
_STRUCTURE_TYPES = {"table": "table", "figure": "figure", "ul": "list", "ol": "list", "aside": "footnote"}
"""The `epub:type` of structures that a listener can skip or escape (EPUB 3.3, 9.6 and 9.7), by element."""


class MediaOverlay:
    """The overlay of one article, matched with the documents of its text."""

    def __init__(self, overlay: Overlay, number: int, documents: tuple[XhtmlDocument, ...]) -> None:
        self.narrators = overlay.narrators
        self._overlay = overlay
        self._item_id = f"mo{number}"
        self._audio_href = f"audio/a{number}.{AUDIO_SUFFIXES[overlay.media_type]}"
        self._documents = documents
        self._fragments = [_place_fragments(document, overlay.fragments) for document in documents]

    def name_part(self, part: int) -> str:
        """Return the item id of the overlay of document number `part`, from 0; empty if none of it is spoken."""
        return f"{self._item_id}-{part + 1}" if self._fragments[part] else ""

    def items(self) -> Iterator[PackageItem]:
        """Yield the items of the overlay: the audio, and a SMIL document for each XHTML document that is spoken."""
        audio = self._overlay.audio
        data = audio if isinstance(audio, bytes) else audio.read_bytes()
        yield PackageItem(f"{self._item_id}-audio", self._audio_href, self._overlay.media_type, data)
        for part, document in enumerate(self._documents):
            if item_id := self.name_part(part):
                smil = _write_smil(document, self._fragments[part], f"../{self._audio_href}")
                yield PackageItem(item_id, f"overlays/{item_id}.smil", SMIL_TYPE, smil)

    def facts(self) -> Iterator[Fact]:
        """Yield the duration of each SMIL document."""
        for part, fragments in enumerate(self._fragments):
            if item_id := self.name_part(part):
                duration = format_clock(_sum_seconds(fragments))
                yield Fact("meta", duration, {"property": "media:duration", "refines": f"#{item_id}"})

    @property
    def duration(self) -> float:
        """Seconds of all documents."""
        return sum(map(_sum_seconds, self._fragments))


def _sum_seconds(fragments: list[Fragment]) -> float:
    return sum(round(end, 3) - round(begin, 3) for _, begin, end in fragments)


def format_clock(seconds: float) -> str:
    """Format a time as a SMIL clock value, to the millisecond: Kobo's Android app fails on more digits."""
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def _place_fragments(document: XhtmlDocument, fragments: tuple[Fragment, ...]) -> list[Fragment]:
    """Return the fragments of a document in the order of its text, one for each element.

    A fragment whose anchor has no element (the alternative text of a picture) goes to the element that contains it.
    One for an element that was spoken before (the end of a quotation, the closing words), or for a block after its
    parts (the credit of a picture), extends the fragment before it.
    """
    ids = (element.get("id") for element in document.html.iter("{*}*"))
    order = {name: number for number, name in enumerate(filter(None, ids))}
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


def _write_smil(document: XhtmlDocument, fragments: list[Fragment], audio_href: str) -> bytes:
    """Write the overlay of one document: a `seq` for it, and one inside for each structure that can be skipped."""
    text_href = f"../{document.href}"
    root = etree.Element(f"{{{_SMIL_NAMESPACE}}}smil", nsmap={None: _SMIL_NAMESPACE, "epub": EPUB}, version="3.0")
    body = etree.SubElement(root, f"{{{_SMIL_NAMESPACE}}}body")
    chapter = _add_seq(body, text_href, "chapter")
    elements = {element.get("id"): element for element in document.html.iter("{*}*") if element.get("id")}
    current: tuple[Element, Element] = (None, chapter)  # a structure, or None, and its `seq`
    for number, (anchor, begin, end) in enumerate(fragments, 1):
        structure = _find_structure(elements[anchor])
        if structure is None:
            current = (None, chapter)
        elif structure is not current[0]:
            epub_type = _STRUCTURE_TYPES[structure.tag.rpartition("}")[2]]
            current = (structure, _add_seq(chapter, f"{text_href}#{structure.get('id')}", epub_type))
        _add_par(current[1], number, (anchor, begin, end), text_href, audio_href)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def write_page_smil(text_href: str, fragments: Iterable[Fragment], audio_href: str) -> bytes:
    """Write the overlay of a page that somebody else made: one `par` for each fragment, in the order of its text."""
    root = etree.Element(f"{{{_SMIL_NAMESPACE}}}smil", nsmap={None: _SMIL_NAMESPACE, "epub": EPUB}, version="3.0")
    body = etree.SubElement(root, f"{{{_SMIL_NAMESPACE}}}body")
    body.set(f"{{{EPUB}}}textref", text_href)
    for number, fragment in enumerate(fragments, 1):
        _add_par(body, number, fragment, text_href, audio_href)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _add_par(seq: Element, number: int, fragment: Fragment, text_href: str, audio_href: str) -> None:
    anchor, begin, end = fragment
    par = etree.SubElement(seq, f"{{{_SMIL_NAMESPACE}}}par", id=f"par{number}")
    etree.SubElement(par, f"{{{_SMIL_NAMESPACE}}}text", src=f"{text_href}#{anchor}")
    clip = {"src": audio_href, "clipBegin": format_clock(begin), "clipEnd": format_clock(end)}
    etree.SubElement(par, f"{{{_SMIL_NAMESPACE}}}audio", **clip)


def _add_seq(parent: Element, text_href: str, epub_type: str) -> Element:
    seq = etree.SubElement(parent, f"{{{_SMIL_NAMESPACE}}}seq")
    seq.set(EPUB_TYPE, epub_type)
    seq.set(f"{{{EPUB}}}textref", text_href)
    return seq


def _find_structure(element: Element) -> Element | None:
    """Return the outermost table, list, figure or note around an element that has an id, or None."""
    found = None
    while element is not None:
        if element.tag.rpartition("}")[2] in _STRUCTURE_TYPES and element.get("id") and element.get("class") != "box":
            found = element
        element = element.getparent()
    return found
