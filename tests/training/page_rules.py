"""The rules of the reader of pages that `tests.training.rule_report` switches off in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from exporter.readers.page import (
    element_tests,
    figure_captions,
    figure_elements,
    figure_search,
    main_content,
    pictures,
    pruning,
    rewrites,
    teasers,
)
from exporter.readers.page.post_filters import article_opening, boilerplate_blocks

PAGE_RULES: Sequence[tuple[Any, str, Callable[..., Any]]] = (
    (article_opening, "_find_fact", lambda *_: ""),
    (article_opening, "_is_lead_in", lambda *_, **__: False),
    (article_opening, "_is_portrait", lambda *_: False),
    (article_opening, "_lists_amounts", lambda *_: False),
    (boilerplate_blocks, "_begins_with_name", lambda *_: False),
    (boilerplate_blocks, "_boilerplate_kind", lambda *_: ""),
    (boilerplate_blocks, "_holds_only_links", lambda *_: False),
    (boilerplate_blocks, "_is_headline_list", lambda *_: False),
    (boilerplate_blocks, "_is_in_description", lambda *_: False),
    (boilerplate_blocks, "_is_label", lambda *_: False),
    (boilerplate_blocks, "_is_link_line", lambda *_: False),
    (boilerplate_blocks, "_is_pointer_line", lambda *_: False),
    (boilerplate_blocks, "_may_introduce_list", lambda *_: False),
    (element_tests, "link_words", lambda block, _: block),
    (figure_captions, "is_separate_credit", lambda *_: False),
    (figure_captions, "trim_leftover", lambda caption: caption),
    (figure_elements, "_find_longest_text", lambda *_: None),
    (figure_search, "_is_caption_by_words", lambda *_: False),
    (figure_search, "is_captioned_picture", lambda *_: False),
    (main_content, "_laid_out_letters", lambda *_: ""),
    (main_content, "_letters_below", lambda *_: ""),
    (main_content, "_reference_letters", lambda *_: ""),
    (pictures, "_is_portrait", lambda *_: False),
    (pruning, "_find_unseen_reason", lambda *_: ""),
    (pruning, "_is_named_body", lambda *_: False),
    (pruning, "_is_table_of_contents", lambda *_: False),
    (pruning, "_is_within_sentence", lambda *_: False),
    (rewrites, "_caption_from_alt", lambda *_: None),
    (rewrites, "_split_credited_paragraph", lambda *_: ((), "")),
    (rewrites, "promote_bold_lines", lambda blocks: blocks),
    (teasers, "_find_listed", lambda *_: set()),
    (teasers, "_is_card_picture", lambda *_: False),
    (teasers, "_is_link_preview", lambda *_: False),
    (teasers, "find_cards", lambda *_: frozenset()),
    (teasers, "is_teaser", lambda *_: False),
)
"""Where each rule stands, its name, and what finds nothing instead."""
