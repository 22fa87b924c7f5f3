"""Scraped text, step by step: each step takes a page and returns it with one thing more understood."""

from __future__ import annotations

from collections.abc import Callable

from exporter.readers.scraped import (
    author_notes,
    boilerplate_removal,
    caption_lines,
    field_labels,
    header_block,
    list_lines,
    pull_quotes,
    rights_lines,
    scraped_title,
    section_headings,
    timeline,
)
from exporter.readers.scraped.scraped_page import ScrapedPage

STEPS: tuple[Callable[[ScrapedPage], ScrapedPage], ...] = (
    scraped_title.find,
    field_labels.join,
    timeline.mark,
    header_block.take_apart,
    author_notes.drop,
    list_lines.mark,
    caption_lines.mark,
    rights_lines.take,
    boilerplate_removal.drop,
    pull_quotes.drop,
    section_headings.mark,
)
"""The order matters: what a step has understood (the title, say) the later ones need."""
