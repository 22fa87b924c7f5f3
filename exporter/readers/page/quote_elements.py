"""Block quotations and their attributions."""

from __future__ import annotations

import re

import msgspec

from exporter.article import Block, Inline, Paragraph, Quote, inline_text
from exporter.readers.page.dom import Element, collapse_space, text_of

_ATTRIBUTION_DASH = re.compile(r"\s*(?:[—–―]|--)\s*")
"""The dash before an attribution."""


def make_quote(element: Element, blocks: tuple[Block, ...]) -> Quote:
    """Make a quotation of the blocks in an element; the last one may be its attribution."""
    *before, last = blocks
    if before and isinstance(last, Paragraph):
        text = inline_text(last.content)
        footer = next((child for child in element.iter("footer", "cite") if _is_last_text(child, element)), None)
        if _ATTRIBUTION_DASH.match(text) or (footer is not None and text_of(footer) == collapse_space(text)):
            return Quote(blocks=tuple(before), attribution=strip_dash(last.content))
    return Quote(blocks=blocks)


def strip_dash(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Cut the dash at the beginning of an attribution."""
    first = content[0]
    text = getattr(first, "text", "")
    if text and (dash := _ATTRIBUTION_DASH.match(text)):
        rest = text[dash.end() :]
        return (msgspec.structs.replace(first, text=rest), *content[1:]) if rest else content[1:]
    return content


def _is_last_text(element: Element, inside: Element) -> bool:
    """Whether `inside` holds no text or element after `element`."""
    while element is not inside:
        if (element.tail or "").strip() or element.getnext() is not None:
            return False
        element = element.getparent()
    return True
