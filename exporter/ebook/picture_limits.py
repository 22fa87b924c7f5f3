"""Opens pictures by their signature, and bounds what decoding and rasterising them may cost: memory and time."""

from __future__ import annotations

import io
from importlib import import_module

import PIL.Image
from PIL.ImageFile import ImageFile

# The signature of each format, its offset, and the class that reads it. `Image.open` would load five plug-ins first
# and then all fifty (25 ms).
_PILLOW_PLUGINS = (
    (b"\xff\xd8\xff", 0, "JpegImagePlugin", "JpegImageFile"),
    (b"\x89PNG\r\n\x1a\n", 0, "PngImagePlugin", "PngImageFile"),
    (b"GIF8", 0, "GifImagePlugin", "GifImageFile"),
    (b"WEBP", 8, "WebPImagePlugin", "WebPImageFile"),
    (b"ftypavif", 4, "AvifImagePlugin", "AvifImageFile"),
    (b"ftypavis", 4, "AvifImagePlugin", "AvifImageFile"),
)

_MAX_PIXELS_BY_FORMAT = {"JPEG": 200_000_000, "WEBP": 40_000_000}
_MAX_PIXELS = 60_000_000
"""Pixels of one picture. Decoding, flattening and scaling one takes up to 20 bytes of memory a pixel in WebP, 4 in JPEG
and 13 in other formats, measured with squares of 8,000 pixels: at most 800 MB."""

MAX_ARTICLE_PIXELS = 800_000_000
"""Pixels that are decoded for one article, JPEGs at the scale they are decoded at: about 20 seconds of CPU."""

MAX_ARTICLE_DRAWING_SECONDS = 15.0
"""Seconds of CPU for the SVG drawings of one article: about 300 of the usual size."""


def open_image(data: bytes) -> ImageFile:
    """Open a picture by its signature; raises `ValueError` for an unknown format, and any exception on broken bytes."""
    for sign, place, module, reader in _PILLOW_PLUGINS:
        if data.startswith(sign, place):
            image: ImageFile = getattr(import_module(f"PIL.{module}"), reader)(io.BytesIO(data))
            break
    else:
        try:
            image = PIL.Image.open(io.BytesIO(data))
        except PIL.UnidentifiedImageError as error:
            raise ValueError("its format is unknown") from error
    if image.width * image.height > _MAX_PIXELS_BY_FORMAT.get(image.format or "", _MAX_PIXELS):
        raise ValueError(f"{image.width} by {image.height} pixels are too many")
    return image


class PictureBudget:
    """What the pictures of one article may still cost: pixels to decode, and `drawing_seconds` of CPU."""

    def __init__(self) -> None:
        self._pixels = MAX_ARTICLE_PIXELS
        self.drawing_seconds = MAX_ARTICLE_DRAWING_SECONDS

    def take_pixels(self, count: int) -> None:
        """Take the pixels of a picture that is to be decoded; raises `ValueError` if too few are left."""
        if count > self._pixels:
            raise ValueError(f"the pictures of the article have over {MAX_ARTICLE_PIXELS:,} pixels together")
        self._pixels -= count
