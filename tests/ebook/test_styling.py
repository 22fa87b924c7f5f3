"""Themes and the user's own style sheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.ebook.themes import list_themes, load_theme
from exporter.errors import UsageError


def test_the_themes_are_there() -> None:
    assert list_themes() == ("classic", "dyslexic", "large-print", "modern")


@pytest.mark.parametrize("style", list_themes())
def test_no_theme_fixes_a_colour_that_the_night_would_swallow(style: str) -> None:
    sheet = load_theme(style)[0].data.decode()
    fixed = [
        row.strip()
        for row in sheet.splitlines()
        if "color:" in row and "currentColor" not in row and "inherit" not in row
    ]
    # What sounds sets both colours.
    assert fixed == ["background-color: #ffe27a;", "color: #1a1a1a;"]
    assert "text-align: left" not in sheet
    assert "direction:" not in sheet


def test_a_sheet_of_the_users_own_brings_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "my.css").write_text('@font-face { font-family: "My"; src: url(my.woff2) }')
    (tmp_path / "my.woff2").write_bytes(b"font")
    sheet, font = load_theme(str(tmp_path / "my.css"))
    assert (font.href, font.media_type, font.data) == ("fonts/1.woff2", "font/woff2", b"font")
    assert b'url("../fonts/1.woff2")' in sheet.data


@pytest.mark.parametrize(
    "text", [None, "p { background: url(https://example.org/a) }", "p { background: url(missing.png) }"]
)
def test_a_sheet_that_is_not_there_or_names_what_is_not_is_a_mistake_of_usage(tmp_path: Path, text: str | None) -> None:
    if text:
        (tmp_path / "my.css").write_text(text)
    with pytest.raises(UsageError):
        load_theme(str(tmp_path / "my.css"))


def test_a_wrong_name_gets_the_nearest_right_one() -> None:
    with pytest.raises(UsageError, match="classic"):
        load_theme("clasic")
