"""Word documents (DOCX): a desk script in two columns, cues and timings on the left, the words on the right.

Its lines are those of the Markdown (`working_script`), and `docx_reading` reads them back in the same way. The facts
stand in hidden paragraphs, and a property of the document says that it is a script.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.script import Script
from exporter.script_formats import docx_styles, pronouncers
from exporter.script_formats.cue_syntax import write_label, write_pause
from exporter.script_formats.docx_mark import SCRIPT_MARK
from exporter.script_formats.docx_reading import CHAPTER_LABELS
from exporter.script_formats.script_facts import write_facts, write_ledger
from exporter.script_formats.script_timings import format_clock
from exporter.script_formats.working_script import ChapterItem, Item, LineItem, PauseItem, group_rows, write_items
from exporter.script_formats.xml_text import escape_text, remove_invalid

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can state: the same script is the same bytes
_NO_DATE = datetime(1980, 1, 1)  # noqa: DTZ001  python-docx writes what it gets as UTC
_CUE_TWIPS, _TEXT_TWIPS = 1900, 7800  # widths of the columns, in twentieths of a point; together they fit A4 and Letter
_TABLE_START = (
    f'<w:tbl xmlns:w="{docx_styles.NAMESPACE}"><w:tblPr><w:tblW w:w="{_CUE_TWIPS + _TEXT_TWIPS}" w:type="dxa"/>'
    '<w:tblBorders><w:insideH w:val="single" w:sz="4" w:color="BBBBBB"/></w:tblBorders><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    f'<w:tblGrid><w:gridCol w:w="{_CUE_TWIPS}"/><w:gridCol w:w="{_TEXT_TWIPS}"/></w:tblGrid>'
)


def render(script: Script, _lexicon: Lexicon = NO_LEXICON, /) -> bytes:
    """Write a desk script."""
    from docx import Document  # noqa: PLC0415  70 ms, only such scripts need it
    from docx.oxml import parse_xml  # noqa: PLC0415  as above

    document = Document()
    docx_styles.add_styles(document, script.language)
    head = f"{format_clock(script.seconds)} in all, {script.words:,} words"
    docx_styles.write_header(document, remove_invalid(script.slug or script.title), head)
    _set_properties(document.core_properties, script)
    for line in (*write_facts(script), *write_ledger(script)):
        document.add_paragraph(remove_invalid(line), docx_styles.FACTS)
    rows = "".join(_render_rows(write_items(script)))
    document.element.body.insert_element_before(parse_xml(f"{_TABLE_START}{rows}</w:tbl>"), "w:sectPr")
    document.add_paragraph("", docx_styles.TEXT)  # Word needs one after a table
    return _pack(document)


def _set_properties(properties: Any, script: Script) -> None:
    properties.title = remove_invalid(script.title)
    properties.author = remove_invalid(", ".join(script.metadata.authors))[:255]
    properties.keywords = SCRIPT_MARK
    properties.comments = ""
    properties.language = script.language
    properties.created = properties.modified = _NO_DATE


def _pack(document: Any) -> bytes:
    """Return the file; its parts carry no time."""
    loose, packed = BytesIO(), BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _ZIP_EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return packed.getvalue()


def _render_rows(items: Iterable[Item]) -> Iterator[str]:
    for row in group_rows(items):
        match row:
            case PauseItem():
                yield _render_row([], [_render_paragraph(docx_styles.CUE, write_pause(row))])
            case ChapterItem():
                yield _render_chapter_row(row)
            case _:
                yield _render_line_row(row)


def _render_chapter_row(chapter: ChapterItem) -> str:
    label = CHAPTER_LABELS[min(chapter.level, len(CHAPTER_LABELS)) - 1]
    level = f" level={chapter.level}" if chapter.level > len(CHAPTER_LABELS) else ""
    times = f"from {format_clock(chapter.start)}, runs {format_clock(chapter.length)} #{chapter.anchor}{level}"
    return _render_row(
        [_render_paragraph(docx_styles.CUE, label), _render_paragraph(docx_styles.TIME, times)],
        [_render_paragraph(docx_styles.HEADING, chapter.title)],
    )


def _render_line_row(lines: Sequence[LineItem]) -> str:
    first = lines[0]
    label, facts = write_label(first.style)
    if first.link == "same":
        label = label or first.style.role.upper()
    anchor = f"#{first.anchor}" if first.anchor else ""
    times = " ".join(part for part in (format_clock(first.start), anchor, facts) if part)
    left = [_render_paragraph(docx_styles.CUE, label)] if label else []
    return _render_row([*left, _render_paragraph(docx_styles.TIME, times)], [*map(_render_words, lines)])


def _render_row(left: list[str], right: list[str]) -> str:
    cells = ((_CUE_TWIPS, left or [_render_paragraph(docx_styles.CUE, "")]), (_TEXT_TWIPS, right))
    return (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(paragraphs)}</w:tc>'
            for width, paragraphs in cells
        )
        + "</w:tr>"
    )


def _render_words(line: LineItem) -> str:
    pieces = pronouncers.divide_marks(line.text)
    runs = "".join(_render_run(text, docx_styles.MARK if is_mark else "") for text, is_mark in pieces if text)
    if line.link == "sentence" and line.anchor:
        runs += _render_run(f" {{#{line.anchor}}}", docx_styles.MARK)
    keep = "<w:keepNext/>" if line.style.role == "heading" else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{docx_styles.TEXT}"/>{keep}</w:pPr>{runs}</w:p>'


def _render_paragraph(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_render_run(text)}</w:p>'


def _render_run(text: str, style: str = "") -> str:
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape_text(text)}</w:t></w:r>'
