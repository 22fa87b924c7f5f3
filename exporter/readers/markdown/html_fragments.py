"""What Markdown shares with HTML: raw HTML, pictures, and captions with credits.

The pieces of the HTML reader do the work; they are loaded when the first picture or tag is met.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporter.article import Block, Inline, Resource
from exporter.config import InputSettings
from exporter.document import Document

if TYPE_CHECKING:
    from exporter.readers.page.dom import Element
    from exporter.readers.page.page_blocks import PageBlockBuilder
    from exporter.readers.page.page_inlines import PageReferences

_DROPPED_ELEMENTS = ("script", "style", "template", "noscript", "iframe", "object", "embed", "form")
_INVISIBLE_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|</[^>]*>", re.DOTALL)


class Fragments:
    """Reads the pieces of one document that are not Markdown."""

    def __init__(self, document: Document, settings: InputSettings, language: str) -> None:
        self.base = document.url or ""
        self.missing: list[str] = []
        self._document = document
        self._settings = settings
        self._language = settings.language or language
        self._page: PageReferences | None = None

    def used(self, *values: object) -> tuple[Resource, ...]:
        """The pictures that blocks, notes or a name mention."""
        return self._page.pictures.used_resources(*values) if self._page else ()

    def picture(self, address: str) -> str | None:
        """Return the name for the picture at an address; None where it cannot be had."""
        name = self._shared().pictures.add_url(address)
        if name is None and address and self._settings.images:
            self.missing.append(address)
        return name

    def credited(self, caption: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], str]:
        """Cut the credit from the end of a caption."""
        from exporter.readers.page import figure_captions  # noqa: PLC0415

        return figure_captions.split_caption_credit(caption)

    def blocks(self, html: str) -> tuple[Block, ...]:
        """Read HTML that stands by itself."""
        return self._builder().build(self._tree(html)) if _is_visible(html) else ()

    def line(self, html: str) -> tuple[Inline, ...]:
        """Read HTML within a line."""
        return self._builder().line(self._tree(html)) if _is_visible(html) else ()

    def _shared(self) -> PageReferences:
        if self._page is None:
            from exporter.readers.page.page_inlines import PageReferences  # noqa: PLC0415
            from exporter.readers.page.page_links import Links  # noqa: PLC0415
            from exporter.readers.page.pictures import Pictures  # noqa: PLC0415

            pictures = Pictures(self.base, self._document.folder, wanted=self._settings.images)
            self._page = PageReferences(Links(self.base), pictures, {}, self._language)
        return self._page

    def _builder(self) -> PageBlockBuilder:
        from exporter.readers.page.page_blocks import PageBlockBuilder  # noqa: PLC0415

        return PageBlockBuilder(self._shared())

    def _tree(self, html: str) -> Element:
        from exporter.readers.page.dom import drop_element, parse_html  # noqa: PLC0415

        tree = parse_html(f"<div>{html}</div>", self._document.name)
        for element in list(tree.iter(*_DROPPED_ELEMENTS)):
            drop_element(element)
        return tree


def _is_visible(html: str) -> bool:
    """Whether a piece of HTML shows anything: half of those in Markdown are comments and closing tags."""
    return bool(_INVISIBLE_MARKUP.sub("", html).strip())
