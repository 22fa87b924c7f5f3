"""What PDFium reads from a file: the characters and pictures of each page, and what the file says of itself."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.readers.pdf.printed_lines import PrintedChar, PrintedPage, PrintedPicture, build_lines

SAVE_AGAIN = "Save or download it again."
"""The remedy for a damaged file."""

MAX_PAGES = 2_000
"""Pages that are read; chosen: more than any article or book has."""

_MAX_CHARS_PER_PAGE = 100_000
"""Characters of one page that are read: a newspaper's page has about 30,000."""

_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "-bd", "cmbx", "ptmb", "medi")
"""Parts of the names of bold fonts, in lower case; LaTeX's have names of their own."""

_MIN_BOLD_WEIGHT = 600
_FONT_NAME_BYTES = 200

_MIN_PICTURE_POINTS = 40
"""Width and height of a picture in points, below which it is an ornament."""

_MAX_PICTURE_PIXELS = 20_000_000
"""Pixels of a picture that is decoded."""


class PdfFile:
    """An open file; a context manager that closes it."""

    def __init__(self, document: Document) -> None:
        """Open a file; raises `SourceError` if it is damaged or locked by a password."""
        try:
            self._pdf = pypdfium2.PdfDocument(document.data)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                cause = "Locked: it asks for a password"
                remedy = "Save a copy without the password from your PDF program."
            else:
                cause, remedy = "Damaged: it is no PDF that can be opened", SAVE_AGAIN
            raise SourceError("reading a PDF", document.name, cause, remedy) from error
        self._name = document.name
        self.notices: list[Notice] = []

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def metadata(self) -> dict[str, str]:
        """Return what the file says of itself: Title, Author and others; empty ones are left out."""
        return {key: " ".join(value.split()) for key, value in self._pdf.get_metadata_dict().items() if value.strip()}

    def iter_pages(self, max_picture_bytes: int) -> Iterator[PrintedPage]:
        """Yield every page, with pictures up to so many bytes in all; one that is damaged is a notice."""
        remaining_bytes = max_picture_bytes
        for number in range(min(len(self._pdf), MAX_PAGES)):
            try:
                page = self._read_page(number, has_pictures=remaining_bytes > 0)
            except pypdfium2.PdfiumError:
                self.notices.append(Notice(self._name, f"page {number + 1} is left out: it is damaged"))
                continue
            remaining_bytes -= sum(len(picture.data) for picture in page.pictures)
            yield page

    def _read_page(self, number: int, *, has_pictures: bool) -> PrintedPage:
        with closing(self._pdf[number]) as page, closing(page.get_textpage()) as text_page:
            lines = tuple(build_lines(_iter_chars(text_page, page), number))
            width, height = page.get_size()
            return PrintedPage(width, height, lines, tuple(_iter_pictures(page, number)) if has_pictures else ())


def _iter_chars(text_page: Any, page: Any) -> Iterator[PrintedChar]:
    """Yield the characters of a page in the order of the file; line ends are characters, too."""
    crop_left, _, _, crop_top = page.get_cropbox()
    raw = text_page.raw
    left, right, bottom, top, origin_x, base = (ctypes.c_double() for _ in range(6))
    matrix = pdfium.FS_MATRIX()
    fonts: dict[int, bool] = {}
    for index in range(min(text_page.count_chars(), _MAX_CHARS_PER_PAGE)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if not code or 0xD800 <= code < 0xE000:
            continue
        pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(raw, index, origin_x, base)
        scale = 1.0
        if pdfium.FPDFText_GetMatrix(raw, index, matrix):
            scale = (matrix.b**2 + matrix.d**2) ** 0.5 or 1.0
        weight = pdfium.FPDFText_GetFontWeight(raw, index)
        yield PrintedChar(
            chr(code),
            left.value - crop_left,
            crop_top - top.value,
            right.value - crop_left,
            crop_top - base.value,
            pdfium.FPDFText_GetFontSize(raw, index) * scale,
            weight >= _MIN_BOLD_WEIGHT or _has_bold_name(raw, index, fonts),
        )


def _has_bold_name(raw: Any, index: int, known: dict[int, bool]) -> bool:
    """Whether the name of a character's font is that of a bold one; `known` are the fonts of the page, by address."""
    text_object = pdfium.FPDFText_GetTextObject(raw, index)
    font = pdfium.FPDFTextObj_GetFont(text_object) if text_object else None
    if not font:
        return False
    key = ctypes.cast(font, ctypes.c_void_p).value or 0
    if key not in known:
        buffer = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        pdfium.FPDFFont_GetBaseFontName(font, buffer, _FONT_NAME_BYTES)
        name = buffer.value.decode("utf-8", "replace").lower()
        known[key] = any(part in name for part in _BOLD_NAMES)
    return known[key]


def _iter_pictures(page: Any, number: int) -> Iterator[PrintedPicture]:
    """Yield the bitmaps of a page that are large enough to be pictures."""
    crop_left, _, _, crop_top = page.get_cropbox()
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        try:
            left, bottom, right, top = image.get_bounds()
            width, height = image.get_px_size()
            if min(right - left, top - bottom) < _MIN_PICTURE_POINTS or width * height > _MAX_PICTURE_PIXELS:
                continue
            target = BytesIO()
            image.get_bitmap(render=True).to_pil().convert("RGB").save(target, "PNG")
        except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
            continue  # the page can be read without it
        yield PrintedPicture(
            number, left - crop_left, crop_top - top, right - crop_left, crop_top - bottom, target.getvalue()
        )
