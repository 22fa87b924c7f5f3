"""Lines in reading order become blocks: paragraphs, headings, list items, captions, notes, tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Literal

import msgspec

from exporter.readers.pdf.printed_lines import MARK_END, MARK_START, PrintedLine
from exporter.readers.scraped.hyphens import Speller, is_word_broken

BlockKind = Literal["paragraph", "heading", "item", "caption", "note", "label", "table"]

_MIN_HEADING_RATIO, _MAX_SMALL_RATIO = 1.12, 0.92
"""Size in units of the text's, from which a line is a heading, and up to which it is small print."""

_MAX_SIZE_STEP = 0.2
"""Points by which the sizes of letters of one kind differ at most."""

_MAX_HEADING_WORDS, _MAX_HEADING_LINES = 25, 3
_MAX_BOLD_HEADING_WORDS = 15

_MIN_BREAK_RATIO = 1.25
"""Distance of two base lines in units of the usual one, from which a paragraph ends between them."""

_MIN_INDENT_RATIO = 0.7
"""Indent of a first line, in units of the letters' size."""

_MAX_CELL_WORDS = 8
"""Mean words of the pieces of a row, up to which rows of several pieces are a table."""

_MAX_LABEL_WORDS = 4
"""Mean words of a line of small print, up to which it is a label in a drawing."""

_MAX_JOINED_BLOCKS = 8
"""Blocks between the halves of a paragraph: captions and notes at the foot of a column."""

_BULLET = re.compile(r"[•▪‣◦●○■□∙]\s*(?=\S)|[·–—*-]\s+(?=\S)")
_NUMBERED_ITEM = re.compile(r"\(?(\d{1,2}|[a-z])[.)]\s+(?=\S)")
_SECTION_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-Z])\.?\s+(?=[A-ZÀ-Þ])")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)?|tabelle|figura|tabla|tabella|tableau|plate|chart|algorithm|listing)"
    r"\s*[A-Z]?\d{1,3}(?:\.\d{1,2})?\s*(?:[.:|–—-]|$)",
    re.IGNORECASE,
)
_NOTE_START = re.compile(rf"(?:{MARK_START}([^{MARK_END}]+){MARK_END}|(\d{{1,3}}|[*†‡§¶])(?=[\sA-ZÀ-Þ]))\s*")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*(?:\ue000[^\ue001]*\ue001)?$")


class PrintedBlock(msgspec.Struct, frozen=True):
    """A block with the place of its first line. `label` is a note's mark; `rows` are a table's cells."""

    kind: BlockKind
    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool = False
    label: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


class TextMeasures(msgspec.Struct, frozen=True):
    """The size of most letters of a file, and the distance of base lines for each size, in points."""

    body_size: float
    leadings: dict[float, float]

    def leading(self, size: float) -> float:
        """Return the usual distance of the base lines of letters of a size."""
        return self.leadings.get(round(size, 1), 1.2 * size)


def measure_text(groups: Iterable[Sequence[PrintedLine]]) -> TextMeasures:
    """Measure the size of most letters, and the distance of lines of each size."""
    sizes = Counter[float]()
    distances: dict[float, list[float]] = defaultdict(list)
    for group in groups:
        for before, line in zip([None, *group], group, strict=False):
            sizes[round(line.size, 1)] += len(line.text)
            if (
                before is not None
                and abs(before.size - line.size) < 0.2
                and 0 < line.bottom - before.bottom < 3 * line.size
            ):
                distances[round(line.size, 1)].append(line.bottom - before.bottom)
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    return TextMeasures(body, {size: median(found) for size, found in distances.items()})


def build_blocks(groups: Sequence[Sequence[PrintedLine]]) -> list[PrintedBlock]:
    """Return the blocks of a file, from the stretches of its columns in reading order."""
    measures = measure_text(groups)
    speller = Speller(line.plain_text for group in groups for line in group)
    runs = (run for group in groups for run in _divide_rows(_build_rows(group), measures))
    return _join_halves([_make_block(run, measures, speller) for run in runs], speller)


def _build_rows(group: Sequence[PrintedLine]) -> list[list[PrintedLine]]:
    """Return the lines of a stretch in rows: pieces that stand on one base line are one row."""
    rows: list[list[PrintedLine]] = []
    for line in group:
        if rows and abs(rows[-1][-1].bottom - line.bottom) < line.size / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=_left) for row in rows]


def _left(line: PrintedLine) -> float:
    return line.left


def _divide_rows(rows: Sequence[list[PrintedLine]], measures: TextMeasures) -> list[list[list[PrintedLine]]]:
    """Return the rows of each block: of a table, a paragraph, a heading."""
    runs: list[list[list[PrintedLine]]] = []
    left = _usual_left(rows)
    for row in rows:
        if runs and not _begins_block(runs[-1], row, left, measures):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _usual_left(rows: Sequence[list[PrintedLine]]) -> float:
    """Return where most rows of a column begin."""
    return Counter(round(row[0].left) for row in rows).most_common(1)[0][0] if rows else 0.0


def _begins_block(
    run: Sequence[list[PrintedLine]], row: list[PrintedLine], left: float, measures: TextMeasures
) -> bool:
    """Whether a row begins a new block; `left` is where the rows of its column begin."""
    before, line, first = run[-1][0], row[0], run[0][0]
    distance = line.bottom - before.bottom
    if len(row) > 1 or len(run[-1]) > 1:  # a table goes on while its rows have several pieces
        return (len(row) > 1) != (len(run[-1]) > 1) or distance > 3 * line.size
    is_far = distance <= 0 or distance > _MIN_BREAK_RATIO * measures.leading(line.size)
    if is_far or abs(line.size - before.size) > _MAX_SIZE_STEP * 3:
        return True
    if line.is_bold != before.is_bold and (len(run) <= _MAX_HEADING_LINES or line.is_bold):
        return True
    if line.text.startswith(MARK_START) and line.size <= _MAX_SMALL_RATIO * measures.body_size:
        return True
    if _begins_item(line, run[-1][-1], first):
        return True
    if _is_item(first):
        return line.left < first.left - 1  # the rest of an item hangs
    if line.is_bold or line.size >= _MIN_HEADING_RATIO * measures.body_size:
        return False  # a heading hangs below its number
    indent = _MIN_INDENT_RATIO * line.size
    return line.left - left > indent and before.left - left < indent / 2 and line.left - before.left > indent


def _begins_item(line: PrintedLine, before: PrintedLine, first: PrintedLine) -> bool:
    """Whether a line is an item: with a bullet, or with a number after the end of a sentence or another item."""
    if _BULLET.match(line.text):
        return True
    return _NUMBERED_ITEM.match(line.text) is not None and (
        _SENTENCE_END.search(before.text) is not None or _is_item(first)
    )


def _is_item(line: PrintedLine) -> bool:
    return _BULLET.match(line.text) is not None or _NUMBERED_ITEM.match(line.text) is not None


def _make_block(run: Sequence[list[PrintedLine]], measures: TextMeasures, speller: Speller) -> PrintedBlock:
    lines = [line for row in run for line in row]
    rows = _make_table(run)
    text = "" if rows else join_lines((" ".join(line.text for line in row) for row in run), speller)
    kind, label, rest = _classify(text, run, measures)
    return PrintedBlock(
        "table" if rows else kind,
        rest,
        lines[0].page,
        min(line.left for line in lines),
        lines[0].top,
        max(line.right for line in lines),
        lines[-1].bottom,
        max(line.size for line in lines),
        all(line.is_bold for line in lines),
        label,
        rows,
    )


def _make_table(run: Sequence[list[PrintedLine]]) -> tuple[tuple[str, ...], ...]:
    """Return the cells of rows of several pieces each; empty for text."""
    if len(run) < 2 or any(len(row) < 2 for row in run):
        return ()
    pieces = [line for row in run for line in row]
    if sum(len(line.text.split()) for line in pieces) > _MAX_CELL_WORDS * len(pieces):
        return ()
    widest = max(run, key=len)
    table = []
    for row in run:
        cells = [""] * len(widest)
        for line in row:
            place = min(range(len(widest)), key=lambda column: abs(_middle(widest[column]) - _middle(line)))
            cells[place] = f"{cells[place]} {line.text}".strip()
        table.append(tuple(cells))
    return tuple(table)


def _middle(line: PrintedLine) -> float:
    return (line.left + line.right) / 2


def _classify(text: str, run: Sequence[list[PrintedLine]], measures: TextMeasures) -> tuple[BlockKind, str, str]:
    """Return the kind of a block, its label, and its text without the label."""
    first = run[0][0]
    words, body = len(text.split()), measures.body_size
    is_small = first.size <= _MAX_SMALL_RATIO * body
    if _CAPTION.match(text) and first.size <= _MIN_HEADING_RATIO * body:
        return "caption", "", text
    if is_small and (note := _NOTE_START.match(text)) and not _BULLET.match(text):
        return "note", note[1] or note[2], text[note.end() :]
    if is_small and words <= _MAX_LABEL_WORDS * len(run) and not _SENTENCE_END.search(text):
        return "label", "", text
    if _is_heading(text, run, body):
        return "heading", "", text
    if found := _BULLET.match(text) or _NUMBERED_ITEM.match(text):
        return "item", found[0].strip(), text[found.end() :]
    return "paragraph", "", text


def _is_heading(text: str, run: Sequence[list[PrintedLine]], body: float) -> bool:
    first, words = run[0][0], len(text.split())
    if len(run) > _MAX_HEADING_LINES or words > _MAX_HEADING_WORDS or not any(map(str.isalpha, text)):
        return False
    if first.size >= _MIN_HEADING_RATIO * body:
        return True
    is_short = len(run) <= 2 and words <= _MAX_BOLD_HEADING_WORDS and not text.endswith((".", ",", ";"))
    is_bold = all(line.is_bold for row in run for line in row)
    return is_short and (is_bold or (text.isupper() and words > 1 and _SECTION_NUMBER.match(text) is not None))


def join_lines(lines: Iterable[str], speller: Speller) -> str:
    """Return lines as one text; words that a hyphen breaks are whole."""
    text = ""
    for line in lines:
        if text and is_word_broken(text, line):
            before, after = speller.mend(text, line)
            text = before + after
        else:
            text = f"{text} {line}" if text else line
    return text


def _join_halves(blocks: list[PrintedBlock], speller: Speller) -> list[PrintedBlock]:
    """Join paragraphs that a new column or page divides, over the captions and notes between their halves."""
    joined: list[PrintedBlock] = []
    taken: set[int] = set()
    for number, block in enumerate(blocks):
        if number in taken:
            continue
        if block.kind in ("paragraph", "item"):
            while (following := _find_half(blocks, number, block.text, taken)) is not None:
                taken.add(following)
                text = join_lines((block.text, blocks[following].text), speller)
                block = msgspec.structs.replace(block, text=text)  # noqa: PLW2901  the same block, longer
        joined.append(block)
    return joined


def _find_half(blocks: Sequence[PrintedBlock], number: int, text: str, taken: set[int]) -> int | None:
    """Return the number of the paragraph that goes on with a text that does not end its sentence; else None."""
    if _SENTENCE_END.search(text):
        return None
    for following in range(number + 1, min(len(blocks), number + 1 + _MAX_JOINED_BLOCKS)):
        other = blocks[following]
        if following in taken or other.kind in ("caption", "note", "label", "table"):
            continue
        begins_small = other.text[:1].islower() or is_word_broken(text, other.text)
        return following if other.kind == "paragraph" and begins_small else None
    return None
