"""The pictures of a book: upright, small enough, and in a core media type of EPUB that every device shows."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec
import PIL.Image
from PIL.Image import Image as Pixels
from PIL.ImageFile import ImageFile

from exporter.article import Article, Figure, Image, Inline, Resource, Text, all_blocks, inline_runs
from exporter.ebook.package import PackageItem
from exporter.ebook.picture_limits import PictureBudget, open_image
from exporter.errors import Notice


class Profile(msgspec.Struct, frozen=True):
    """What a kind of device supports: pictures of at most `width` by `height` pixels, in `grey` only or in colour.

    `animation` means animated GIFs, `has_kobo_spans` the spans of `exporter.ebook.kepub`, `has_all_spaces` spaces of
    any width (see `exporter.ebook.kindle`). `max_book_bytes` is the largest book it can be sent, 0 without a limit.
    """

    width: int
    height: int
    grey: bool = False
    animation: bool = False
    has_kobo_spans: bool = False
    has_all_spaces: bool = True
    max_book_bytes: int = 0


# Screens of Kobo Libra and Elipsa, Kindle Paperwhite and Scribe, iPad Pro; Send to Kindle takes mails up to 50 MB.
PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "generic": Profile(2000, 2000, animation=True),
        "kobo": Profile(1404, 1872, grey=True, has_kobo_spans=True),
        "kindle": Profile(1860, 2480, has_all_spaces=False, max_book_bytes=50_000_000),
        "koreader": Profile(1404, 1872, grey=True),
        "apple": Profile(2048, 2732, animation=True),
    }
)

MAX_IMAGE_BYTES = 1_500_000
"""Bytes of one picture (Standard Ebooks manual, f-016)."""

JPEG_QUALITY = 85
"""Of 100. Below it, skies show bands on a phone's screen; judged by eye, no measurement."""

MAX_DRAWING_COLOURS = 256
"""A picture of at most so many colours (a palette's, in PNG) is a drawing: as PNG it stays sharp and small."""

SVG_WIDTH_PIXELS = 1200
"""Pixels of width at which SVG is rasterised: sharp on the screens of phones and e-readers.

Devices render SVG in different ways or not at all, and EPUBCheck reports much of the SVG of web pages."""

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
_EXIF_ORIENTATION = 0x0112  # of EXIF
_CORE_MEDIA_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}


class NamedBuffer(io.BytesIO):
    """A buffer with a file name, from which Pillow knows the plug-in to load: else it loads all common ones (8 ms)."""

    def __init__(self, suffix: str) -> None:
        super().__init__()
        self.name = f"picture.{suffix}"


class BookImage(msgspec.Struct, frozen=True):
    """A picture of the book; `width` is in pixels."""

    number: int
    media_type: str
    data: bytes
    width: int
    animated: bool = False

    @property
    def href(self) -> str:
        """Its path, relative to the package document."""
        return f"images/{self.number}.{SUFFIXES[self.media_type]}"

    def item(self) -> PackageItem:
        """Return its manifest item."""
        return PackageItem(f"image{self.number}", self.href, self.media_type, self.data)


def make_images(
    article: Article, profile: Profile, taken: dict[bytes, BookImage]
) -> tuple[dict[str, BookImage], list[Notice]]:
    """Make the pictures that an article shows, by name; `taken` has those made before, by the bytes of their source.

    One that is broken, or over a limit, has a notice instead.
    """
    pictures: dict[str, BookImage] = {}
    notices: list[Notice] = []
    resources = {resource.name: resource for resource in article.resources}
    budget = PictureBudget()
    for name in dict.fromkeys(_list_picture_names(article)):
        try:
            data = read_resource(resources.get(name))
            if data not in taken:
                taken[data] = _make_image(data, profile, len(taken) + 1, budget)
            pictures[name] = taken[data]
        except (OSError, ValueError) as error:
            notices.append(Notice(name, f"this picture is left out, and its alternative text shown instead: {error}"))
    return pictures, notices


def _list_picture_names(article: Article) -> Iterator[str]:
    """Yield the names of the pictures that are shown, in reading order."""
    for block in all_blocks(article):
        if isinstance(block, Figure) and block.image:
            yield block.image
        for content in inline_runs(block):
            yield from _list_inline_pictures(content)


def _list_inline_pictures(content: tuple[Inline, ...]) -> Iterator[str]:
    for inline in content:
        if isinstance(inline, Image):
            yield inline.image
        elif not isinstance(inline, Text):
            yield from _list_inline_pictures(getattr(inline, "content", ()))


def read_resource(resource: Resource | None) -> bytes:
    """Return a resource's bytes; raises `OSError` or `ValueError` if it has none."""
    if resource is None:
        raise ValueError("the article does not contain it")
    data = resource.data or (Path(resource.path).read_bytes() if resource.path else b"")
    if not data:
        raise ValueError("its file is empty" if resource.path else "it was not fetched")
    return data


def _make_image(data: bytes, profile: Profile, number: int, budget: PictureBudget) -> BookImage:
    if not _is_svg(data):
        return BookImage(number, *fit_raster(data, profile, budget))
    from exporter.ebook import svg  # noqa: PLC0415  8 ms, few articles have drawings

    width = min(profile.width, SVG_WIDTH_PIXELS)
    return BookImage(number, "image/png", svg.draw_svg(data, width, budget), width)


def _is_svg(data: bytes) -> bool:
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<svg") or (start.startswith((b"<?xml", b"<!")) and b"<svg" in data[:20_000].lower())


def fit_raster(data: bytes, profile: Profile, budget: PictureBudget | None = None) -> tuple[str, bytes, int, bool]:
    """Fit a picture to a profile; returns its media type, its bytes, its width in pixels and whether it is animated.

    `budget` is that of all pictures of an article; None means that it is the only one. Decodes the picture, which
    proves it intact; raises `ValueError` if it is not.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with open_image(data) as image:
                return _fit_image(image, data, profile, budget or PictureBudget())
    except ValueError:
        raise
    except Exception as error:  # Pillow's plug-ins raise anything on broken bytes
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _fit_image(image: ImageFile, data: bytes, profile: Profile, budget: PictureBudget) -> tuple[str, bytes, int, bool]:
    kind, width = image.format or "", image.width
    animated = getattr(image, "is_animated", False)
    if animated and profile.animation and kind == "GIF" and len(data) <= MAX_IMAGE_BYTES:
        return "image/gif", data, width, True
    fits = image.width <= profile.width and image.height <= profile.height and len(data) <= MAX_IMAGE_BYTES
    # Reading EXIF loads the plug-in for TIFF, so look first whether there is any.
    upright = ("exif" not in image.info and kind != "TIFF") or image.getexif().get(_EXIF_ORIENTATION, 1) == 1
    kept = kind in _CORE_MEDIA_TYPES and fits and upright and not animated and _is_displayable(image, profile)
    # A JPEG that is kept can be checked at an eighth of its size, at a third of the cost.
    image.draft(None, (1, 1) if kept else (profile.width, profile.height))
    budget.take_pixels(image.width * image.height)
    image.load()
    if kept and ("A" not in image.getbands() or image.getchannel("A").getextrema() == (255, 255)):
        return _CORE_MEDIA_TYPES[kind], data, width, False
    reduced = _reduce_image(image, profile, upright)
    return (*_encode_image(reduced, drawing=kind != "JPEG"), reduced.width, False)


def _is_displayable(image: ImageFile, profile: Profile) -> bool:
    """Whether a device shows the colour mode of a picture without conversion."""
    if image.mode == "P":
        return "transparency" not in image.info and not profile.grey
    return image.mode in {"L", "1"} or (image.mode in {"RGB", "RGBA"} and not profile.grey)


def _reduce_image(image: Pixels, profile: Profile, upright: bool) -> Pixels:
    """Turn a picture upright, flatten it on white and scale it down to the profile's screen."""
    if not upright:
        from PIL import ImageOps  # noqa: PLC0415  3 ms, few pictures have to be turned

        image = ImageOps.exif_transpose(image)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        background = PIL.Image.new("RGB", image.size, "white")
        background.paste(image, mask=image.getchannel("A"))
        image = background
    if image.mode.startswith("I"):
        # Sixteen bits a pixel: a plain conversion would clip all values above eight bits to white.
        image = image.convert("I").point(lambda value: value * (1 / 256))
    mode = "L" if profile.grey or image.mode in {"1", "L", "LA", "I", "F"} else "RGB"
    image = image if image.mode == mode else image.convert(mode)
    image.thumbnail((profile.width, profile.height), PIL.Image.Resampling.LANCZOS, reducing_gap=3.0)
    return image


def _encode_image(image: Pixels, drawing: bool) -> tuple[str, bytes]:
    """Encode a picture: a drawing of few colours as PNG, any other as JPEG of a quality that makes it small enough."""
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
