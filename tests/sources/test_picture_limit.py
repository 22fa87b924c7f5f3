"""The pictures of one article have a limit together, wherever they are."""

from __future__ import annotations

from pathlib import Path

from exporter.article import Article, Metadata, Resource
from exporter.config import InputSettings
from exporter.sources import fetch_images
from exporter.sources.picture_limit import limit_pictures


def test_pictures_over_the_limit_lose_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "b.png").write_bytes(b"x" * 50)
    resources = (
        Resource("a.png", data=b"x" * 60),
        Resource("b.png", path=str(tmp_path / "b.png")),
        Resource("c.png", data=b"x" * 40),
        Resource("d.png", path=str(tmp_path / "missing.png")),
    )
    article, notices = limit_pictures(Article(Metadata("Fog"), (), resources=resources), 100)
    assert [(resource.name, len(resource.data), bool(resource.path)) for resource in article.resources] == [
        ("a.png", 60, False),
        ("b.png", 0, False),
        ("c.png", 40, False),
        ("d.png", 0, True),
    ]
    assert [notice.subject for notice in notices] == ["b.png"]


def test_the_limit_is_a_setting() -> None:
    article = Article(Metadata("Fog"), (), resources=(Resource("a.png", data=b"x" * 60),))
    assert fetch_images(article, InputSettings(largest_pictures=60)) == (article, ())
    limited, notices = fetch_images(article, InputSettings(largest_pictures=59))
    assert limited.resources == (Resource("a.png"),)
    assert len(notices) == 1
