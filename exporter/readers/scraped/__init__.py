"""Scraped text, step by step: each step takes a page and returns it with one thing more understood."""

from __future__ import annotations

from collections.abc import Callable

from exporter.readers.scraped import (
    authors,
    captions,
    chrome,
    headings,
    heads,
    labels,
    lists,
    repeats,
    rights,
    timeline,
    titles,
)
from exporter.readers.scraped.page import Page

STEPS: tuple[Callable[[Page], Page], ...] = (
    titles.find,
    labels.join,
    timeline.mark,
    heads.take_apart,
    authors.drop,
    lists.mark,
    captions.mark,
    rights.take,
    chrome.drop,
    repeats.drop,
    headings.mark,
)
"""The order matters: what a step has understood (the title, say) the later ones need."""
