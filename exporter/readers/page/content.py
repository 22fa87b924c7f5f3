"""Which part of a page is the article.

The library trafilatura says which *text* is the article; here its place in the page's own tree is found, so that all
that the library drops (headings, figures, tables, code) is kept.
"""

from __future__ import annotations

import logging
from copy import deepcopy

from exporter.readers.page.dom import BLOCK_TAGS, Element, elements, text_of

_SHARE = 0.9
"""Of the extracted letters, how many the article's element must hold."""


def article(root: Element) -> Element:
    """Return the smallest element that holds the article."""
    body = root.find("body")
    if body is None:
        return root
    chosen = _extracted(root)
    if len(chosen) < 250:
        return body
    weights: dict[Element, int] = {}
    total = 0
    for element in elements(body):
        if element.tag not in BLOCK_TAGS or any(child.tag in BLOCK_TAGS for child in element):
            continue
        key = "".join(text_of(element).split())
        if len(key) > 20 and key in chosen:
            total += len(key)
            holder = element
            while holder is not None:
                weights[holder] = weights.get(holder, 0) + len(key)
                holder = holder.getparent()
    if not total:
        return body
    best = body
    while True:
        inner = next((child for child in best if weights.get(child, 0) >= _SHARE * total), None)
        if inner is None or inner.tag not in {
            "div",
            "article",
            "section",
            "main",
            "body",
            "td",
            "table",
            "tr",
            "tbody",
            "center",
            "font",
            "span",
            "form",
        }:
            return best
        best = inner


def _extracted(root: Element) -> str:
    """The letters of the article without white space, as the library chooses them."""
    from trafilatura import bare_extraction  # noqa: PLC0415  150 ms, and only pages need it
    from trafilatura.settings import Extractor  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    options = Extractor(output_format="python", fast=True, comments=False, formatting=False)
    document = bare_extraction(deepcopy(root), options=options)
    if document is None or document.body is None:
        return ""
    return "".join("".join(document.body.itertext()).split())
