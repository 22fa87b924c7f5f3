"""Jupyter notebooks: Markdown and code cells, and the pictures that the code drew, as one Markdown document."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

import msgspec

from exporter.config import InputSettings
from exporter.document import Document, DocumentPart
from exporter.errors import Notice, SourceError, describe_error

_HEAD_KEYS = re.compile(rb'"(?:nbformat|cell_type)"\s*:')
_PICTURE_TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}

Lines = str | list[str]
"""Text as notebooks hold it: whole, or in lines that keep their ends."""


class _Output(msgspec.Struct):
    data: dict[str, msgspec.Raw] = {}
    text: Lines = ""


class _Cell(msgspec.Struct):
    """A cell; versions before 4 call the source of code `input`."""

    cell_type: str = ""
    source: Lines = ""
    input: Lines = ""
    level: int = 1
    outputs: list[_Output] = []
    attachments: dict[str, dict[str, Lines]] = {}


class _Worksheet(msgspec.Struct):
    cells: list[_Cell] = []


class _Notebook(msgspec.Struct):
    cells: list[_Cell] = []
    worksheets: list[_Worksheet] = []
    metadata: dict[str, object] = {}


def recognises(document: Document) -> bool:
    """Whether a document is JSON with the keys of a notebook."""
    return document.data[:64].lstrip()[:1] == b"{" and _HEAD_KEYS.search(document.data) is not None


def read(document: Document, settings: InputSettings) -> Document:
    """Return the notebook as Markdown with its pictures; raises `SourceError` if it is damaged."""
    try:
        notebook = msgspec.json.decode(document.data.removeprefix(b"\xef\xbb\xbf"), type=_Notebook)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        cause = describe_error(error, "Damaged")
        raise SourceError("reading a notebook", document.name, cause, "Save it again from Jupyter.") from error
    cells = notebook.cells or [cell for sheet in notebook.worksheets for cell in sheet.cells]
    language = _find_language(notebook.metadata)
    parts: list[DocumentPart] = []
    texts = [text for number, cell in enumerate(cells, 1) for text in _write_cell(cell, number, language, parts)]
    if not texts:
        cause = "EmptySource: the notebook has no text and no code"
        raise SourceError("reading a notebook", document.name, cause, "Name one that has.")
    printed = sum(bool(_join(output.text) or "text/plain" in output.data) for cell in cells for output in cell.outputs)
    notice = Notice("notebook", f"{printed} printed output{'s'[: printed != 1]} left out: texts and tables of the code")
    title = notebook.metadata.get("title")
    return Document(
        document.name,
        "\n\n".join(texts).encode("utf-8", "replace"),
        media_type="text/markdown",
        title=title if isinstance(title, str) else "",
        whole=True,
        parts=tuple(parts) if settings.images else (),
        notices=(*document.notices, notice) if printed else document.notices,
    )


def _write_cell(cell: _Cell, number: int, language: str, parts: list[DocumentPart]) -> Iterator[str]:
    """Yield the Markdown of a cell, and add its pictures to the parts."""
    source = (_join(cell.source) or _join(cell.input)).strip("\n")
    if cell.cell_type == "code" and source.strip():
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", source)), 3)
        yield f"{fence}{language}\n{source}\n{fence}"
    elif cell.cell_type == "heading":
        yield f"{'#' * cell.level} {source}"
    elif cell.cell_type == "markdown" and source.strip():
        yield _take_attachments(source, cell, number, parts)
    for output in cell.outputs:
        for kind, suffix in _PICTURE_TYPES.items():
            if kind in output.data and (data := _decode_output(output.data[kind], kind)):
                parts.append(DocumentPart(f"output-{len(parts) + 1}.{suffix}", data, kind))
                yield f"![]({parts[-1].address})"
                break


def _decode_output(value: msgspec.Raw, kind: str) -> bytes:
    """Return the bytes of a picture that an output holds; empty if it is damaged."""
    try:
        return _decode_picture(msgspec.json.decode(value), kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return b""


def _take_attachments(source: str, cell: _Cell, number: int, parts: list[DocumentPart]) -> str:
    """Return the text of a cell with addresses that stand for its own attachments only."""
    for name, forms in cell.attachments.items():
        kind, value = next(iter(forms.items()), ("", ""))
        if kind in _PICTURE_TYPES and (data := _decode_picture(value, kind)):
            parts.append(DocumentPart(f"cell-{number}/{name}", data, kind))
            source = source.replace(f"attachment:{name}", f"cell-{number}/{name}")
    return source


def _decode_picture(value: object, kind: str) -> bytes:
    text = _join(value) if isinstance(value, str | list) else ""
    if kind == "image/svg+xml":
        return text.encode()
    try:
        return base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError):
        return b""


def _find_language(metadata: dict[str, object]) -> str:
    """Return the language of the code cells, or an empty string."""
    for section, key in (("language_info", "name"), ("kernelspec", "language")):
        values = metadata.get(section)
        if isinstance(values, dict) and isinstance(found := values.get(key), str):
            return re.sub(r"[^\w+#-]", "", found.lower())
    return ""


def _join(lines: Lines) -> str:
    return lines if isinstance(lines, str) else "".join(map(str, lines))
