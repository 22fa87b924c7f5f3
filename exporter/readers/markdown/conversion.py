"""Converts a Markdown document to an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from exporter.account import Dropped
from exporter.article import Article, Block, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice
from exporter.readers import Read, poems
from exporter.readers.language_detection import detect_language
from exporter.readers.markdown import title_block, yaml_front_matter
from exporter.readers.markdown.html_fragments import Fragments
from exporter.readers.markdown.markdown_account import make_account
from exporter.readers.markdown.markdown_blocks import MarkdownBlockBuilder, make_command_notice
from exporter.readers.markdown.markdown_inlines import MarkdownInlineBuilder, plain_text
from exporter.readers.markdown.markdown_metadata import build_metadata
from exporter.readers.markdown.parser import Node, parse_markdown
from exporter.readers.page.html_encoding import decode_html

_INVISIBLE_CHARS = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))
"""Soft hyphens, zero-width spaces and byte order marks; they disturb search and speech, so they are removed."""

# MDX begins with statements of JavaScript: imports and exports, up to an empty line.
_MDX_STATEMENTS = re.compile(r"\A(?:\s*^(?:import|export)\b.*(?:\n[^\n]+)*)+", re.MULTILINE)


_MISSING_PICTURE = "this picture was not found and is left out: put it beside the article, or correct its address"
_UNUSED_NOTE = "this note is left out, since nothing refers to it: put its mark where it belongs"


def convert_document(document: Document, settings: InputSettings) -> Read:
    """Turn Markdown into an article; raises `SourceError` if it nests too deep or has too many marks."""
    text = (
        decode_html(document.data, document.charset)
        .translate(_INVISIBLE_CHARS)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
    )
    values, body = yaml_front_matter.split_front_matter(text)
    statements: list[Dropped] = []
    if document.suffix == ".mdx" and (found := _MDX_STATEMENTS.match(body)):
        statements, body = [Dropped(found[0].strip(), "a statement of MDX", "line 1")], body[found.end() :]
    parsed = parse_markdown(body, document.name)
    tree = parsed.tree
    stated = build_metadata(values)
    fragments = Fragments(document, settings, stated.language)
    builder = MarkdownBlockBuilder(fragments, MarkdownInlineBuilder(fragments, dict(_iter_heading_anchors(tree))))
    metadata, blocks = title_block.take_title_block(poems.find_poems(builder.build(tree.children)), stated)
    cover = fragments.add_picture(metadata.cover) if metadata.cover else None
    language = settings.language or metadata.language or _detect_language(blocks)
    metadata = msgspec.structs.replace(metadata, cover=cover, language=language)
    notes = tuple(builder.notes)
    notices = (
        *(Notice(address, _MISSING_PICTURE) for address in fragments.missing),
        *(Notice(f"[^{label}]", _UNUSED_NOTE) for label in parsed.unused_notes),
        *map(make_command_notice, parsed.shortcodes),
        *builder.notices,
    )
    article = Article(metadata, blocks, notes, fragments.used_pictures(blocks, notes, cover))
    return Read(article, notices, make_account(article, values, body, parsed, (*statements, *fragments.dropped)))


def _detect_language(blocks: tuple[Block, ...]) -> str:
    """Return the language of the text, for articles that do not state it."""
    return detect_language([block_text(block) for block in blocks])


def _iter_heading_anchors(tree: Node) -> Iterator[tuple[str, str]]:
    """Yield the identifier that an author gave to a heading, and the one made of its words, which links use."""
    for node in tree.children:
        if node.type == "heading" and "id" in node.attrs:
            words = re.findall(r"\w+", plain_text(node).lower())
            yield str(node.attrs["id"]), "-".join(words)
