"""Scraped text, step by step: each step takes a page and returns it with one thing more recognised."""

from __future__ import annotations

from collections.abc import Callable

from exporter.readers.scraped import (
    author_notes,
    boilerplate_removal,
    caption_lines,
    header_block,
    list_lines,
    pull_quotes,
    rights_lines,
    scraped_title,
    section_headings,
)
from exporter.readers.scraped.scraped_page import ScrapedPage

STEPS: tuple[Callable[[ScrapedPage], ScrapedPage], ...] = (
    scraped_title.find_title,
    header_block.join_labels,
    section_headings.mark_days,
    header_block.read_header,
    author_notes.drop_author_notes,
    list_lines.mark_lists,
    caption_lines.mark_captions,
    rights_lines.extract_rights,
    boilerplate_removal.drop_boilerplate,
    pull_quotes.drop_pull_quotes,
    list_lines.mark_rows,
    section_headings.mark_headings,
)
"""The order matters: later steps need what earlier ones have recognised (the title, for example)."""
