"""Pronunciations in a book (EPUB 3 Text-to-Speech Enhancements 1.0).

A term of the lexicon that has phonemes gets the attribute `ssml:ph`. Every document links to a PLS 1.0 lexicon of its
language, which lists the terms that occur in the book and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from exporter.ebook.package import PackageItem
from exporter.ebook.xhtml import XHTML, XML_LANG, Element, add_element, clean_text
from exporter.lexicon import PLS_NAMESPACE, Lexicon, LexiconEntry, Terms

_SSML_NAMESPACE = "http://www.w3.org/2001/10/synthesis"
_PLS_MEDIA_TYPE = "application/pls+xml"
_EXCLUDED_ELEMENTS = frozenset({"code", "pre", "math", "svg", "rt"})
"""Elements whose text is not searched for terms."""


class Pronouncer:
    """Marks the terms of a lexicon document by document, and collects their forms for each language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._terms = Terms(lexicon.entries)
        self._order = {entry.term: number for number, entry in enumerate(lexicon.entries)}
        self._found: dict[str, dict[str, LexiconEntry]] = {}

    def mark(self, html: Element) -> bool:
        """Mark the terms of a document and link it to the lexicon of its language; returns whether it has any term."""
        language = html.get("lang")
        found: dict[str, LexiconEntry] = {}
        for owner, is_tail in list(_list_texts(html.find("{*}body"))):
            text = (owner.tail if is_tail else owner.text) or ""
            places = list(self._terms.find(text))
            found |= {text[start:end]: entry for start, end, entry in places}
            pronounced = [place for place in places if place[2].phonemes]
            if pronounced:
                _wrap_terms(owner, is_tail, text, pronounced)
        if not found:
            return False
        self._found.setdefault(language, {}).update(found)
        href = f"../{_pls_href(language)}"
        add_element(
            html.find("{*}head"), "link", rel="pronunciation", type=_PLS_MEDIA_TYPE, hreflang=language, href=href
        )
        etree.cleanup_namespaces(html, top_nsmap={"ssml": _SSML_NAMESPACE}, keep_ns_prefixes=["epub"])
        return True

    def items(self) -> Iterator[PackageItem]:
        """Yield the lexicons, one for each language in which terms were found."""
        for language, found in sorted(self._found.items()):
            yield PackageItem(
                f"pronunciation-{language}", _pls_href(language), _PLS_MEDIA_TYPE, self._write_pls(language, found)
            )

    def _write_pls(self, language: str, found: dict[str, LexiconEntry]) -> bytes:
        root = etree.Element(f"{{{PLS_NAMESPACE}}}lexicon", nsmap={None: PLS_NAMESPACE}, version="1.0", alphabet="ipa")
        root.set(XML_LANG, language)
        entries = {entry.term: entry for entry in found.values()}
        for entry in sorted(entries.values(), key=lambda entry: self._order[entry.term]):
            forms = sorted(form for form, owner in found.items() if owner == entry)
            _add_lexeme(root, entry, forms)
        return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _pls_href(language: str) -> str:
    return f"pronunciation/{language}.pls"


def _add_lexeme(root: Element, entry: LexiconEntry, forms: Iterable[str]) -> None:
    """Add a term: its forms, its phonemes, and for engines without phonemes its words."""
    lexeme = etree.SubElement(root, f"{{{PLS_NAMESPACE}}}lexeme")
    for form in forms:
        etree.SubElement(lexeme, f"{{{PLS_NAMESPACE}}}grapheme").text = form
    if entry.phonemes:
        phoneme = etree.SubElement(lexeme, f"{{{PLS_NAMESPACE}}}phoneme")
        phoneme.text = clean_text(entry.phonemes)
        if entry.alphabet != "ipa":
            phoneme.set("alphabet", entry.alphabet)
    if entry.say:
        etree.SubElement(lexeme, f"{{{PLS_NAMESPACE}}}alias").text = clean_text(entry.say)


def _list_texts(element: Element) -> Iterator[tuple[Element, bool]]:
    """Yield the owners of running text: an element (False) for its `text`, a child (True) for its `tail`."""
    if element.tag.rpartition("}")[2] in _EXCLUDED_ELEMENTS:
        return
    yield element, False
    for child in element:
        yield from _list_texts(child)
        yield child, True


def _wrap_terms(owner: Element, is_tail: bool, text: str, places: list[tuple[int, int, LexiconEntry]]) -> None:
    """Wrap each of these terms of a text in an element with its phonemes; `places` are start, end and entry."""
    parent = owner.getparent() if is_tail else owner
    index = parent.index(owner) + 1 if is_tail else 0
    if is_tail:
        owner.tail = text[: places[0][0]]
    else:
        owner.text = text[: places[0][0]]
    ends = [start for start, _, _ in places[1:]] + [len(text)]
    for number, ((start, end, entry), following) in enumerate(zip(places, ends, strict=True)):
        span = etree.Element(f"{{{XHTML}}}span", nsmap={"ssml": _SSML_NAMESPACE})
        span.set(f"{{{_SSML_NAMESPACE}}}alphabet", entry.alphabet)
        span.set(f"{{{_SSML_NAMESPACE}}}ph", clean_text(entry.phonemes))
        span.text, span.tail = text[start:end], text[end:following]
        parent.insert(index + number, span)
