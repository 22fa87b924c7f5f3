"""Slugs: two or three words of a title."""

from __future__ import annotations

import pytest

from exporter.narration.slugs import make_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Ferry Has Lost Its Second Engine in a Week as Winter Nears", "FERRY LOST SECOND"),
        ("Why the Bridge Is Late", "BRIDGE LATE"),
        ("What We Know About NASA's Next Moon Landing", "NASA MOON LANDING"),
        ("COUNCIL VOTES TO KEEP THE OLD MILL", "COUNCIL VOTES KEEP"),
        ("5 of 12", "5 of 12".upper()),
        ("L’été sera chaud, selon les météorologues", "LÉTÉ SERA CHAUD"),
        ("Internationalization considerations", "INTERNATIONALIZATION"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_a_slug_is_the_first_content_words_of_a_title(title: str, slug: str) -> None:
    assert make_slug(title) == slug


def test_a_title_without_spaces_gives_its_beginning() -> None:
    assert make_slug("今日のニュースは東京の天気と交通についての長い見出しです") == "今日のニュースは東京の天"
