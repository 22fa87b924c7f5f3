"""Lines of print: characters with their places on the page, joined as far as they stand together."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median

import msgspec

MARK_START, MARK_END = "\ue000", "\ue001"
"""Characters around a raised number or sign in a line's text: the mark of a note."""

_LINE_ENDS = "\r\n"
_HYPHENS = "\x02\ufffe"  # what PDFium makes of a hyphen that breaks a word

_MIN_GAP_RATIO = 1.6
"""Empty space in units of the letters' size, from which text on one line belongs to two columns or cells."""

_MAX_MARK_RATIO, _MIN_RAISE_RATIO = 0.8, 0.15
"""Size of a raised mark, and how far it stands above the base line, in units of the line's letters."""

_MAX_MARK_CHARS = 4


class PrintedChar(msgspec.Struct, frozen=True, gc=False):
    """A character: its edges in points from the page's upper left corner (`bottom` is the base line), and its font."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool


class PrintedLine(msgspec.Struct, frozen=True, gc=False):
    """A line, or a part of one between wide gaps. `page` counts from 0; `size` is that of most of its letters.

    Its place is in points from the page's upper left corner; `bottom` is its base line.
    """

    text: str
    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float
    is_bold: bool

    @property
    def plain_text(self) -> str:
        """The text without the marks of notes."""
        begin = self.text.partition(MARK_START)
        return self.text if not begin[1] else strip_marks(self.text)


class PrintedPicture(msgspec.Struct, frozen=True):
    """A picture on a page, with its place and its bytes as PNG."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    data: bytes


class PrintedPage(msgspec.Struct, frozen=True):
    """A page: its size in points, its lines in the order of the file, and its pictures."""

    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    pictures: tuple[PrintedPicture, ...] = ()


def strip_marks(text: str) -> str:
    """Return a text without the marks of notes."""
    parts = text.split(MARK_START)
    return parts[0] + "".join(part.partition(MARK_END)[2] for part in parts[1:])


def build_lines(chars: Iterable[PrintedChar], page: int) -> Iterator[PrintedLine]:
    """Yield the lines of a page; a wide gap divides one."""
    line: list[PrintedChar] = []
    for char in chars:
        if char.text in _LINE_ENDS or (line and _is_apart(line[-1], char)):
            yield from _finish_line(line, page)
            line = []
        if char.text not in _LINE_ENDS:
            line.append(char)
    yield from _finish_line(line, page)


def _is_apart(before: PrintedChar, char: PrintedChar) -> bool:
    """Whether a character stands on another line than the one before it, or behind a wide gap."""
    if char.text == " " or before.text == " ":
        return False
    size = max(before.size, char.size)
    return char.left - before.right > _MIN_GAP_RATIO * size or char.right < before.left - size


def _finish_line(chars: list[PrintedChar], page: int) -> Iterator[PrintedLine]:
    """Yield the line of characters, divided at blanks that are wide gaps; nothing if it is blank."""
    shown = [char for char in chars if not char.text.isspace()]
    if not shown:
        return
    size = Counter(round(char.size, 1) for char in shown).most_common(1)[0][0]
    base = median(char.bottom for char in shown if char.size >= _MAX_MARK_RATIO * size)
    pieces: list[list[PrintedChar]] = [[]]
    last = shown[0]
    for char in chars:
        if not char.text.isspace() and char.left - last.right > _MIN_GAP_RATIO * size:
            pieces.append([])
        pieces[-1].append(char)
        last = last if char.text.isspace() else char
    for piece in pieces:
        inner = [char for char in piece if not char.text.isspace()]
        if inner:
            yield PrintedLine(
                _join_text(piece, size, base),
                page,
                min(char.left for char in inner),
                min(char.top for char in inner),
                max(char.right for char in inner),
                max(char.bottom for char in inner),
                size,
                sum(char.is_bold for char in inner) > len(inner) / 2,
            )


def _join_text(chars: list[PrintedChar], size: float, base: float) -> str:
    """Return the text of characters; raised small ones stand between the signs for marks."""
    out: list[str] = []
    mark = ""
    for char in chars:
        is_raised = char.size < _MAX_MARK_RATIO * size and base - char.bottom > _MIN_RAISE_RATIO * size
        if is_raised and not char.text.isspace():
            mark += char.text
            continue
        if mark and not char.text.isspace():
            out.append(_close_mark(mark))
            mark = ""
        out.append("-" if char.text in _HYPHENS else char.text)
    if mark:
        out.append(_close_mark(mark))
    text = "".join(out)
    if any("\ufb00" <= char <= "\ufb06" for char in text):  # ligatures
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split())


def _close_mark(mark: str) -> str:
    is_note = len(mark) <= _MAX_MARK_CHARS and (mark.isdigit() or all(char in "*†‡§¶" for char in mark))
    return f"{MARK_START}{mark}{MARK_END}" if is_note else mark
