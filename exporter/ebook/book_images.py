"""Pictures made for readers: sniffed by their bytes, upright, small enough, in a format that every device shows."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from exporter.article import Article, Resource
from exporter.ebook import picture_names
from exporter.ebook.package import PackageItem
from exporter.errors import Notice

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels
    from PIL.ImageFile import ImageFile


class Profile(msgspec.Struct, frozen=True):
    """What a kind of device can show: pictures of `width` by `height` pixels at most, grey on grey screens.

    `animation` is whether it plays animated GIFs, `spans` whether it wants those of `exporter.ebook.kepub`, `spaces`
    whether it knows spaces of any width (`exporter.ebook.kindle`), `largest` how many bytes of a book it can be sent.
    """

    width: int
    height: int
    grey: bool = False
    animation: bool = False
    spans: bool = False
    spaces: bool = True
    largest: int = 0


# Screens: Kobo Libra and Elipsa, Kindle Paperwhite and Scribe, iPad Pro; Send to Kindle takes mails of 50 MB.
PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "generic": Profile(2000, 2000, animation=True),
        "kobo": Profile(1404, 1872, grey=True, spans=True),
        "kindle": Profile(1860, 2480, spaces=False, largest=50_000_000),
        "koreader": Profile(1404, 1872, grey=True),
        "apple": Profile(2048, 2732, animation=True),
    }
)

MAX_IMAGE_BYTES = 1_500_000
"""Bytes of one picture (Standard Ebooks manual, f-016)."""

JPEG_QUALITY = 85
"""JPEG quality: below it, skies show bands on a phone's screen."""

MAX_DRAWING_COLOURS = 256
"""A picture of at most so many colours is a drawing: it stays sharp, and is small, as PNG."""

SVG_WIDTH_PIXELS = 1200
"""Pixels across a drawing in SVG, which becomes a picture: sharp on the screens of phones and e-readers.

No two devices draw SVG alike, some do not, and EPUBCheck has remarks on much of what the web draws."""

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
_EXIF_ORIENTATION = 0x0112  # of EXIF
_CORE_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}


# How the bytes of each format begin, and the class that reads it. Asked to find out by itself, Pillow loads five
# plug-ins first and then all fifty (25 ms).
_PILLOW_PLUGINS = (
    (b"\xff\xd8\xff", 0, "JpegImagePlugin", "JpegImageFile"),
    (b"\x89PNG\r\n\x1a\n", 0, "PngImagePlugin", "PngImageFile"),
    (b"GIF8", 0, "GifImagePlugin", "GifImageFile"),
    (b"WEBP", 8, "WebPImagePlugin", "WebPImageFile"),
    (b"ftypavif", 4, "AvifImagePlugin", "AvifImageFile"),
    (b"ftypavis", 4, "AvifImagePlugin", "AvifImageFile"),
)

MAX_PIXELS = 200_000_000
"""A picture of more is an attack, or a map: decoding it would fill the memory."""


class NamedBuffer(io.BytesIO):
    """A file to write to, whose name tells Pillow the one plug-in it needs: else it loads all common ones (8 ms)."""

    def __init__(self, suffix: str) -> None:
        super().__init__()
        self.name = f"picture.{suffix}"


def open_image(data: bytes) -> ImageFile:
    """Open a picture by its bytes, whatever it is called; Pillow raises anything where it is none."""
    for sign, place, module, reader in _PILLOW_PLUGINS:
        if data.startswith(sign, place):
            image: ImageFile = getattr(import_module(f"PIL.{module}"), reader)(io.BytesIO(data))
            break
    else:
        from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  articles without pictures need no Pillow

        try:
            image = Image.open(io.BytesIO(data))
        except UnidentifiedImageError as error:
            raise ValueError("this is no picture of a known format") from error
    if image.width * image.height > MAX_PIXELS:
        raise ValueError(f"{image.width} by {image.height} pixels are too many")
    return image


class BookImage(msgspec.Struct, frozen=True):
    """A picture as the book holds it, `width` pixels across."""

    number: int
    media_type: str
    data: bytes
    width: int
    animated: bool = False

    @property
    def href(self) -> str:
        """Its place in the package folder."""
        return f"images/{self.number}.{SUFFIXES[self.media_type]}"

    def item(self) -> PackageItem:
        """Return its file."""
        return PackageItem(f"image{self.number}", self.href, self.media_type, self.data)


def make_images(
    article: Article, profile: Profile, taken: dict[bytes, BookImage]
) -> tuple[dict[str, BookImage], list[Notice]]:
    """Make the pictures that an article shows, by their names; equal ones are made once (`taken`, by bytes)."""
    pictures: dict[str, BookImage] = {}
    notices: list[Notice] = []
    resources = {resource.name: resource for resource in article.resources}
    for name in dict.fromkeys(picture_names.list_picture_names(article)):
        try:
            data = read_resource(resources.get(name))
            if data not in taken:
                taken[data] = _make_image(data, profile, len(taken) + 1)
            pictures[name] = taken[data]
        except (OSError, ValueError) as error:
            notices.append(Notice(name, f"this picture cannot be shown, its words take its place ({error})"))
    return pictures, notices


def read_resource(resource: Resource | None) -> bytes:
    """Return a resource's bytes; raises `OSError` or `ValueError` where there are none."""
    if resource is None:
        raise ValueError("it is not at hand")
    data = resource.data or (Path(resource.path).read_bytes() if resource.path else b"")
    if not data:
        raise ValueError("it has no content" if resource.path else "it was not fetched")
    return data


def _make_image(data: bytes, profile: Profile, number: int) -> BookImage:
    if not _is_svg(data):
        return BookImage(number, *fit_raster(data, profile))
    from exporter.ebook import svg  # noqa: PLC0415  few articles hold drawings

    width = min(profile.width, SVG_WIDTH_PIXELS)
    return BookImage(number, "image/png", svg.draw_svg(data, width), width)


def _is_svg(data: bytes) -> bool:
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<svg") or (start.startswith((b"<?xml", b"<!")) and b"<svg" in data[:20_000].lower())


def fit_raster(data: bytes, profile: Profile) -> tuple[str, bytes, int, bool]:
    """Make of a picture what the profile can show: its media type, its bytes, its width and whether it moves.

    The picture is decoded, which proves it whole; raises `ValueError` where it is not.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with open_image(data) as image:
                return _fit_image(image, data, profile)
    except ValueError:
        raise
    except Exception as error:  # Pillow's plug-ins raise anything on broken bytes
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _fit_image(image: ImageFile, data: bytes, profile: Profile) -> tuple[str, bytes, int, bool]:
    kind, width = image.format or "", image.width
    moves = getattr(image, "is_animated", False)
    if moves and profile.animation and kind == "GIF" and len(data) <= MAX_IMAGE_BYTES:
        return "image/gif", data, width, True
    fits = image.width <= profile.width and image.height <= profile.height and len(data) <= MAX_IMAGE_BYTES
    # Reading EXIF loads the plug-in for TIFF: only a picture that has some pays for it.
    upright = ("exif" not in image.info and kind != "TIFF") or image.getexif().get(_EXIF_ORIENTATION, 1) == 1
    kept = kind in _CORE_MEDIA_TYPES and fits and upright and not moves and _is_displayable(image, profile)
    # A JPEG that stays as it is proves whole in an eighth of its size, at a third of the cost.
    image.draft(None, (1, 1) if kept else (profile.width, profile.height))
    image.load()
    if kept and ("A" not in image.getbands() or image.getchannel("A").getextrema() == (255, 255)):
        return _CORE_MEDIA_TYPES[kind], data, width, False
    reduced = _reduce_image(image, profile, upright)
    return (*_encode_image(reduced, drawing=kind != "JPEG"), reduced.width, False)


def _is_displayable(image: ImageFile, profile: Profile) -> bool:
    """Whether a device shows the colours of a picture as they are."""
    if image.mode == "P":
        return "transparency" not in image.info and not profile.grey
    return image.mode in {"L", "1"} or (image.mode in {"RGB", "RGBA"} and not profile.grey)


def _reduce_image(image: Pixels, profile: Profile, upright: bool) -> Pixels:
    """Turn a picture upright, flatten it on white and fit it into the profile's screen."""
    from PIL import Image  # noqa: PLC0415  see `open_image`

    if not upright:
        from PIL import ImageOps  # noqa: PLC0415  few pictures lie on their sides

        image = ImageOps.exif_transpose(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    if image.mode.startswith("I"):
        # Sixteen bits a pixel: converting would cut off what is above the first eight.
        image = image.convert("I").point(lambda value: value * (1 / 256))
    mode = "L" if profile.grey or image.mode in {"1", "L", "LA", "I", "F"} else "RGB"
    image = image if image.mode == mode else image.convert(mode)
    image.thumbnail((profile.width, profile.height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return image


def _encode_image(image: Pixels, drawing: bool) -> tuple[str, bytes]:
    """Encode a picture: a drawing of few colours as PNG, anything else as JPEG, coarser until it is small enough."""
    if drawing and image.getcolors(MAX_DRAWING_COLOURS):
        out = NamedBuffer("png")
        image.save(out)
        if out.tell() <= MAX_IMAGE_BYTES:
            return "image/png", out.getvalue()
    for quality in (JPEG_QUALITY, 70, 55, 40):
        out = NamedBuffer("jpg")
        image.save(out, quality=quality)
        if out.tell() <= MAX_IMAGE_BYTES:
            break
    return "image/jpeg", out.getvalue()
