"""Writes the blocks of a PDF file as a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import msgspec

from exporter.account import Dropped
from exporter.config import InputSettings
from exporter.document import Document, DocumentPart
from exporter.errors import SourceError
from exporter.readers.pdf.column_order import order_lines
from exporter.readers.pdf.pdf_file import SAVE_AGAIN, PdfFile
from exporter.readers.pdf.printed_blocks import PrintedBlock, build_blocks
from exporter.readers.pdf.printed_lines import MARK_END, MARK_START, PrintedPage, PrintedPicture, strip_marks
from exporter.readers.pdf.running_heads import find_running_lines
from exporter.sources.markup import ContainerFacts, build_page

_MAX_CAPTION_DISTANCE = 60
"""Points between a picture and its caption."""

_MAX_BACKGROUND_SHARE = 0.85
"""Share of a page from which a picture is its background, or a scan of it."""

_TITLE_ZONE_SHARE = 0.6
"""Share of the first page's height in which the title stands."""

_DAMAGED, _NO_TEXT = "Damaged: none of its pages can be read", "NoText: its pages are pictures"
_RECOGNISE_TEXT = "Let a program for text recognition write the text into it (ocrmypdf), and name the new file."

_MARK = re.compile(f"{MARK_START}([^{MARK_START}{MARK_END}]*){MARK_END}")
_SECTION_NUMBER = re.compile(r"\d{1,2}((?:\.\d{1,2})*)\.?\s")
_NO_TITLE = re.compile(r"(?i)^(?:untitled|microsoft word|.*\.(?:docx?|indd|tex|dvi|pdf|qxd|p65|html?)$|[\W\d_]*$)")


def convert_file(document: Document, settings: InputSettings) -> Document:
    """Return the text of a file as a page; raises `SourceError` if it is damaged, locked, or has no text."""
    with PdfFile(document) as file:
        facts = file.metadata()
        pages = list(file.iter_pages(settings.largest_pictures if settings.images else 0))
    if not any(page.lines for page in pages):
        cause, remedy = (_DAMAGED, SAVE_AGAIN) if file.notices else (_NO_TEXT, _RECOGNISE_TEXT)
        raise SourceError("reading a PDF", document.name, cause, remedy)
    running = find_running_lines(pages)
    groups = [group for page in pages for group in order_lines([line for line in page.lines if line not in running])]
    blocks = build_blocks(groups)
    title, blocks = _take_title(blocks, pages[0], facts.get("Title", ""))
    writer = _PageWriter(blocks, pages)
    author = facts.get("Author", "")
    return Document(
        document.name,
        build_page(ContainerFacts(title=title), writer.write()),
        media_type="text/html",
        title=title,
        authors=tuple(filter(None, (name.strip() for name in re.split(r";|, | and ", author)))),
        whole=True,
        parts=tuple(writer.parts),
        notices=(*document.notices, *file.notices),
        dropped=(
            *(Dropped(line.text, "a running head or a page number", f"page {line.page + 1}") for line in sorted(
                running, key=lambda line: (line.page, line.top))),
            *(Dropped(block.text, "a label in a drawing", f"page {block.page + 1}")
              for block in blocks if block.kind == "label"),
        ),
    )  # fmt: skip


def _take_title(blocks: list[PrintedBlock], page: PrintedPage, stated: str) -> tuple[str, list[PrintedBlock]]:
    """Return the title and the other blocks: the largest heading at the top of the first page, or what is stated."""
    top = [block for block in blocks if block.page == 0 and block.kind == "heading"
           and block.top < _TITLE_ZONE_SHARE * page.height]  # fmt: skip
    largest = max((block.size for block in top), default=0.0)
    found = next((block for block in top if block.size == largest), None)
    sizes = [block.size for block in blocks if block.kind == "heading" and block is not found]
    if found is not None and (largest > max(sizes, default=0.0) or not stated):
        place = blocks.index(found)
        return strip_marks(found.text), [*blocks[:place], *_plain_head(blocks[place + 1 :])]
    return ("" if _NO_TITLE.match(stated) else stated), blocks


def _plain_head(blocks: list[PrintedBlock]) -> list[PrintedBlock]:
    """Return blocks in which the large lines right below the title, names and dates, are no headings."""
    for number, block in enumerate(blocks):
        if block.kind != "heading" or block.is_bold or block.page > 0 or _SECTION_NUMBER.match(block.text):
            break
        blocks[number] = msgspec.structs.replace(block, kind="paragraph")
    return blocks


class _PageWriter:
    """Writes blocks as HTML; `parts` are the pictures in it."""

    def __init__(self, blocks: Sequence[PrintedBlock], pages: Sequence[PrintedPage]) -> None:
        self._blocks = blocks
        self._levels = _rank_sizes(blocks)
        self._notes = [block for block in blocks if block.kind == "note"]
        self._pictures = {
            picture: page for page in pages for picture in page.pictures if not _is_background(picture, page)
        }
        self.parts: list[DocumentPart] = []

    def write(self) -> str:
        """Return the text of all blocks, with the notes at the end."""
        shown = [block for block in self._blocks if block.kind not in ("note", "label")]
        captions = {block: self._find_picture(block) for block in shown if block.kind == "caption"}
        taken = {picture for picture in captions.values() if picture}
        loose = [picture for picture in self._pictures if picture not in taken]
        out: list[str] = []
        for block in shown:
            while loose and (loose[0].page, loose[0].top) < (block.page, block.top) and loose[0].page < block.page:
                out.append(f"<figure>{self._image(loose.pop(0))}</figure>")
            out.append(self._write_block(block, captions.get(block)))
        out += [f"<figure>{self._image(picture)}</figure>" for picture in loose]
        return re.sub(r"</(ul|ol)><\1>", "", "".join(out)) + self._write_notes()

    def _write_block(self, block: PrintedBlock, picture: PrintedPicture | None) -> str:
        text = self._inline(block.text, block.page)
        match block.kind:
            case "heading":
                level = self._level(block)
                return f"<h{level}>{text}</h{level}>"
            case "item":
                tag = "ol" if block.label.strip("().").isalnum() else "ul"
                return f"<{tag}><li>{text}</li></{tag}>"
            case "caption":
                return f"<figure>{self._image(picture) if picture else ''}<figcaption>{text}</figcaption></figure>"
            case "table":
                rows = ("".join(f"<td>{self._inline(cell, block.page)}</td>" for cell in row) for row in block.rows)
                return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
            case _:
                return f"<p>{text}</p>"

    def _write_notes(self) -> str:
        items = (
            f'<li id="fn{number}">{self._inline(note.text, note.page)}</li>'
            for number, note in enumerate(self._notes, 1)
        )
        return f'<section class="footnotes"><ol>{"".join(items)}</ol></section>' if self._notes else ""

    def _inline(self, text: str, page: int) -> str:
        """Return a text as HTML, its marks leading to the notes of the same page, else to the first of that label."""

        def link(found: re.Match[str]) -> str:
            label = found[1]
            numbers = [number for number, note in enumerate(self._notes, 1) if note.label == label]
            own = next((number for number in numbers if self._notes[number - 1].page == page), None)
            number = own or next(iter(numbers), None)
            return f'<sup><a href="#fn{number}">{label}</a></sup>' if number else f"<sup>{label}</sup>"

        return _MARK.sub(link, escape(text, quote=False))

    def _level(self, block: PrintedBlock) -> int:
        """Return the level of a heading: by the depth of its number, else by its size."""
        if found := _SECTION_NUMBER.match(block.text):
            return min(6, 2 + found[1].count("."))
        return self._levels[round(block.size, 1), block.is_bold]

    def _find_picture(self, caption: PrintedBlock) -> PrintedPicture | None:
        """Return the picture right above a caption, or right below it."""
        near = [
            (min(abs(caption.top - picture.bottom), abs(picture.top - caption.bottom)), picture)
            for picture in self._pictures
            if picture.page == caption.page and picture.left < caption.right and caption.left < picture.right
        ]
        distance, picture = min(near, key=lambda pair: pair[0], default=(_MAX_CAPTION_DISTANCE, None))
        return picture if distance < _MAX_CAPTION_DISTANCE else None

    def _image(self, picture: PrintedPicture) -> str:
        same = next((part for part in self.parts if part.data == picture.data), None)
        if same is None:
            same = DocumentPart(f"page-{picture.page + 1}-{len(self.parts) + 1}.png", picture.data, "image/png")
            self.parts.append(same)
        return f'<img src="{same.address}" alt="">'


def _rank_sizes(blocks: Sequence[PrintedBlock]) -> dict[tuple[float, bool], int]:
    """Return the level of headings by their size and boldness: the largest are of the second level."""
    kinds = {(round(block.size, 1), block.is_bold) for block in blocks if block.kind == "heading"}
    return {kind: min(6, rank) for rank, kind in enumerate(sorted(kinds, reverse=True), 2)}


def _is_background(picture: PrintedPicture, page: PrintedPage) -> bool:
    area = (picture.right - picture.left) * (picture.bottom - picture.top)
    return area > _MAX_BACKGROUND_SHARE * page.width * page.height
