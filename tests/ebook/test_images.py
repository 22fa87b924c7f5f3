"""Pictures are made for readers: upright, small enough, in formats that every device shows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from exporter.article import Article, Cell, Figure, Metadata, Paragraph, Resource, Table
from exporter.article import Image as Inline
from exporter.ebook import svg
from exporter.ebook.book_images import MAX_IMAGE_BYTES, PROFILES, BookImage, make_images
from tests.ebook import pictures


def _made(data: bytes, profile: str = "generic") -> BookImage:
    article = Article(Metadata(), (Figure(image="a"),), resources=(Resource("a", data=data),))
    made, notices = make_images(article, PROFILES[profile], {})
    assert not notices
    return made["a"]


def _opened(picture: BookImage) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


@pytest.mark.parametrize("data", [pictures.photo("JPEG"), pictures.drawing("PNG"), pictures.drawing("GIF")])
def test_a_picture_that_every_device_shows_is_kept_byte_for_byte(data: bytes) -> None:
    assert _made(data).data == data


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "BMP", "TIFF"])
def test_other_formats_become_jpeg_for_photos_and_png_for_drawings(kind: str) -> None:
    assert _made(pictures.photo(kind)).media_type == "image/jpeg"
    assert _made(pictures.drawing(kind, **({"lossless": True} if kind == "WEBP" else {}))).media_type in {
        "image/png",
        "image/jpeg",  # AVIF blurs a drawing into many colours
    }


def test_sixteen_bits_of_grey_keep_their_tones() -> None:
    deep = Image.new("I;16", (40, 40), 0x8000)
    made = _opened(_made(pictures.encoded(deep, "TIFF")))
    assert made.convert("L").getpixel((9, 9)) == pytest.approx(0x80, abs=2)


def test_a_picture_that_could_be_transparent_and_is_not_is_kept() -> None:
    data = pictures.drawing("PNG", mode="RGBA")
    assert _made(data).data == data


def test_a_drawing_stays_a_drawing() -> None:
    made = _made(pictures.drawing("WEBP", lossless=True))
    assert (made.media_type, made.href) == ("image/png", "images/1.png")
    assert _opened(made).convert("RGB").getpixel((30, 30)) == (255, 215, 0)


def test_a_picture_that_lies_on_its_side_is_turned() -> None:
    assert _opened(_made(pictures.rotated())).size == (200, 320)


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    clear.putpixel((0, 0), (255, 0, 0, 128))
    made = _opened(_made(pictures.encoded(clear, "PNG")))
    assert made.convert("RGBA").getpixel((9, 9)) == (255, 255, 255, 255)


@pytest.mark.parametrize("name", PROFILES)
def test_no_picture_is_larger_than_the_screen_of_its_profile(name: str) -> None:
    profile = PROFILES[name]
    made = _made(pictures.photo("JPEG", (4000, 3000)), name)
    opened = _opened(made)
    assert opened.width <= profile.width
    assert opened.height <= profile.height
    assert opened.width * 3 == pytest.approx(opened.height * 4, rel=0.01)
    assert (opened.mode == "L") == profile.grey
    assert len(made.data) <= MAX_IMAGE_BYTES


def test_an_animation_moves_where_the_profile_plays_it_and_shows_its_first_frame_elsewhere() -> None:
    assert _made(pictures.animation(), "apple").animated
    still = _made(pictures.animation(), "kindle")
    assert not still.animated
    assert _opened(still).convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_equal_pictures_are_stored_once(tmp_path: Path) -> None:
    data = pictures.photo()
    (tmp_path / "b.jpg").write_bytes(data)
    resources = (Resource("a", data=data), Resource("b", path=str(tmp_path / "b.jpg")))
    article = Article(
        Metadata(),
        (Paragraph(content=(Inline("a"),)), Table(rows=((Cell((Inline("b"),)),),))),
        resources=resources,
    )
    taken: dict[bytes, BookImage] = {}
    made, _ = make_images(article, PROFILES["generic"], taken)
    assert made["a"] is made["b"]
    assert len(taken) == 1


@pytest.mark.parametrize("data", [b"", b"not a picture", pictures.photo()[:400], pictures.drawing()[:90], b"<svg"])
def test_a_broken_picture_gives_way_to_its_words_with_a_notice(data: bytes) -> None:
    article = Article(Metadata(), (Figure(image="a"),), resources=(Resource("a", data=data),))
    made, notices = make_images(article, PROFILES["generic"], {})
    assert made == {}
    assert [notice.subject for notice in notices] == ["a"]


def test_a_drawing_in_svg_loses_what_lies_elsewhere() -> None:
    drawing = svg.sanitize_svg(pictures.SVG)
    assert [element.get("href") for element in drawing.iter() if element.get("href")] == []
    assert "".join(drawing.find("{*}a").itertext()) == "Tide"
    assert drawing.get("viewBox") == "0 0 120 60"
    assert not [*drawing.iter("{*}script", "{*}foreignObject")]


def test_a_drawing_in_svg_becomes_a_picture() -> None:
    made = _made(pictures.SVG)
    drawn = _opened(made).convert("RGB")
    assert (made.href, made.width, drawn.size) == ("images/1.png", 1200, (1200, 600))
    assert drawn.getpixel((1199, 599)) == (255, 255, 255)
    assert drawn.getpixel((300, 12)) == (255, 0, 0)


NESTED = "".join(f'<g id="g{n + 1}">' + f'<use href="#g{n}"/>' * 10 + "</g>" for n in range(9))


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(f'<rect id="g0" width="1" height="1"/>{NESTED}<use href="#g9"/>', id="a billion rectangles"),
        pytest.param('<g id="a"><use href="#a"/></g>', id="itself"),
        pytest.param('<svg viewBox="0 0 1 100000"><rect/></svg>', id="a thread"),
    ],
)
def test_a_drawing_that_asks_for_too_much_is_not_drawn(inside: str) -> None:
    outer = f'<svg viewBox="0 0 9 9">{inside}</svg>' if not inside.startswith("<svg") else inside
    data = outer.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1).encode()
    article = Article(Metadata(), (Figure(image="a"),), resources=(Resource("a", data=data),))
    made, notices = make_images(article, PROFILES["generic"], {})
    assert made == {}
    assert len(notices) == 1


def _filter_drawing(primitives: str) -> bytes:
    """Return a drawing of 250 pixels with a filter in a region that is a hundred times as large each way."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 250">'
        f'<filter id="f" x="-9999%" y="-9999%" width="99999%" height="99999%">{primitives}</filter>'
        '<rect width="250" height="250" filter="url(#f)"/></svg>'
    ).encode()


TURBULENCE = '<feTurbulence numOctaves="50" baseFrequency="0.01"/>'
BLUR = '<feGaussianBlur stdDeviation="1000"/>'


@pytest.mark.parametrize(
    "primitives",
    [
        pytest.param(TURBULENCE, id="turbulence"),
        pytest.param(TURBULENCE + BLUR * 20, id="turbulence and blur"),
        pytest.param(BLUR * 200, id="blur"),
    ],
)
def test_a_drawing_that_takes_too_long_is_left_out(primitives: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.ebook.svg_process.MAX_SECONDS", 1.0)
    article = Article(Metadata(), (Figure(image="a"),), resources=(Resource("a", data=_filter_drawing(primitives)),))
    made, notices = make_images(article, PROFILES["generic"], {})
    assert made == {}
    assert "drawing it takes too much time or memory" in notices[0].text


def test_the_drawings_of_an_article_have_a_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.ebook.picture_limits.MAX_ARTICLE_DRAWING_SECONDS", 1.0)
    resources = tuple(Resource(str(n), data=_filter_drawing(TURBULENCE + f"<!--{n}-->")) for n in range(20))
    figures = tuple(Figure(image=str(n)) for n in range(20))
    given: list[float] = []
    rasterize = svg.rasterize
    monkeypatch.setattr(svg, "rasterize", lambda options, seconds: given.append(seconds) or rasterize(options, seconds))
    made, notices = make_images(Article(Metadata(), figures, resources=resources), PROFILES["generic"], {})
    assert made == {}
    assert len(notices) == 20
    assert given == [1.0, *[0.0] * 19]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG", "TIFF"])
def test_a_picture_has_a_largest_size(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.ebook.picture_limits._MAX_PIXELS", 9_000)
    monkeypatch.setattr("exporter.ebook.picture_limits._MAX_PIXELS_BY_FORMAT", {"JPEG": 9_000, "WEBP": 9_000})
    data = pictures.photo(kind, (100, 100))
    article = Article(Metadata(), (Figure(image="a"),), resources=(Resource("a", data=data),))
    made, notices = make_images(article, PROFILES["generic"], {})
    assert made == {}
    assert "100 by 100 pixels are too many" in notices[0].text


def test_pictures_have_a_number_of_pixels_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.ebook.picture_limits.MAX_ARTICLE_PIXELS", 1_000_000)
    resources = tuple(Resource(str(n), data=pictures.encoded(Image.new("L", (600, 600), n), "PNG")) for n in range(5))
    figures = tuple(Figure(image=str(n)) for n in range(5))
    made, notices = make_images(Article(Metadata(), figures, resources=resources), PROFILES["generic"], {})
    assert sorted(made) == ["0", "1"]
    assert [notice.subject for notice in notices] == ["2", "3", "4"]
