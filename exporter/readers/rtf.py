"""Rich text (RTF): striprtf takes its control words out, and the reader of plain text reads the rest."""

from __future__ import annotations

import re
from itertools import pairwise

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import Notice, SourceError, describe_error

_RTF_START = b"{\\rtf"
_INFO = re.compile(r"\{\\(title|author)\s+([^{}\\]*)\}")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d+)")


def recognises(document: Document) -> bool:
    """Whether a document begins as rich text does."""
    return document.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_RTF_START)


def read(document: Document, settings: InputSettings) -> Document:  # noqa: ARG001  it brings no pictures
    """Return the text of the document; raises `SourceError` if it is damaged or has none."""
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415  10 ms, only rich text needs it

    found = _CODE_PAGE.search(document.data)
    written = document.data.decode("latin-1")
    encoding = f"cp{found[1].decode()}" if found else "cp1252"
    try:
        text = str(rtf_to_text(written, encoding, "replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, IndexError, RecursionError) as error:
        cause = describe_error(error, "Damaged")
        raise SourceError("reading a document", document.name, cause, "Save it again from its program.") from error
    facts = {name: " ".join(value.split()) for name, value in _INFO.findall(written)}
    # striprtf ends a cell with a bar on a line of its own, and a row with another.
    text = text.replace("\n|\n", "\n").replace("\n|", "\t")
    paragraphs = [line.strip(" ") for line in text.split("\n") if line.strip()]
    if not paragraphs:
        cause = "EmptySource: there is no text in it"
        raise SourceError("reading a document", document.name, cause, "Name a document that has text.")
    return Document(
        document.name,
        _join_paragraphs(paragraphs).encode("utf-8", "replace"),
        media_type="text/plain",
        charset="utf-8",
        title=facts.get("title", ""),
        authors=(facts["author"],) if facts.get("author") else (),
        whole=True,
        notices=(*document.notices, *_count_pictures(written)),
    )


def _join_paragraphs(paragraphs: list[str]) -> str:
    """Return paragraphs with a blank line between them, but between the rows of a table or the items of a list."""
    out = paragraphs[0]
    for before, line in pairwise(paragraphs):
        out += ("\n" if "\t" in before and "\t" in line else "\n\n") + line
    return out


def _count_pictures(written: str) -> tuple[Notice, ...]:
    """Return the notice of pictures, which are not read."""
    count = len(re.findall(r"\\pict\b", written))
    return (Notice("document", f"{count} picture{'s'[: count != 1]} left out"),) if count else ()
