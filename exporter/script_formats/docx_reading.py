"""Reads an edited desk script back from a Word document: each row of its tables, with what Word's editors add.

Inserted text of tracked changes is read, deleted text and deleted rows are not. A paragraph outside the tables is a
row without a cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.script import Script
from exporter.script_formats.cue_syntax import find_faults, read_label, read_pause, refuse_faults, take_anchor
from exporter.script_formats.docx_mark import BODY_PATH
from exporter.script_formats.docx_styles import NAMESPACE
from exporter.script_formats.script_facts import ScriptFacts, make_script, read_facts, read_ledger
from exporter.script_formats.working_script import ChapterItem, Item, LineItem, Style
from exporter.sources.markup import parse_xml
from exporter.sources.zips import Archive

CHAPTER_LABELS = ("STORY", "SECTION")
"""Labels of the chapters of levels 1 and 2; deeper ones are sections with their level beside it."""

_TAG = f"{{{NAMESPACE}}}"
_UNREAD_TAGS = frozenset(
    (
        *(f"{_TAG}{name}" for name in ("del", "moveFrom", "instrText", "pPr", "rPr", "p")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # a second copy of the content
    )
)
_BREAK_TAGS = frozenset((f"{_TAG}br", f"{_TAG}cr"))
_CHARS = {f"{_TAG}tab": " ", f"{_TAG}noBreakHyphen": "-", f"{_TAG}softHyphen": ""}

_CUE_ANCHOR = re.compile(r"(?<!\S)#(\S+)")
_CUE_TIME = re.compile(r"(?<!\S)(?:from |runs )?\d+(?::\d\d){1,2},?(?!\S)")
_CUE_FACTS = re.compile(r"(?<!\S)[a-z]+=(?:\"(?:[^\"\\]|\\.)*\"|\S+)")
_LEVEL = re.compile(r"level=([1-6])")


class _Row(msgspec.Struct, frozen=True):
    """A row of a table: the text of its first cell, the lines of the others, and its number; 0 outside the tables."""

    cue: str
    lines: tuple[str, ...]
    number: int = 0


def read(data: bytes, name: str) -> Script:
    """Read a desk script as it stands; raises `SourceError`, `ValueError` or `msgspec.DecodeError` if it is damaged.

    What looks like a cue and is not one is an error, with its row.
    """
    archive = Archive(Document(name, data), InputSettings().largest)
    rows = list(_read_rows(parse_xml(archive.read(BODY_PATH), name)))
    outside = [line for row in rows if not row.number for line in row.lines]
    facts = [line for line in outside if _is_fact(line)]
    rows = [row for row in rows if row.number or not _is_fact(row.lines[0])]
    if not any(line.startswith("script: ") for line in facts):
        raise ValueError("its hidden paragraphs, which say of what it is the script, are missing")
    refuse_faults(fault for row in rows for fault in _find_faulty_cells(row))
    return make_script(read_facts(facts), [item for row in rows for item in _parse_row(row)], read_ledger(facts))


def _is_fact(line: str) -> bool:
    name, separator, _ = line.partition(": ")
    is_named = bool(separator) and name in (*ScriptFacts.__struct_fields__, "script", "running")
    return is_named or line.startswith("- `")


def _read_rows(root: Any) -> Iterator[_Row]:
    """Yield the rows of all tables that hold anything, and each paragraph beside them that does."""
    number = 0
    body = root.find(f"{_TAG}body")
    for element in () if body is None else body.iterchildren():
        if element.tag == f"{_TAG}p":
            yield from (_Row("", (line,)) for line in _read_lines(element))
            continue
        for row in element.iter(f"{_TAG}tr"):
            if row.find(f"{_TAG}trPr/{_TAG}del") is not None:
                continue
            number += 1
            first, *others = [list(_read_lines(cell)) for cell in row.iter(f"{_TAG}tc")] or [[]]
            lines = tuple(line for cell in others for line in cell)
            if first or lines:
                yield _Row(" ".join(first), lines, number)


def _read_lines(element: Any) -> Iterator[str]:
    """Yield the lines of a paragraph or a cell that are not empty."""
    paragraphs = [element] if element.tag == f"{_TAG}p" else element.iter(f"{_TAG}p")
    for paragraph in paragraphs:
        lines = "".join(_read_text(paragraph)).split("\n")
        yield from (line for line in map(str.strip, lines) if line)


def _read_text(element: Any) -> Iterator[str]:
    """Yield the text inside an element as the editor sees it; a break is a line feed."""
    for child in element:
        if child.tag in _UNREAD_TAGS:
            continue
        if child.tag == f"{_TAG}t":
            yield child.text or ""
        elif child.tag in _BREAK_TAGS:
            yield "\n"
        elif child.tag in _CHARS:
            yield _CHARS[child.tag]
        else:
            yield from _read_text(child)


def _find_faulty_cells(row: _Row) -> Iterator[str]:
    place = f"row {row.number}" if row.number else "beside the table"
    lines = () if _find_label(row.cue) in CHAPTER_LABELS else row.lines  # a title is not said
    for text in (row.cue, *lines):
        yield from (f"{place}: {fault}" for fault in find_faults(text))


def _find_label(cue: str) -> str:
    """Return who speaks: what is left of a cue without its anchor, its times, its facts and a pause."""
    if read_pause(cue):
        return ""
    return _CUE_FACTS.sub("", _CUE_TIME.sub("", _CUE_ANCHOR.sub("", cue))).strip()


def _parse_row(row: _Row) -> Iterator[Item]:
    if pause := read_pause(row.cue):
        yield pause
    anchor = found[1] if (found := _CUE_ANCHOR.search(row.cue)) else ""
    facts = " ".join(_CUE_FACTS.findall(row.cue))
    label = _find_label(row.cue)
    if label in CHAPTER_LABELS and row.lines:
        level = int(found[1]) if (found := _LEVEL.search(facts)) else CHAPTER_LABELS.index(label) + 1
        yield ChapterItem(" ".join(row.lines), anchor, level)
        return
    yield from _parse_lines(row.lines, read_label(label, facts), anchor)


def _parse_lines(lines: Iterable[str], style: Style, anchor: str) -> Iterator[Item]:
    """Yield the lines and pauses of a row; `anchor` is that of its first line."""
    is_first = True
    for line in lines:
        if pause := read_pause(line):
            yield pause
            continue
        text, own_anchor = take_anchor(line)
        yield LineItem(text, style, own_anchor or (anchor if is_first else ""), "new" if is_first else "sentence")
        is_first = False
