"""The reader `dialogue`: a made-up format, whose first line is ``DIALOGUE title`` and each other ``Speaker: words``."""

from __future__ import annotations

from exporter.article import Article, Metadata, Paragraph, Strong, Text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.readers import Read

_MARK = "DIALOGUE "


def recognises(document: Document) -> bool:
    """Whether the first line says that it is a dialogue."""
    return document.data.startswith(_MARK.encode())


def read(document: Document, settings: InputSettings) -> Read:  # noqa: ARG001  it depends on no setting
    """Make a paragraph of each line; a line without a speaker is left out, with a notice."""
    title, *lines = document.data.decode("utf-8", "replace").splitlines() or [""]
    parts = [line.partition(": ") for line in lines if line.strip()]
    paragraphs = tuple(
        Paragraph((Strong((Text(f"{speaker}:"),)), Text(f" {words}"))) for speaker, colon, words in parts if colon
    )
    if not paragraphs:
        raise SourceError("reading", document.name, "EmptySource: nobody speaks", "Write lines like 'Ann: It turns.'.")
    notices = tuple(Notice(line, "dropped: it names no speaker") for line, colon, _ in parts if not colon)
    return Read(Article(Metadata(title.removeprefix(_MARK).strip()), paragraphs), notices)
