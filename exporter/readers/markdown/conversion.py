"""A Markdown document becomes an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from exporter.article import Article, Block, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice
from exporter.readers import Read, poems
from exporter.readers.markdown import title_block, yaml_front_matter
from exporter.readers.markdown.html_fragments import Fragments
from exporter.readers.markdown.markdown_blocks import MarkdownBlockBuilder
from exporter.readers.markdown.markdown_inlines import MarkdownInlineBuilder, plain_text
from exporter.readers.markdown.markdown_metadata import build_metadata
from exporter.readers.markdown.parser import Node, parse_markdown
from exporter.readers.page.html_encoding import decode_html

# Soft hyphens, zero-width spaces and marks of byte order are invisible, and in the way of search and speech.
_INVISIBLE_CHARS = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))

# MDX opens with lines of a program: what it imports and exports, up to a blank line.
_MDX_STATEMENTS = re.compile(r"\A(?:\s*^(?:import|export)\b.*(?:\n[^\n]+)*)+", re.MULTILINE)


def convert_document(document: Document, settings: InputSettings) -> Read:
    """Turn Markdown into an article; raises `SourceError` where it nests without end."""
    text = (
        decode_html(document.data, document.charset)
        .translate(_INVISIBLE_CHARS)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )
    values, body = yaml_front_matter.split_front_matter(text)
    if document.suffix == ".mdx":
        body = _MDX_STATEMENTS.sub("", body)
    tree, unused, commands = parse_markdown(body, document.name)
    stated = build_metadata(values)
    fragments = Fragments(document, settings, stated.language)
    builder = MarkdownBlockBuilder(fragments, MarkdownInlineBuilder(fragments, dict(_iter_heading_anchors(tree))))
    metadata, blocks = title_block.take_title_block(poems.find_poems(builder.build(tree.children)), stated)
    cover = fragments.picture(metadata.cover) if metadata.cover else None
    language = settings.language or metadata.language or _detect_language(blocks)
    metadata = msgspec.structs.replace(metadata, cover=cover, language=language)
    notes = tuple(builder.notes)
    notices = (
        *(Notice(address, "this picture is not at hand") for address in fragments.missing),
        *(Notice(f"[^{label}]", "no mark leads to this note, so it is left out") for label in unused),
        *(Notice("a command to the site's maker", command) for command in commands),
        *builder.notices,
    )
    return Read(Article(metadata, blocks, notes, fragments.used(blocks, notes, cover)), notices)


def _detect_language(blocks: tuple[Block, ...]) -> str:
    """The language of the text, where nobody states it."""
    from exporter.readers.language_detection import detect_language  # noqa: PLC0415  for articles that do not say

    return detect_language([block_text(block) for block in blocks])


def _iter_heading_anchors(tree: Node) -> Iterator[tuple[str, str]]:
    """Yield the name an author gave to a heading, and the one that its words make: links go by the second."""
    for node in tree.children:
        if node.type == "heading" and "id" in node.attrs:
            words = re.findall(r"\w+", plain_text(node).lower())
            yield str(node.attrs["id"]), "-".join(words)
