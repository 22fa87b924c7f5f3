"""The cover image: the user's own picture, or one drawn from title, publication, authors and date.

Drawn covers are the same on every machine: the fonts ship with the project. The name of the publication determines the
colours, so that its articles look alike.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw

from exporter.ebook import text_rendering
from exporter.ebook.book_images import PROFILES, NamedBuffer, fit_raster
from exporter.ebook.picture_limits import open_image
from exporter.errors import UsageError, describe_error

Size = tuple[int, int]
"""Width and height in pixels."""

COVER_SIZE: Size = (960, 1280)
"""The aspect ratio 3:4 of most e-readers (Kobo); Kindle takes at least 625 by 1000."""

ARTWORK_SIZE: Size = (1400, 1400)
"""The smallest artwork of a podcast that Apple takes: square, 1400 to 3000 pixels, JPEG or PNG in RGB."""

Colour = tuple[int, int, int]

# Measures of a cover of `COVER_SIZE`; those of another size are in proportion to its width.
_MARGIN_PIXELS = 76
_RULE_PIXELS = 10
_LINE_BOX_PIXELS = 96  # height of the box of site, author or date
_TITLE_SIZES_PIXELS = (134, 120, 107, 96, 85, 75, 67, 59, 51, 45)
_SMALL_SIZES_PIXELS = (35, 30, 26, 22)

# A lead image that is worth the upper part of a cover. Chosen by looking at covers; no measurement.
_MIN_LEAD_SIZE = 0.5
"""Its least width and height, as parts of that of the place."""
_MIN_LEAD_ASPECT, _MAX_LEAD_ASPECT = 0.5, 3.0
_SAMPLE_SIZE: Size = (40, 24)
_MIN_SHADES, _MAX_WHITE_SHARE, _MIN_WHITE = 8, 0.5, 0xE0
"""Its colours at this size: how many there are of 4096, and how much of it is white (all channels at least this)."""

# Ground, ink and accent: the contrast is above 7 for ink on ground, above 4.5 for accent on ground (WCAG 2.1 AAA, AA).
_COLOURS = (
    ((0x14, 0x30, 0x3F), (0xF4, 0xEF, 0xE4), (0xE0, 0xA4, 0x58)),
    ((0x3A, 0x1F, 0x2B), (0xF6, 0xEC, 0xE6), (0xD9, 0x8B, 0x73)),
    ((0x1F, 0x3A, 0x2E), (0xF2, 0xF0, 0xE4), (0xC9, 0xB4, 0x58)),
    ((0x2B, 0x2A, 0x4C), (0xF1, 0xEE, 0xF8), (0xE0, 0x8F, 0x8F)),
    ((0xF3, 0xEA, 0xD8), (0x26, 0x22, 0x1C), (0xA8, 0x44, 0x2A)),
    ((0xE6, 0xEC, 0xEC), (0x1C, 0x2A, 0x2E), (0x2C, 0x6A, 0x71)),
    ((0xF5, 0xE3, 0xD7), (0x35, 0x20, 0x1A), (0x7A, 0x4A, 0x8C)),
    ((0x22, 0x26, 0x2B), (0xF1, 0xF1, 0xEE), (0x78, 0xB0, 0xA0)),
)
# The cover is drawn in one channel, a third of the work; a value between two of these shades blends their colours.
_ACCENT_SHADE, _GROUND_SHADE, _INK_SHADE = 0, 128, 255


class CoverText(msgspec.Struct, frozen=True):
    """The texts of a cover; empty ones are left out. `rtl` sets them from the right."""

    title: str
    site: str = ""
    author: str = ""
    date: str = ""
    rtl: bool = False


def read_own_cover(path: Path) -> tuple[str, bytes]:
    """Return the media type and the bytes of the user's own cover; raises `UsageError` if it is not a picture."""
    try:
        return fit_raster(path.read_bytes(), PROFILES["generic"])[:2]
    except (OSError, ValueError) as error:
        raise UsageError(
            "choosing a cover", str(path), describe_error(error, "BadPicture"), "Name a picture: JPEG, PNG or WebP."
        ) from error


def draw_cover(text: CoverText, picture: bytes | None) -> tuple[str, bytes]:
    """Draw a cover, with the lead image above the texts if there is one; returns its media type and bytes."""
    lead = _crop_lead_image(picture, COVER_SIZE) if picture else None
    cover, palette = _draw(text, COVER_SIZE, lead)
    if lead is None:
        return "image/png", _encode_png(cover, palette)
    return "image/jpeg", _colour_jpeg(cover, palette, lead)


def draw_artwork(text: CoverText, picture: bytes | None = None) -> bytes:
    """Draw the artwork of a podcast or an episode: the cover as a square JPEG."""
    lead = _crop_lead_image(picture, ARTWORK_SIZE) if picture else None
    artwork, palette = _draw(text, ARTWORK_SIZE, lead)
    return _colour_jpeg(artwork, palette, lead)


def _draw(text: CoverText, size: Size, lead: Image.Image | None) -> tuple[Image.Image, bytes]:
    """Draw the ground and the texts in shades of grey; returns them with the palette that gives the shades colours."""
    colours = _COLOURS[zlib.crc32((text.site or text.title).encode("utf-8", "replace")) % len(_COLOURS)]
    cover = Image.new("L", size, _GROUND_SHADE)
    canvas = ImageDraw.Draw(cover)
    top = lead.height if lead else _draw_bands(canvas, size)
    end = top + _scale(_RULE_PIXELS, size)
    canvas.rectangle((0, top, size[0], end), fill=_ACCENT_SHADE)
    _draw_texts(canvas, text, end, size)
    return cover, _make_palette(*colours)


def _scale(length: int, size: Size) -> int:
    """Return a measure of `COVER_SIZE` in proportion to another width."""
    return round(length * size[0] / COVER_SIZE[0])


def _colour_jpeg(drawing: Image.Image, palette: bytes, lead: Image.Image | None) -> bytes:
    """Give the shades of a drawing their colours, and encode it with the lead image as a JPEG."""
    drawing.putpalette(palette)
    image = drawing.convert("RGB")
    if lead:
        image.paste(lead, (0, 0))
    out = NamedBuffer("jpg")
    image.save(out, quality=88)
    return out.getvalue()


def _make_palette(ground: Colour, ink: Colour, accent: Colour) -> bytes:
    """Return the 256 colours from accent by way of ground to ink, as bytes."""
    below = ((accent, ground, shade / _GROUND_SHADE) for shade in range(_GROUND_SHADE))
    above = ((ground, ink, shade / (_INK_SHADE - _GROUND_SHADE)) for shade in range(_INK_SHADE - _GROUND_SHADE + 1))
    return bytes(
        round(a + (b - a) * share) for first, last, share in (*below, *above) for a, b in zip(first, last, strict=True)
    )


def _encode_png(image: Image.Image, palette: bytes) -> bytes:
    """Encode a PNG of one byte a pixel (PNG 1.2): for flat areas, run lengths compress fastest and smallest."""
    pixels, width = image.tobytes(), image.width
    rows = b"".join(b"\0" + pixels[start : start + width] for start in range(0, len(pixels), width))
    head = struct.pack(">IIBBBBB", width, image.height, 8, 3, 0, 0, 0)
    packer = zlib.compressobj(1, strategy=zlib.Z_RLE)
    data = packer.compress(rows) + packer.flush()
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _crop_lead_image(picture: bytes, size: Size) -> Image.Image | None:
    """Return the lead image, cropped to the upper part of a cover of this size; None if it is not worth it.

    It is not if it is too small, too long or high to be cropped, or a logo or chart.
    """
    box = (size[0], size[1] * 45 // 100)
    with open_image(picture) as image:
        if image.width < box[0] * _MIN_LEAD_SIZE or image.height < box[1] * _MIN_LEAD_SIZE:
            return None
        if not _MIN_LEAD_ASPECT <= image.width / image.height <= _MAX_LEAD_ASPECT:
            return None
        # Decoding at three quarters of the size is sharp enough for a cover, and often a quarter of the work.
        image.draft("RGB", (box[0] * 3 // 4, box[1] * 3 // 4))
        colours: Image.Image = image if image.mode == "RGB" else image.convert("RGB")
        if _is_flat(colours):
            return None
        # Crop to the shape of the box: from the middle, of a tall picture a third from the top, where faces are.
        scale = min(image.width / box[0], image.height / box[1])
        left, above = max(0, image.width - box[0] * scale) / 2, max(0, image.height - box[1] * scale) / 3
        middle = (left, above, image.width - left, above + box[1] * scale)
        return colours.resize(box, Image.Resampling.BILINEAR, middle, reducing_gap=2.0)


def _is_flat(picture: Image.Image) -> bool:
    """Whether a picture has few colours, or is mostly white: a logo, a chart, a page of text."""
    from PIL import ImageOps  # noqa: PLC0415  2 ms, most articles have no lead image

    small = picture.resize(_SAMPLE_SIZE, Image.Resampling.BOX, reducing_gap=1.0)
    data = ImageOps.posterize(small, 4).tobytes()
    pixels = [data[start : start + 3] for start in range(0, len(data), 3)]
    white = sum(min(pixel) >= _MIN_WHITE for pixel in pixels)
    return len(set(pixels)) < _MIN_SHADES or white > _MAX_WHITE_SHARE * len(pixels)


def _draw_bands(canvas: ImageDraw.ImageDraw, size: Size) -> int:
    """Draw bands that grow thinner, for a cover without a picture; returns where they end, in pixels from the top."""
    top = 0
    for thickness in (120, 61, 32, 18, 10):
        canvas.rectangle((0, _scale(top, size), size[0], _scale(top + thickness, size)), fill=_ACCENT_SHADE)
        top += thickness + 27
    return _scale(top, size)


def _name_signs(title: str) -> str:
    """Return the names of the signs of a title that no font has, each once: "Mushroom, snail"."""
    names = (unicodedata.name(sign, "") for sign in title if unicodedata.category(sign) == "So")
    return ", ".join(dict.fromkeys(filter(None, names))).capitalize()


def _draw_texts(canvas: ImageDraw.ImageDraw, text: CoverText, top: int, size: Size) -> None:
    """Draw the texts from `top` down: the site, the title as large as it fits, and at the bottom author and date."""
    margin = _scale(_MARGIN_PIXELS, size)
    left, right = margin, size[0] - margin
    width = right - left
    line_box = (width, _scale(_LINE_BOX_PIXELS, size))
    title_sizes = tuple(_scale(height, size) for height in _TITLE_SIZES_PIXELS)
    small_sizes = tuple(_scale(height, size) for height in _SMALL_SIZES_PIXELS)
    foot = [text_rendering.fit_text(line, line_box, small_sizes, text.rtl) for line in (text.author, text.date) if line]
    end = size[1] - margin - sum(setting.height for setting in foot)
    top += margin * 3 // 4
    if text.site:
        site = text_rendering.fit_text(text.site, line_box, small_sizes, text.rtl)
        top = text_rendering.draw_text(canvas, site, left, right, top, _ACCENT_SHADE) + margin // 4
    words = text.title if text_rendering.can_draw(text.title) else _name_signs(text.title)
    title = text_rendering.fit_text(words, (width, end - top - margin // 2), title_sizes, text.rtl)
    text_rendering.draw_text(canvas, title, left, right, top, _INK_SHADE)
    for setting in foot:
        end = text_rendering.draw_text(canvas, setting, left, right, end, _INK_SHADE)
