"""Login walls are errors; articles about logins are not."""

from __future__ import annotations

import pytest

from exporter.errors import SourceError
from exporter.sources.http_response import HttpPage
from exporter.sources.login_walls import check_page

ASKED = "https://news.example/2024/the-mill"


def make_page(title: str, text: str, url: str = ASKED) -> HttpPage:
    script = f"<script>{'let many = words;' * 500}</script>"
    return HttpPage(
        url, f"<html><head><title>{title}</title>{script}</head><body><p>{text}</body></html>".encode(), charset="utf-8"
    )


@pytest.mark.parametrize(
    "wall",
    [
        make_page("Before you continue", "We and our partners store cookies."),
        make_page("Just a moment...", "Checking."),
        make_page("Log in | The News", "E-mail, password, forgotten?"),
        make_page("Wir benötigen Ihre Zustimmung – Nachrichten", "Cookies und Partner."),
        make_page("The News", "Welcome back.", "https://news.example/login?next=/2024/the-mill"),
        make_page("Your choices", "Accept all.", "https://consent.news.example/v2/collect"),
    ],
)
def test_a_wall_is_an_error(wall: HttpPage) -> None:
    with pytest.raises(SourceError, match=r"Wall: the server sends .* instead of the page"):
        check_page(ASKED, wall)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (ASKED, make_page("The mill turns again", "It turned.")),
        (ASKED, make_page("Log in", "How the word came into the language. " * 100)),
        (ASKED, make_page("Log in to win: how the lottery works", "It is short.")),
        ("https://news.example/login", make_page("How we log you in", "It is short.", "https://news.example/login")),
        ("http://news.example/the-mill", make_page("The mill", "It is short.", "https://www.news.example/the-mill/")),
    ],
)
def test_an_article_is_none(asked: str, found: HttpPage) -> None:
    check_page(asked, found)
