"""Words as a picture: fonts by script, lines broken where the script breaks them, set from either side.

The only module that draws text. The fonts ship in `styles/fonts/`, so a cover looks the same on every machine.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator

import msgspec
from PIL import ImageDraw, ImageFont

from exporter.assets import styles

# The font of each script, by ranges of code points; what no range holds is Latin, Greek or Cyrillic.
_SERIF = "NotoSerif-Bold.ttf"
_RANGES = (
    ("֐", "\u05ff", "NotoSansHebrew-Bold.ttf"),
    ("\u0600", "ۿ", "NotoSansArabic-Bold.ttf"),
    ("ݐ", "ݿ", "NotoSansArabic-Bold.ttf"),
    ("\u0900", "ॿ", "NotoSansDevanagari-Bold.ttf"),
    ("\u0e00", "\u0e7f", "NotoSansThai-Bold.ttf"),
    ("ᄀ", "ᇿ", "DroidSansFallbackFull.ttf"),
    ("⺀", "鿿", "DroidSansFallbackFull.ttf"),
    ("가", "\ud7ff", "DroidSansFallbackFull.ttf"),
    ("豈", "\ufaff", "DroidSansFallbackFull.ttf"),
    ("\ufb50", "\ufdff", "NotoSansArabic-Bold.ttf"),
    ("＀", "\uffef", "DroidSansFallbackFull.ttf"),
    ("𠀀", "\U0003ffff", "DroidSansFallbackFull.ttf"),
)
_SHAPED = frozenset({"NotoSansArabic-Bold.ttf", "NotoSansHebrew-Bold.ttf", "NotoSansDevanagari-Bold.ttf"})
# A line may break after white space, and around each sign of a script that is written without any; Thai, which needs
# a dictionary, breaks at its spaces only.
_SIGNS = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_PIECES = rf"[{_SIGNS}][、。，．！？」』）]*|[^\s{_SIGNS}]+|\s+"
_ASCII_PIECES = r"\S+|\s+"
_REFERENCE = 100
"""The size in which pieces are measured, once; other sizes follow by proportion."""


class Setting(msgspec.Struct, frozen=True):
    """Text broken into lines of one size; heights and widths are in pixels."""

    lines: tuple[str, ...]
    size: int
    rtl: bool

    @property
    def leading(self) -> int:
        """From one line to the next."""
        return round(self.size * 1.22)

    @property
    def height(self) -> int:
        """Of all lines."""
        return len(self.lines) * self.leading


def fit(text: str, box: tuple[int, int], sizes: tuple[int, ...], rtl: bool = False) -> Setting:
    """Set a text in the largest size that fits a box; in the smallest, what is too much gives way to an ellipsis."""
    width, height = box
    pieces = [
        (piece, _width(piece, _REFERENCE)) for piece in re.findall(_ASCII_PIECES if text.isascii() else _PIECES, text)
    ]
    widest = max((length for _, length in pieces), default=0.0)
    for size in sizes:
        setting = Setting(tuple(_lines(pieces, width * _REFERENCE / size)), size, rtl)
        if setting.height <= height and widest * size <= width * _REFERENCE:
            return setting
    # A word wider than the box, or too many words: words are cut at the edge, and lines at the foot.
    signs = [(sign, _width(sign, _REFERENCE)) for sign in text]
    lines = tuple(_lines(signs if widest * size > width * _REFERENCE else pieces, width * _REFERENCE / size))
    room = max(1, height // setting.leading)
    return Setting(lines if len(lines) <= room else (*lines[: room - 1], lines[room - 1] + "…"), size, rtl)


def draw(canvas: ImageDraw.ImageDraw, setting: Setting, left: int, right: int, top: int, ink: int) -> int:
    """Draw a text between two edges, from the side its script begins at; returns where it ends below."""
    for line in setting.lines:
        runs = list(_runs(line))
        x = right - _width(line, setting.size) if setting.rtl else left
        for name, run in reversed(runs) if setting.rtl else runs:
            font = _font(name, setting.size)
            # The baseline is common to all fonts of a line.
            canvas.text((x, top + setting.size), run, fill=ink, font=font, anchor="ls")
            x += font.getlength(run)
        top += setting.leading
    return top


def _lines(pieces: Iterable[tuple[str, float]], width: float) -> Iterator[str]:
    line, used = "", 0.0
    for piece, length in pieces:
        if line.strip() and piece.strip() and used + length > width:
            yield line.strip()
            line, used = "", 0.0
        if line or piece.strip():
            line, used = line + piece, used + length
    if line.strip():
        yield line.strip()


def _width(line: str, size: int) -> float:
    return sum(_font(name, size).getlength(run) for name, run in _runs(line))


def _runs(line: str) -> Iterator[tuple[str, str]]:
    """Cut a line into runs of one font; digits and marks go with the letters of a script that joins its letters."""
    if line.isascii():
        yield _SERIF, line
        return
    names = [next((font for first, last, font in _RANGES if first <= char <= last), _SERIF) for char in line]
    shaped = next((name for name in names if name in _SHAPED), "")
    fonts = (shaped if shaped and not char.isalpha() else name for name, char in zip(names, line, strict=True))
    for name, group in itertools.groupby(zip(fonts, line, strict=True), lambda pair: pair[0]):
        yield name, "".join(char for _, char in group)


@functools.cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # Shaping (raqm) loads HarfBuzz: only scripts that join their letters pay for it.
    engine = ImageFont.Layout.RAQM if name in _SHAPED else ImageFont.Layout.BASIC
    return ImageFont.truetype(str(styles() / "fonts" / name), size, layout_engine=engine)
