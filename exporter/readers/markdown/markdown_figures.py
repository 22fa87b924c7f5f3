"""Figures of Markdown, with their captions and credits.

A picture alone in its paragraph is a figure. Its caption is the text in its brackets, as in pandoc, unless it has a
title, an emphasised text behind it in the paragraph, or an emphasised paragraph directly below.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.article import Block, Emphasis, Figure, Image, Inline, Paragraph, Text, inline_text
from exporter.readers.markdown.html_fragments import Fragments
from exporter.readers.markdown.markdown_inlines import MarkdownInlineBuilder, read_alt_text
from exporter.readers.markdown.parser import Node
from exporter.readers.text_tests import MAX_CREDIT_CHARS, MAX_MARKED_CAPTION_CHARS

_MIN_REPEATED_WORDS = 3  # fewer words of a description may begin a sentence by chance


def build_figures(line: Sequence[Node], inlines: MarkdownInlineBuilder, fragments: Fragments) -> tuple[Block, ...]:
    """Return the figures at the beginning of a paragraph, each on its own lines, and the rest as a paragraph.

    Returns an empty tuple for a paragraph that begins with words, or has a picture between words.
    """
    found: list[Figure] = []
    for number, node in enumerate(line):
        picture = _find_image(node)
        if picture is not None:
            found.append(_build_figure(picture, inlines, fragments))
        elif node.type == "em" and found:
            found[-1] = _set_caption(found[-1], inlines.build(node.children), fragments)
        elif node.type not in ("softbreak", "hardbreak") and (node.type != "text" or node.content.strip()):
            below = bool(found) and line[number - 1].type in ("softbreak", "hardbreak")
            return _attach_words(found, inlines.build(line[number:]), fragments) if below else ()
    return tuple(found)


def _attach_words(found: list[Figure], words: tuple[Inline, ...], fragments: Fragments) -> tuple[Block, ...]:
    """Return figures with the words below them: a caption if they repeat the description or end with a credit."""
    last = _set_caption(found[-1], words, fragments)
    text = inline_text(words)
    repeats = _repeats_description(text, last.alt)
    if len(text) <= MAX_MARKED_CAPTION_CHARS and (repeats or last.credit != found[-1].credit):
        return (*found[:-1], last)
    return (*found, Paragraph(words))


def attach_caption(before: Block, after: Paragraph, fragments: Fragments) -> Figure | None:
    """Return the figure with an emphasised paragraph below it as its caption, or None if it is not a caption."""
    if not isinstance(before, Figure) or (before.caption and inline_text(before.caption) != before.alt):
        return None
    if len(after.content) != 1 or not isinstance(only := after.content[0], Emphasis):
        return None
    return (
        _set_caption(before, only.content, fragments)
        if len(inline_text(only.content)) <= MAX_MARKED_CAPTION_CHARS
        else None
    )


def extract_images(content: tuple[Inline, ...]) -> tuple[tuple[Figure, ...], tuple[Inline, ...]]:
    """Return the pictures of a heading as figures, to stand before it, and the rest of its content."""
    images = tuple(Figure(image=inline.image, alt=inline.alt) for inline in content if isinstance(inline, Image))
    rest = tuple(inline for inline in content if not isinstance(inline, Image)) if images else content
    return images, rest if inline_text(rest).strip() else ()


def _find_image(node: Node) -> Node | None:
    """Return the image if a node is one, or a link around one; else None."""
    if node.type == "link" and len(node.children) == 1:
        node = node.children[0]
    return node if node.type == "image" else None


def _build_figure(node: Node, inlines: MarkdownInlineBuilder, fragments: Fragments) -> Figure:
    name, alt = fragments.add_picture(str(node.attrs.get("src", ""))), read_alt_text(node)
    title = str(node.attrs.get("title", "")).strip()
    caption = (Text(title),) if title else inlines.build(node.children or [])
    # A single word in the brackets is a placeholder or a file name.
    if not title and len(inline_text(caption).split()) < 2:
        caption = ()
    if name is None and inline_text(caption) == alt:
        alt = ""  # without the picture, caption and description would be the same text twice
    caption, credit = fragments.split_credit(caption)
    return Figure(image=name, alt=alt, caption=caption, credit=credit)


def _set_caption(figure: Figure, caption: tuple[Inline, ...], fragments: Fragments) -> Figure:
    """Return a figure with the caption below it; what follows the repeated description in it is the credit."""
    text, alt = inline_text(caption), figure.alt
    rest = text[len(alt) :].strip(" .,|/–—()") if _repeats_description(text, alt) else ""
    if rest and len(rest) <= MAX_CREDIT_CHARS and not rest[0].islower():
        return msgspec.structs.replace(figure, caption=(Text(alt),), credit=rest)
    caption, credit = fragments.split_credit(caption)
    return msgspec.structs.replace(figure, caption=caption, credit=credit or figure.credit)


def _repeats_description(text: str, alt: str) -> bool:
    return len(alt.split()) >= _MIN_REPEATED_WORDS and text.startswith(alt)
