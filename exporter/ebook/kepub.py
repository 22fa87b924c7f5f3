"""The markup that Kobo's reading system expects in a book named ``.kepub.epub``: a numbered span for each sentence.

Positions, highlights and statistics use these spans (class `koboSpan`, id `kobo.PARAGRAPH.SENTENCE`), each of which
contains a run of text or a picture and nothing else; the device sets its margins on two `div`s around all of it. This
is the form of Kobo's own books, as the tool kepubify documents it.
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
"""A text without a match is one sentence: this saves splitting the many short runs of code."""


def add_kobo_spans(document: XhtmlDocument, language: str) -> XhtmlDocument:
    """Return a document with its sentences in Kobo's spans; changes the tree of the given one."""
    body = document.html.find(f"{_XHTML}body")
    _SpanNumberer(language).wrap(body)
    content = list(body)
    columns = etree.SubElement(body, f"{_XHTML}div", id="book-columns")
    etree.SubElement(columns, f"{_XHTML}div", id="book-inner").extend(content)
    return msgspec.structs.replace(document, data=serialize(document.html))


class _SpanNumberer:
    """Adds the spans of one document and numbers them."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._paragraph = self._sentence = 0

    def wrap(self, element: Element) -> None:
        """Wrap all text and pictures in an element in spans."""
        if element.tag in _PARAGRAPH_TAGS:
            self._paragraph, self._sentence = self._paragraph + 1, 0
        children = list(element)
        spans = self._wrap_text(element.text or "")
        if spans:
            element.text = None
            element.insert(0, spans[0])
            _add_siblings(spans)
        for child in children:
            after = self._wrap_child(element, child)
            if spans := self._wrap_text(after.tail or ""):
                after.tail = None
                _add_siblings([after, *spans])

    def _wrap_child(self, parent: Element, child: Element) -> Element:
        """Wrap a child in a span if it is a picture, else its content; returns the element that is now in its place."""
        if child.tag == f"{_XHTML}img":
            span = self._make_span()
            span.tail, child.tail = child.tail, None
            parent.replace(child, span)
            span.append(child)
            return span
        if child.tag.startswith(_XHTML) and child.tag != f"{_XHTML}rt":
            self.wrap(child)
        return child

    def _wrap_text(self, text: str) -> list[Element]:
        if not text.strip():
            return []
        spans = []
        for start, end in split_sentences(text, self._language) if _SENTENCE_END.search(text) else [(0, len(text))]:
            spans.append(self._make_span())
            spans[-1].text = text[start:end]
        return spans

    def _make_span(self) -> Element:
        self._sentence += 1
        name = f"kobo.{self._paragraph}.{self._sentence}"
        return etree.Element(f"{_XHTML}span", {"class": "koboSpan", "id": name})


def _add_siblings(elements: list[Element]) -> None:
    """Add elements after the first of them, in linear time: inserting them by index would be quadratic."""
    for before, element in itertools.pairwise(elements):
        before.addnext(element)
