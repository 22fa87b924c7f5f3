"""Small pictures of every kind, made for tests."""

from __future__ import annotations

import io

from PIL import Image


def photo(kind: str = "JPEG", size: tuple[int, int] = (320, 200), mode: str = "RGB", **options: object) -> bytes:
    """A picture of many colours: a gradient in each channel."""
    ramp, disc = Image.linear_gradient("L"), Image.radial_gradient("L")
    picture = Image.merge("RGB", (ramp, ramp.rotate(90), disc)).resize(size)
    return encoded(picture.convert(mode), kind, **options)


def drawing(kind: str = "PNG", size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: object) -> bytes:
    """A picture of two colours."""
    picture = Image.new("RGB", size, "navy")
    picture.paste("gold", (20, 20, 120, 120))
    return encoded(picture.convert(mode), kind, **options)


def animation() -> bytes:
    """A GIF of three frames."""
    frames = [Image.new("RGB", (200, 150), colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)


def rotated() -> bytes:
    """A JPEG that lies on its side: its EXIF data say that it is to be turned."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return photo(exif=exif.tobytes())


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as the bytes of a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


SVG = b"""<svg width="120" height="60" onload="run()" xmlns="http://www.w3.org/2000/svg"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:tool="http://example.org/tool" tool:version="1">
<script>run()</script><style>@import url(https://example.org/a.css); circle { fill: url(https://example.org/b) }
text { font-weight: bold } broken { </style>
<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>
<image href="https://example.org/c.png" width="9" height="9"/>
<a xlink:href="https://example.org/"><text x="4" y="30" style="fill: navy; mask: url(https://example.org/m)">Tide</text></a>
<rect width="40" height="20" fill="url(#g)"/><rect id="g" width="1" height="1"/>
<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">no</p></foreignObject></svg>"""
