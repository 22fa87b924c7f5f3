"""Markdown: CommonMark with the extensions of GitHub, pandoc and site generators.

Tables, footnotes, definition lists, task lists, strikethrough, bare links, sub- and superscript, math, attributes,
fenced divs, callouts, line blocks, table captions, figures with captions and credits, and front matter in YAML or TOML
as metadata. Raw HTML is read by parts of the HTML reader, so scripts and embedded content are left out.
"""

from __future__ import annotations

from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import Read
from exporter.readers.markdown.recognition import looks_like_markdown
from exporter.readers.text_formats import name_format

_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mkd", ".mdown", ".mdwn", ".mdx", ".qmd", ".rmd"})
_MEDIA_TYPES = frozenset({"text/markdown", "text/x-markdown"})


def recognises(document: Document) -> bool:
    """Whether a document is Markdown: by its suffix or media type, else by its content."""
    if document.suffix in _MARKDOWN_SUFFIXES or document.media_type in _MEDIA_TYPES:
        return True
    return looks_like_markdown(document.data) and not name_format(document)


def read(document: Document, settings: InputSettings) -> Read:
    """Turn Markdown into an article; raises `SourceError` if it nests too deep or has too many marks."""
    from exporter.readers.markdown.conversion import convert_document  # noqa: PLC0415  78 ms, other texts do not need it

    return convert_document(document, settings)
