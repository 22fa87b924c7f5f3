"""Media overlays: what lights up while it sounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.ebook import Overlay
from exporter.ebook.media_overlay import format_clock
from tests.ebook.books import everything, made, member, properties

FRAGMENTS = (
    ("title", 0.5, 1.5),
    ("b1", 1.5, 2.0),
    ("b1.9", 2.0, 2.5),
    ("b2.1", 2.5, 3.25),
    ("b2", 3.25, 3.5),
    ("b17.1", 4.0, 5.0),
    ("b16.1", 5.0, 6.0),
    ("nowhere", 6.0, 7.0),
    ("b3.1", 7.0, 7.0),
    ("title", 7.0, 7.5),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return made(
        [everything()], tmp_path / "book.epub", overlays=[Overlay(b"x", "audio/mpeg", 8.0, FRAGMENTS, ("A voice",))]
    )


def test_each_fragment_lights_up_its_element_in_the_order_of_the_text(book: Path) -> None:
    smil = member(book, "EPUB/overlays/mo1-1.smil")
    played = [
        (par[0].get("src").partition("#")[2], par[1].get("clipBegin"), par[1].get("clipEnd"))
        for par in smil.iter("{*}par")
    ]
    assert played == [
        ("title", "0:00:00.500", "0:00:01.500"),
        ("b1", "0:00:01.500", "0:00:02.500"),
        ("b2.1", "0:00:02.500", "0:00:03.500"),
        ("b16.1", "0:00:05.000", "0:00:07.500"),
        ("b17.1", "0:00:04.000", "0:00:05.000"),
    ]


def test_every_place_that_sounds_is_in_the_text(book: Path) -> None:
    ids = {element.get("id") for element in member(book, "EPUB/text/a1.xhtml").iter("{*}*")}
    smil = member(book, "EPUB/overlays/mo1-1.smil")
    assert {text.get("src").partition("#")[2] for text in smil.iter("{*}text")} <= ids


def test_what_can_be_skipped_is_a_sequence_of_its_own(book: Path) -> None:
    smil = member(book, "EPUB/overlays/mo1-1.smil")
    kinds = [element.get("{http://www.idpf.org/2007/ops}type") for element in smil.iter("{*}seq")]
    assert kinds == ["chapter", "figure", "list"]


def test_the_package_says_how_long_it_sounds_who_reads_and_how_it_looks(book: Path) -> None:
    assert properties(book, "media:duration") == ["0:00:06.500", "0:00:06.500"]
    assert properties(book, "media:narrator") == ["A voice"]
    assert properties(book, "media:active-class") == ["sounding"]
    assert "synchronizedAudioText" in properties(book, "schema:accessibilityFeature")


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0:00:00.000"), (59.9996, "0:01:00.000"), (61.0314, "0:01:01.031"), (36_000, "10:00:00.000")],
)
def test_times_are_exact_to_the_millisecond(seconds: float, expected: str) -> None:
    assert format_clock(seconds) == expected
