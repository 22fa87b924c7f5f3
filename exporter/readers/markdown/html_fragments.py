"""Raw HTML, pictures and captions with credits in Markdown.

Parts of the HTML reader read them; they are imported at the first picture or tag.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.account import Dropped
from exporter.article import Block, Inline, Resource
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers.page.page_links import Links

if TYPE_CHECKING:
    from exporter.readers.page.dom import Element
    from exporter.readers.page.page_blocks import PageBlockBuilder
    from exporter.readers.page.page_inlines import PageReferences

_DROPPED_ELEMENTS = ("script", "style", "template", "noscript", "iframe", "object", "embed", "form")
_INVISIBLE_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|</[^<>]*>", re.DOTALL)


class Fragments:
    """Reads raw HTML and pictures of one document.

    `base` is the URL that links are relative to, or empty; `missing` are the addresses of pictures that were not found,
    `dropped` the elements that were left out.
    """

    def __init__(self, document: Document, settings: InputSettings, language: str) -> None:
        """Remember the document; `language` is what its front matter states, or empty."""
        self.base = document.url or ""
        self.missing: list[str] = []
        self.dropped: list[Dropped] = []
        self._document = document
        self._settings = settings
        self._language = settings.language or language
        self._references: PageReferences | None = None

    def used_pictures(self, *values: object) -> tuple[Resource, ...]:
        """Return the pictures that are named in blocks, notes or metadata."""
        return self._references.pictures.used_resources(*values) if self._references else ()

    def add_picture(self, address: str) -> str | None:
        """Return the resource name of the picture at an address, or None if it is not found."""
        name = self._load_references().pictures.add_url(address)
        if name is None and address and self._settings.images:
            self.missing.append(address)
        return name

    def split_credit(self, caption: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], str]:
        """Return a caption without the credit at its end, and the credit, or empty."""
        from exporter.readers.page import figure_captions  # noqa: PLC0415  48 ms, only figures need it

        return figure_captions.split_caption_credit(caption)

    def parse_blocks(self, html: str) -> tuple[Block, ...]:
        """Return the blocks of raw HTML between paragraphs."""
        return self._make_builder().build(self._parse(html)) if _is_visible(html) else ()

    def parse_inlines(self, html: str) -> tuple[Inline, ...]:
        """Return the inlines of raw HTML in a paragraph."""
        return self._make_builder().line(self._parse(html)) if _is_visible(html) else ()

    def _load_references(self) -> PageReferences:
        if self._references is None:
            from exporter.readers.page.page_inlines import PageReferences  # noqa: PLC0415  50 ms, only pictures need it
            from exporter.readers.page.pictures import Pictures  # noqa: PLC0415  likewise

            pictures = Pictures(self.base, self._document, wanted=self._settings.images)
            self._references = PageReferences(Links(self.base), pictures, {}, self._language)
        return self._references

    def _make_builder(self) -> PageBlockBuilder:
        from exporter.readers.page.page_blocks import PageBlockBuilder  # noqa: PLC0415  65 ms, only raw HTML needs it

        return PageBlockBuilder(self._load_references())

    def _parse(self, html: str) -> Element:
        from exporter.readers.page.dom import drop_element, parse_html, text_of  # noqa: PLC0415  11 ms, raw HTML only

        tree = parse_html(f"<div>{html}</div>", self._document.name)
        for element in list(tree.iter(*_DROPPED_ELEMENTS)):
            text = text_of(element) or element.get("src", "")
            self.dropped += [Dropped(text, "raw HTML that is not read", f"<{element.tag}>")] if text else []
            drop_element(element)
        return tree


def _is_visible(html: str) -> bool:
    """Whether raw HTML is more than comments and closing tags, which are half of it in Markdown."""
    return bool(_INVISIBLE_MARKUP.sub("", html).strip())
