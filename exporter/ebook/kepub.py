"""What Kobo's own reading system looks for in a book named ``.kepub.epub``: a numbered span around each sentence.

Places, highlights and statistics hang on these spans (class `koboSpan`, id `kobo.PARAGRAPH.SENTENCE`), each of which
holds a run of text or a picture and nothing else; two divisions around all of it carry the device's margins. This is
the form of Kobo's own books, as the tool kepubify documents it.
"""

from __future__ import annotations

import itertools
import re

import msgspec
from lxml import etree

from exporter.ebook.chapter import XhtmlDocument
from exporter.ebook.xhtml import XHTML, Element, serialize
from exporter.sentences import split_sentences

_XHTML = f"{{{XHTML}}}"
_PARAGRAPH_TAGS = frozenset(
    _XHTML + tag for tag in "p li h1 h2 h3 h4 h5 h6 pre dt dd td th caption figcaption figure".split()
)
_SENTENCE_END = re.compile(r"[.!?…؟।]\W|[。！？]")
"""A text without any of these is one sentence; pieces of code are, and there are many."""


def add_kobo_spans(document: XhtmlDocument, language: str) -> XhtmlDocument:
    """Return a document whose sentences are in Kobo's spans; its own tree is the one that changes."""
    body = document.html.find(f"{_XHTML}body")
    _SpanNumberer(language).add(body)
    whole = list(body)
    columns = etree.SubElement(body, f"{_XHTML}div", id="book-columns")
    etree.SubElement(columns, f"{_XHTML}div", id="book-inner").extend(whole)
    return msgspec.structs.replace(document, data=serialize(document.html))


class _SpanNumberer:
    """Numbers the spans of one document."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._paragraph = self._sentence = 0

    def add(self, element: Element) -> None:
        """Put all text and pictures in an element into spans."""
        if element.tag in _PARAGRAPH_TAGS:
            self._paragraph, self._sentence = self._paragraph + 1, 0
        children = list(element)
        spans = self._texts(element.text or "")
        if spans:
            element.text = None
            element.insert(0, spans[0])
            _add_siblings(spans)
        for child in children:
            after = self._within(element, child)
            if spans := self._texts(after.tail or ""):
                after.tail = None
                _add_siblings([after, *spans])

    def _within(self, parent: Element, child: Element) -> Element:
        """Put a child into a span if it is a picture, else what is in it; returns what now stands there."""
        if child.tag == f"{_XHTML}img":
            span = self._span()
            span.tail, child.tail = child.tail, None
            parent.replace(child, span)
            span.append(child)
            return span
        if child.tag.startswith(_XHTML) and child.tag != f"{_XHTML}rt":
            self.add(child)
        return child

    def _texts(self, text: str) -> list[Element]:
        if not text.strip():
            return []
        spans = []
        for start, end in split_sentences(text, self._language) if _SENTENCE_END.search(text) else [(0, len(text))]:
            spans.append(self._span())
            spans[-1].text = text[start:end]
        return spans

    def _span(self) -> Element:
        self._sentence += 1
        name = f"kobo.{self._paragraph}.{self._sentence}"
        return etree.Element(f"{_XHTML}span", {"class": "koboSpan", "id": name})


def _add_siblings(elements: list[Element]) -> None:
    """Put elements behind the first of them, each found from the one before: by their places it takes for ever."""
    for before, element in itertools.pairwise(elements):
        before.addnext(element)
