"""Pictures that stand by themselves, with their captions and credits.

A picture alone in its paragraph is a figure. What is in its brackets is its caption, as pandoc has it, unless other
words are: its title, the rest of its paragraph where that is emphasised, or an emphasised paragraph right below.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from exporter.article import Block, Emphasis, Figure, Image, Inline, Paragraph, Text, inline_text
from exporter.readers.markdown.html_fragments import Fragments
from exporter.readers.markdown.markdown_inlines import MarkdownInlineBuilder, read_alt_text
from exporter.readers.markdown.parser import Node

_MAX_CAPTION_CHARS = 500
"""Characters of a caption that stands in a paragraph of its own."""


_MAX_CREDIT_CHARS = 120


def build_figures(line: Sequence[Node], lines: MarkdownInlineBuilder, fragments: Fragments) -> tuple[Block, ...]:
    """Return the figures that a paragraph begins with, each on lines of its own, and the paragraph that is left.

    Returns nothing for a paragraph that begins with words, or has its picture among them.
    """
    found: list[Figure] = []
    for number, node in enumerate(line):
        picture = _find_image(node)
        if picture is not None:
            found.append(_build_figure(picture, lines, fragments))
        elif node.type == "em" and found:
            found[-1] = _set_caption(found[-1], lines.of(node.children), fragments)
        elif node.type not in ("softbreak", "hardbreak") and (node.type != "text" or node.content.strip()):
            below = bool(found) and line[number - 1].type in ("softbreak", "hardbreak")
            return _attach_words(found, lines.of(line[number:]), fragments) if below else ()
    return tuple(found)


def _attach_words(found: list[Figure], words: tuple[Inline, ...], fragments: Fragments) -> tuple[Block, ...]:
    """Pictures with words on the next line: a caption if they repeat the picture's own or end with a credit."""
    last = _set_caption(found[-1], words, fragments)
    text = inline_text(words)
    repeats = len(last.alt.split()) > 2 and text.startswith(last.alt)
    if len(text) <= _MAX_CAPTION_CHARS and (repeats or last.credit != found[-1].credit):
        return (*found[:-1], last)
    return (*found, Paragraph(words))


def attach_caption(before: Block, after: Paragraph, fragments: Fragments) -> Figure | None:
    """The figure with the emphasised paragraph below it as its caption, or None where they are two things."""
    if not isinstance(before, Figure) or (before.caption and inline_text(before.caption) != before.alt):
        return None
    if len(after.content) != 1 or not isinstance(only := after.content[0], Emphasis):
        return None
    return (
        _set_caption(before, only.content, fragments) if len(inline_text(only.content)) <= _MAX_CAPTION_CHARS else None
    )


def extract_images(content: tuple[Inline, ...]) -> tuple[tuple[Figure, ...], tuple[Inline, ...]]:
    """Take the pictures out of a heading: they stand before it."""
    images = tuple(Figure(image=inline.image, alt=inline.alt) for inline in content if isinstance(inline, Image))
    rest = tuple(inline for inline in content if not isinstance(inline, Image)) if images else content
    return images, rest if inline_text(rest).strip() else ()


def _find_image(node: Node) -> Node | None:
    """The image that a node is, or that a link holds and nothing else."""
    if node.type == "link" and len(node.children) == 1:
        node = node.children[0]
    return node if node.type == "image" else None


def _build_figure(node: Node, lines: MarkdownInlineBuilder, fragments: Fragments) -> Figure:
    name, alt = fragments.picture(str(node.attrs.get("src", ""))), read_alt_text(node)
    title = str(node.attrs.get("title", "")).strip()
    caption = (Text(title),) if title else lines.of(node.children or [])
    # A bare word or a file's name in the brackets is for the machine.
    if not title and len(inline_text(caption).split()) < 2:
        caption = ()
    if name is None and inline_text(caption) == alt:
        alt = ""  # without the picture, its words need not be said twice
    caption, credit = fragments.credited(caption)
    return Figure(image=name, alt=alt, caption=caption, credit=credit)


def _set_caption(figure: Figure, caption: tuple[Inline, ...], fragments: Fragments) -> Figure:
    """Give a figure the caption below it; where that goes on after the picture's own words, the rest is the credit."""
    text, alt = inline_text(caption), figure.alt
    rest = text[len(alt) :].strip(" .,|/–—()") if len(alt.split()) > 2 and text.startswith(alt) else ""
    if rest and len(rest) <= _MAX_CREDIT_CHARS and not rest[0].islower():
        return msgspec.structs.replace(figure, caption=(Text(alt),), credit=rest)
    caption, credit = fragments.credited(caption)
    return msgspec.structs.replace(figure, caption=caption, credit=credit or figure.credit)
