"""The cover: the user's own picture, or one drawn from what the book is called, who wrote it, where and when.

Drawn covers are the same on every machine: the fonts ship with the project, and the colours are chosen by the name of
the publication, so that its articles look alike on a shelf.
"""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from exporter.ebook import lettering
from exporter.ebook.images import PROFILES, raster
from exporter.errors import UsageError

WIDTH, HEIGHT = 1200, 1600
"""Three to four, as most screens of readers (Kobo; Kindle takes 625 by 1000 at least)."""

_MARGIN = 96
_TITLE_SIZES = (168, 150, 134, 120, 106, 94, 84, 74, 64, 56)
_SMALL = (44, 38, 32, 28)

# Ground, ink and accent; ink on ground has a contrast above 7.
_COLOURS = (
    ("#14303f", "#f4efe4", "#e0a458"),
    ("#3a1f2b", "#f6ece6", "#d98b73"),
    ("#1f3a2e", "#f2f0e4", "#c9b458"),
    ("#2b2a4c", "#f1eef8", "#e08f8f"),
    ("#f3ead8", "#26221c", "#a8442a"),
    ("#e6ecec", "#1c2a2e", "#2f7178"),
    ("#f5e3d7", "#35201a", "#7a4a8c"),
    ("#22262b", "#f1f1ee", "#78b0a0"),
)


class Words(msgspec.Struct, frozen=True):
    """What a cover says."""

    title: str
    site: str = ""
    author: str = ""
    date: str = ""
    rtl: bool = False


def own(path: Path) -> tuple[str, bytes]:
    """Return the user's own cover: its media type and bytes; raises `UsageError` where it is no picture."""
    try:
        return raster(path.read_bytes(), PROFILES["generic"])[:2]
    except (OSError, ValueError) as error:
        raise UsageError(
            "choosing a cover", str(path), f"{type(error).__name__}: {error}", "Name a picture: JPEG, PNG or WebP."
        ) from error


def draw(words: Words, picture: bytes | None) -> bytes:
    """Draw a cover, with the lead image above the words where there is one; returns a JPEG."""
    ground, ink, accent = _COLOURS[zlib.crc32((words.site or words.title).encode()) % len(_COLOURS)]
    cover = Image.new("RGB", (WIDTH, HEIGHT), ground)
    canvas = ImageDraw.Draw(cover)
    lead = _lead(picture) if picture else None
    if lead:
        cover.paste(lead, (0, 0))
        top = lead.height
    else:
        top = _bands(canvas, accent)
    canvas.rectangle((0, top, WIDTH, top + 12), fill=accent)
    _letter(canvas, words, top + 12, ink, accent)
    out = _Jpeg()
    cover.save(out, quality=88)
    return out.getvalue()


class _Jpeg(io.BytesIO):
    """A file whose name tells Pillow the one plug-in it needs: asked for a format, it loads all common ones (8 ms)."""

    name = "cover.jpg"


def _lead(picture: bytes) -> Image.Image | None:
    """Return the lead image, cut to the upper part of the cover, or None where it is too small to look well there."""
    box = (WIDTH, HEIGHT * 45 // 100)
    with Image.open(io.BytesIO(picture)) as image:
        if image.width < WIDTH // 3 or image.height < box[1] // 3:
            return None
        from PIL import ImageOps  # noqa: PLC0415  most covers have no picture

        image.draft("RGB", box)
        return ImageOps.fit(ImageOps.exif_transpose(image).convert("RGB"), box, Image.Resampling.BICUBIC)


def _bands(canvas: ImageDraw.ImageDraw, accent: str) -> int:
    """Draw the head of a cover without a picture: bands that grow thinner, like a page's edge; returns its end."""
    top = 0
    for thickness in (150, 76, 40, 22, 12):
        canvas.rectangle((0, top, WIDTH, top + thickness), fill=accent)
        top += thickness + 34
    return top


def _letter(canvas: ImageDraw.ImageDraw, words: Words, top: int, ink: str, accent: str) -> None:
    """Set the words below the head: the site, the title as large as it fits, and at the foot author and date."""
    left, right = _MARGIN, WIDTH - _MARGIN
    width = right - left
    foot = [lettering.fit(text, (width, 120), _SMALL, words.rtl) for text in (words.author, words.date) if text]
    end = HEIGHT - _MARGIN - sum(setting.height for setting in foot)
    top += _MARGIN * 3 // 4
    if words.site:
        site = lettering.fit(words.site, (width, 120), _SMALL, words.rtl)
        top = lettering.draw(canvas, site, left, right, top, accent) + _MARGIN // 4
    title = lettering.fit(words.title, (width, end - top - _MARGIN // 2), _TITLE_SIZES, words.rtl)
    lettering.draw(canvas, title, left, right, top, ink)
    for setting in foot:
        end = lettering.draw(canvas, setting, left, right, end, ink)
