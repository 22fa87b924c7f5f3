"""Text drawn into images: fonts by script, line breaking by script, left to right or right to left.

The only module that draws text. The fonts are in `styles/fonts/`, so a cover looks the same on every machine.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

import msgspec
from PIL import ImageDraw, ImageFont

from exporter.assets import styles_folder

_SERIF_FONT = "NotoSerif-Bold.ttf"
_HAN_FONT, _HANGUL_FONT = "DroidSansFallbackFull.ttf", "NanumSquareB.ttf"
# The font of each script, by ranges of code points; `_SERIF_FONT` has Latin, Greek and Cyrillic.
_SCRIPT_FONTS = (
    (0x0530, 0x058F, "NotoSansArmenian-Bold.ttf"),
    (0x0590, 0x05FF, "NotoSansHebrew-Bold.ttf"),
    (0x0600, 0x06FF, "NotoSansArabic-Bold.ttf"),
    (0x0750, 0x077F, "NotoSansArabic-Bold.ttf"),
    (0x0900, 0x097F, "NotoSansDevanagari-Bold.ttf"),
    (0x0980, 0x09FF, "NotoSansBengali-Bold.ttf"),
    (0x0A00, 0x0A7F, "NotoSansGurmukhi-Bold.ttf"),
    (0x0A80, 0x0AFF, "NotoSansGujarati-Bold.ttf"),
    (0x0B00, 0x0B7F, "NotoSansOriya-Bold.ttf"),
    (0x0B80, 0x0BFF, "NotoSansTamil-Bold.ttf"),
    (0x0C00, 0x0C7F, "NotoSansTelugu-Bold.ttf"),
    (0x0C80, 0x0CFF, "NotoSansKannada-Bold.ttf"),
    (0x0D00, 0x0D7F, "NotoSansMalayalam-Bold.ttf"),
    (0x0D80, 0x0DFF, "NotoSansSinhala-Bold.ttf"),
    (0x0E00, 0x0E7F, "NotoSansThai-Bold.ttf"),
    (0x0E80, 0x0EFF, "NotoSansLao-Bold.ttf"),
    (0x1000, 0x109F, "NotoSansMyanmar-Bold.ttf"),
    (0x10A0, 0x10FF, "NotoSansGeorgian-Bold.ttf"),
    (0x1100, 0x11FF, _HANGUL_FONT),
    (0x1200, 0x139F, "NotoSansEthiopic-Bold.ttf"),
    (0x1780, 0x17FF, "NotoSansKhmer-Bold.ttf"),
    (0x1C90, 0x1CBF, "NotoSansGeorgian-Bold.ttf"),
    (0x2E80, 0x9FFF, _HAN_FONT),
    (0xAC00, 0xD7FF, _HANGUL_FONT),
    (0xF900, 0xFAFF, _HAN_FONT),
    (0xFB1D, 0xFB4F, "NotoSansHebrew-Bold.ttf"),
    (0xFB50, 0xFDFF, "NotoSansArabic-Bold.ttf"),
    (0xFE70, 0xFEFF, "NotoSansArabic-Bold.ttf"),
    (0xFF00, 0xFFEF, _HAN_FONT),
    (0x20000, 0x3FFFF, _HAN_FONT),
)
_BOLDENING = {_HAN_FONT: 0.015}
"""The stroke that is added around the letters of a font that is not bold, by its size."""

_UNSHAPED_FONTS = frozenset({_SERIF_FONT, _HAN_FONT, _HANGUL_FONT})
"""The fonts that need no shaping; letters of the other scripts join, reorder and stack."""

# A line may break after white space, and around each sign of a script without spaces, but not before closing signs or
# after opening ones. Scripts that need a dictionary for line breaking (Thai, Khmer) break at spaces only.
_UNSPACED_SIGNS = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING_SIGNS = "「『（《〈【"
_CLOSING_SIGNS = "、。，．！？：；」』）》〉】ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.:;!?)\\]"
_PIECES = (
    rf"[{_OPENING_SIGNS}]*(?:[{_UNSPACED_SIGNS}][{_CLOSING_SIGNS}]*|[^\s{_UNSPACED_SIGNS}]+[{_CLOSING_SIGNS}]*)|\s+"
)
_SPACED_PIECES = r"\S+|\s+"
_NON_JOINER = "\u200c"
_REFERENCE_SIZE_PIXELS = 100
"""The size at which pieces are measured, once; other sizes follow by proportion."""

_PROBE_SIZE_PIXELS = 12
"""The size at which a glyph is compared with that for missing characters."""

_LEADING = 1.22  # line height by font size: room for the accents of capitals in these fonts


class TypesetText(msgspec.Struct, frozen=True):
    """Text broken into lines of one size; sizes and heights are in pixels."""

    lines: tuple[str, ...]
    size: int
    rtl: bool

    @property
    def leading(self) -> int:
        """The distance from one line to the next."""
        return round(self.size * _LEADING)

    @property
    def height(self) -> int:
        """The height of all lines."""
        return len(self.lines) * self.leading


def fit_text(text: str, box: tuple[int, int], sizes: tuple[int, ...], rtl: bool = False) -> TypesetText:
    """Typeset a text at the largest size that fits a box; at the smallest, lines that do not fit become an ellipsis.

    Characters that no font has are left out: mostly emoji.
    """
    width, height = box
    text = text if text.isascii() else _remove_undrawable(text)
    # The pattern for scripts without spaces takes 2 ms to compile, so use it only for a text that has them.
    words = re.findall(_PIECES if max(text, default="") >= _UNSPACED_SIGNS[0] else _SPACED_PIECES, text)
    pieces = [(word, _measure_width(word, _REFERENCE_SIZE_PIXELS)) for word in words]
    widest = max((length for _, length in pieces), default=0.0)
    if widest * sizes[-1] > width * _REFERENCE_SIZE_PIXELS:
        # A word that is wider than the box at any size is split, at a middle size.
        sizes = sizes[len(sizes) // 2 :]
        widest = width * _REFERENCE_SIZE_PIXELS / sizes[0]
        pieces = [part for piece in pieces for part in (_split_word(piece[0]) if piece[1] > widest else [piece])]
    for size in sizes:
        setting = TypesetText(tuple(_break_lines(pieces, width * _REFERENCE_SIZE_PIXELS / size)), size, rtl)
        if setting.height <= height and widest * size <= width * _REFERENCE_SIZE_PIXELS:
            return setting
    lines, room = setting.lines, max(1, height // setting.leading)
    return TypesetText(lines if len(lines) <= room else (*lines[: room - 1], lines[room - 1] + "…"), size, rtl)


def can_draw(text: str) -> bool:
    """Whether a font has any character of a text."""
    return bool(text if text.isascii() else _remove_undrawable(text))


def _remove_undrawable(text: str) -> str:
    """Return a text without characters that no font has, and without format characters except a needed non-joiner."""
    is_shaped = any(_choose_font(char) not in _UNSHAPED_FONTS for char in text)
    visible = [char for char in text if unicodedata.category(char) != "Cf" or (is_shaped and char == _NON_JOINER)]
    drawable = "".join(char for char in visible if char.isspace() or _has_glyph(_choose_font(char), char))
    return " ".join(drawable.split())


def draw_text(canvas: ImageDraw.ImageDraw, setting: TypesetText, left: int, right: int, top: int, ink: int) -> int:
    """Draw a text between a left and a right edge, from the top down; returns where it ends, in pixels."""
    for line in setting.lines:
        runs = list(split_fonts(line))
        x = right - _measure_width(line, setting.size) if setting.rtl else left
        for name, run in reversed(runs) if setting.rtl else runs:
            font = _load_font(name, setting.size)
            # All fonts of a line share its baseline ("ls": left, baseline).
            stroke = round(setting.size * _BOLDENING.get(name, 0))
            canvas.text((x, top + setting.size), run, fill=ink, font=font, anchor="ls", stroke_width=stroke)
            x += font.getlength(run)
        top += setting.leading
    return top


def _break_lines(pieces: Iterable[tuple[str, float]], width: float) -> Iterator[str]:
    line, used = "", 0.0
    for piece, length in pieces:
        if line.strip() and piece.strip() and used + length > width:
            inside = (
                line[-1].isalpha()
                and piece[0].isalpha()
                and _choose_font(line[-1]) == _choose_font(piece[0]) == _SERIF_FONT
            )
            yield line.strip() + ("-" if inside else "")
            line, used = "", 0.0
        if line or piece.strip():
            line, used = line + piece, used + length
    if line.strip():
        yield line.strip()


def _measure_width(line: str, size: int) -> float:
    return sum(_load_font(name, size).getlength(run) for name, run in split_fonts(line))


def _split_word(word: str) -> list[tuple[str, float]]:
    """Split a word into its characters, each with its combining marks, and their widths."""
    signs: list[str] = []
    for char in word:
        if signs and unicodedata.category(char).startswith("M"):
            signs[-1] += char
        else:
            signs.append(char)
    return [(sign, _measure_width(sign, _REFERENCE_SIZE_PIXELS)) for sign in signs]


def split_fonts(line: str) -> Iterator[tuple[str, str]]:
    """Split a line into runs of one font; digits and marks take that of the line's other script if that has them."""
    if line.isascii():
        yield _SERIF_FONT, line
        return
    names = [_choose_font(char) for char in line]
    others = [name for name, char in zip(names, line, strict=True) if char.isalpha() and name != _SERIF_FONT]
    other = next((name for name in others if name not in _UNSHAPED_FONTS), others[0] if others else "")
    fonts = (
        other if other and not char.isalpha() and not char.isspace() and _has_glyph(other, char) else name
        for name, char in zip(names, line, strict=True)
    )
    for name, group in itertools.groupby(zip(fonts, line, strict=True), lambda pair: pair[0]):
        yield name, "".join(char for _, char in group)


def _choose_font(char: str) -> str:
    """Return the file name of the font for a character's script."""
    point = ord(char)
    return next((font for first, last, font in _SCRIPT_FONTS if first <= point <= last), _SERIF_FONT)


@functools.cache
def _has_glyph(name: str, char: str) -> bool:
    """Whether a font has a glyph for a character: it differs from that for missing characters."""
    font = _load_font(name, _PROBE_SIZE_PIXELS)
    return bytes(font.getmask(char)) != bytes(font.getmask("\uffff"))


@functools.cache
def _load_font(name: str, size: int) -> ImageFont.FreeTypeFont:
    # Shaping (raqm) loads HarfBuzz, so use it only for scripts that need it.
    engine = ImageFont.Layout.BASIC if name in _UNSHAPED_FONTS else ImageFont.Layout.RAQM
    return ImageFont.truetype(str(styles_folder() / "fonts" / name), size, layout_engine=engine)
