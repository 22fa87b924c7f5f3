"""Scraped text, step by step: each step takes a page and returns it with one thing more understood."""

from __future__ import annotations

from collections.abc import Callable

from exporter.readers.scraped import authors, captions, chrome, heads, repeats, rights, structure, titles
from exporter.readers.scraped.page import Page

STEPS: tuple[Callable[[Page], Page], ...] = (
    titles.find,
    heads.take_apart,
    authors.drop,
    structure.lists,
    captions.mark,
    rights.take,
    chrome.drop,
    repeats.drop,
    structure.headings,
)
"""The order matters: what a step has understood (the title, say) the later ones need."""
