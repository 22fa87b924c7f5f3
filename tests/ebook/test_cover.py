"""Covers: drawn in any script, or the user's own."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.mp3 import MP3
from PIL import Image

from exporter.article import Article, Metadata
from exporter.ebook import cover, text_rendering
from exporter.ebook.xhtml import clean_line
from exporter.edition import Edition, Work
from exporter.errors import UsageError
from exporter.exporters import audio
from tests.ebook import pictures
from tests.ebook.books import paragraph
from tests.ebook.test_readaloud import config

TITLES = {
    "short": "Tides",
    "long": "How the " + "very long " * 40 + "title ends",
    "one word": "Donaudampfschifffahrtsgesellschaftskapitän" * 2,
    "Japanese": "古い時計が止まった朝、町はいつもより静かだった",
    "Arabic": "عادت السفن القديمة إلى الميناء",
    "Hebrew": "הים, 2024",
    "Korean": "오래된 시계가 멈춘 아침, 마을은 조용했다",
    "Thai": "เรือเก่ากลับมาแล้ว",
    "Tamil": "படகு திரும்பியது",
    "mixed": "Москва, Αθήνα, 東京 & नदी 2024",
}


def _opened(made: tuple[str, bytes]) -> Image.Image:
    picture = Image.open(io.BytesIO(made[1]))
    assert Image.MIME[picture.format or ""] == made[0]
    return picture


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_a_title_of_any_length_and_script_stays_inside_the_cover(title: str) -> None:
    made = cover.draw_cover(cover.CoverText(title, "The Paper", "Ana Díaz", "2021", rtl="ق" in title), None)
    picture = _opened(made).convert("RGB")
    assert picture.size == cover.COVER_SIZE
    ground = picture.getpixel((2, cover.COVER_SIZE[1] - 2))
    below = picture.crop((0, cover.COVER_SIZE[1] // 3, cover.COVER_SIZE[0], cover.COVER_SIZE[1]))
    for edge in ((0, 0, 60, below.height), (below.width - 60, 0, below.width, below.height)):
        assert below.crop(edge).getcolors() == [(60 * below.height, ground)]
    assert len(below.getcolors(1 << 24) or ()) > 20
    assert cover.draw_cover(cover.CoverText(title, "The Paper", "Ana Díaz", "2021", rtl="ق" in title), None) == made


@settings(max_examples=25)
@given(st.text(max_size=60), st.booleans())
def test_any_title_can_be_drawn(title: str, rtl: bool) -> None:
    assert _opened(cover.draw_cover(cover.CoverText(clean_line(title), rtl=rtl), None)).size == (
        cover.COVER_SIZE[0],
        cover.COVER_SIZE[1],
    )


@pytest.mark.parametrize("title", ["Tides 🌊 and 👩\u200d👧", "Tides \ue000and"])
def test_signs_that_no_font_has_are_left_out(title: str) -> None:
    assert cover.draw_cover(cover.CoverText(title, "A"), None) == cover.draw_cover(
        cover.CoverText("Tides and", "A"), None
    )


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_no_sign_of_a_title_is_left_out(title: str) -> None:
    lines = text_rendering.fit_text(title, (800, 90_000), (100, 90)).lines
    assert re.sub(r"[\s-]", "", "".join(lines)) == re.sub(r"[\s-]", "", title)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("東京: three", ("東京:", "three")),
        ("海は「変わ」", ("海は", "「変", "わ」")),
        ("Donaudampfschiff", ("Dona-", "udam-", "pfsch-", "iff")),
    ],
)
def test_lines_break_where_the_script_breaks_them(text: str, lines: tuple[str, ...]) -> None:
    assert text_rendering.fit_text(text, (300, 9000), (100,)).lines == lines


def test_the_articles_of_one_publication_have_covers_of_one_colour() -> None:
    first, second = (
        _opened(cover.draw_cover(cover.CoverText(title, "The Paper"), None))
        .convert("RGB")
        .getpixel((2, cover.COVER_SIZE[1] - 2))
        for title in ("One", "Another")
    )
    assert first == second


@pytest.mark.parametrize("size", [(1600, 900), (480, 300), (700, 1200)])
def test_the_lead_picture_stands_above_the_words(size: tuple[int, int]) -> None:
    made = cover.draw_cover(cover.CoverText("Tides"), pictures.photo(size=size))
    assert len(_opened(made).crop((0, 0, 400, 400)).getcolors(1 << 24) or ()) > 1000


def _chart() -> bytes:
    """A curve of many colours on white."""
    picture = Image.open(io.BytesIO(pictures.photo("PNG", (1200, 800))))
    picture.paste("white", (0, 0, 1200, 560))
    return pictures.encoded(picture, "PNG")


UNFIT_PICTURES = {
    "small": pictures.photo(size=(400, 280)),
    "a banner": pictures.photo(size=(1600, 400)),
    "a column": pictures.photo(size=(500, 1600)),
    "a logo": pictures.drawing(size=(1200, 800)),
    "a chart": _chart(),
}


@pytest.mark.parametrize("picture", UNFIT_PICTURES.values(), ids=UNFIT_PICTURES)
def test_a_lead_picture_that_is_not_worth_it_leaves_the_drawn_cover(picture: bytes) -> None:
    text = cover.CoverText("Tides")
    assert cover.draw_cover(text, picture) == cover.draw_cover(text, None)


@pytest.mark.parametrize(("title", "names"), [("\U0001f344 \U0001f40c\U0001f344", "Mushroom, snail"), ("\u200d", "")])
def test_a_title_without_a_letter_is_named(title: str, names: str) -> None:
    assert cover.draw_cover(cover.CoverText(title, "A"), None) == cover.draw_cover(cover.CoverText(names, "A"), None)


@pytest.mark.parametrize(
    ("line", "font"),
    [
        ("潮汐（潮）、", "DroidSansFallbackFull.ttf"),
        ("오래된 시계: 2024!", "NanumSquareB.ttf"),
        ("नदी 2024", "NotoSansDevanagari-Bold.ttf"),
        ("Tides 2024", "NotoSerif-Bold.ttf"),
    ],
)
def test_the_digits_and_marks_of_a_line_are_in_the_font_of_its_letters(line: str, font: str) -> None:
    assert {name for name, run in text_rendering.split_fonts(line) if run.strip()} == {font}


def test_the_users_own_cover_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "own.jpg").write_bytes(pictures.photo(size=(600, 800)))
    assert cover.read_own_cover(tmp_path / "own.jpg") == ("image/jpeg", pictures.photo(size=(600, 800)))


@pytest.mark.parametrize("content", [None, b"words"])
def test_a_cover_that_is_no_picture_is_a_mistake_of_usage(tmp_path: Path, content: bytes | None) -> None:
    if content:
        (tmp_path / "own.jpg").write_bytes(content)
    with pytest.raises(UsageError):
        cover.read_own_cover(tmp_path / "own.jpg")


def test_artwork_is_square_in_rgb_as_podcast_directories_ask() -> None:
    text = cover.CoverText("The tide mill", "The Averill Observer", "Ann Mill", "8 August 2021")
    picture = Image.open(io.BytesIO(cover.draw_artwork(text)))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1400, 1400))
    assert cover.draw_artwork(text) == cover.draw_artwork(text)


def test_the_lead_picture_stands_on_artwork_too() -> None:
    picture = Image.open(io.BytesIO(cover.draw_artwork(cover.CoverText("Tides"), pictures.photo(size=(1600, 900)))))
    assert picture.size == (1400, 1400)
    assert len(picture.crop((0, 0, 600, 600)).getcolors(1 << 24) or ()) > 1000


def test_an_episode_carries_artwork_and_not_the_cover_of_the_book(tmp_path: Path) -> None:
    chosen = config(tmp_path)
    path = tmp_path / "episode.mp3"
    audio.export(Edition([Work(Article(Metadata(title="Tides"), (paragraph("It rose."),)), chosen)], chosen), path)
    (embedded,) = MP3(path).tags.getall("APIC")
    assert Image.open(io.BytesIO(embedded.data)).size == (1400, 1400)
