"""Pages that are large, and what is meant to cost much: they are read in full, or refused in two lines."""

from __future__ import annotations

import base64

import pytest

from exporter.article import Figure
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import read
from tests.sources.test_containers import LONG, PNG


@pytest.mark.parametrize("location", ["", "https://quay.example/fog"])
def test_a_page_with_long_pictures_within_is_read(location: str) -> None:
    """A page of 20 MB, which the parser refuses: its pictures are taken out before."""
    pictures = [PNG + bytes((number,)) * 3_000_000 for number in range(5)]
    uris = [f"data:image/png;base64,{base64.b64encode(picture).decode()}" for picture in pictures]
    body = "".join(f"<p>{LONG}</p><img src='{uri}' alt='A quay'>" for uri in (*uris, uris[0]))
    page = f"<html><body><article><h1>Fog</h1>{body}<p>{LONG}</p></article></body></html>"
    article = read(Document("page.html", page.encode(), location=location), InputSettings()).article
    assert [resource.data for resource in article.resources] == pictures
    assert sum(isinstance(block, Figure) for block in article.blocks) == 6
