"""A Markdown document becomes an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from exporter.article import Article, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice
from exporter.readers import Read
from exporter.readers.markdown import front_matter
from exporter.readers.markdown.blocks import Builder
from exporter.readers.markdown.fragments import Fragments
from exporter.readers.markdown.inlines import Lines, plain
from exporter.readers.markdown.metadata import from_values, take_opening
from exporter.readers.markdown.parser import Node, parse
from exporter.readers.scraped.decoding import decode
from exporter.readers.scraped.language import detect
from exporter.readers.scraped.page import Piece

# Soft hyphens, zero-width spaces and marks of byte order are invisible, and in the way of search and speech.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))


def convert(document: Document, settings: InputSettings) -> Read:
    """Turn Markdown into an article; raises `SourceError` where it nests without end."""
    text = decode(document).translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    values, body = front_matter.split(text)
    tree = parse(body, document.name)
    fragments = Fragments(document, settings)
    builder = Builder(fragments, Lines(fragments, dict(_places(tree))))
    metadata, blocks = take_opening(builder.build(tree.children), from_values(values))
    cover = fragments.picture(metadata.cover) if metadata.cover else None
    language = settings.language or metadata.language or detect([Piece(block_text(block)) for block in blocks])
    metadata = msgspec.structs.replace(metadata, cover=cover, language=language)
    notices = tuple(Notice(address, "this picture is not at hand") for address in fragments.missing)
    return Read(Article(metadata, blocks, tuple(builder.notes), fragments.resources), notices)


def _places(tree: Node) -> Iterator[tuple[str, str]]:
    """Yield the name an author gave to a heading, and the one that its words make: links go by the second."""
    for node in tree.walk():
        if node.type == "heading" and "id" in node.attrs:
            words = re.findall(r"\w+", plain(node).lower())
            yield str(node.attrs["id"]), "-".join(words)
