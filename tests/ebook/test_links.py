"""Where links lead."""

from __future__ import annotations

import pytest

from exporter.article import Article, Heading, Metadata, Text
from exporter.ebook.book_links import link_articles, make_external_url, make_resolver


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/a b?c=d e#f g", "https://example.org/a%20b?c=d%20e#f%20g"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org:8080/", "https://example.org:8080/"),
        ("http://münchen.example/straße", "http://münchen.example/stra%C3%9Fe"),
        ("mailto:ana@example.org", "mailto:ana@example.org"),
        ("tel:+34-123", "tel:+34-123"),
        ("javascript:run()", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("page.html", None),
        ("https://", None),
        ("https:///a", None),
        ("https://exa mple.org/", None),
        ("https://example.org:99999/", None),
        ("https://[::1", None),
        ("mailto:", None),
        ("", None),
    ],
)
def test_only_valid_addresses_lead_out_of_a_book(target: str, expected: str | None) -> None:
    assert make_external_url(target) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("#the-method", "#b2"),
        ("#how-we-did", "#b2"),
        ("#Method.1", "#b2"),
        ("#nowhere", None),
        ("https://example.org/a#the-method", "#b2"),
        ("https://www.example.org/a/", "#title"),
        ("http://example.org/b", "a2.xhtml"),
        ("/b#part", "a2.xhtml"),
        ("/b#", "a2.xhtml"),
        ("/b#the-end", "a2.xhtml#b7"),
        ("/c", "https://example.org/c"),
    ],
)
def test_links_between_places_of_a_book_stay_inside_it(target: str, expected: str | None) -> None:
    heading = Heading(content=(Text("The method"),), anchor="b2", names=("how-we-did", "Method.1"))
    ending = Heading(content=(Text("The end"),), anchor="b7")
    articles = [
        Article(Metadata(source="https://example.org/a"), (heading,)),
        Article(Metadata(source="https://example.org/b"), (ending,)),
    ]
    linked = link_articles(articles, ["text/a1.xhtml", "text/a2.xhtml"])
    assert make_resolver(articles, linked, 0)(target) == expected
