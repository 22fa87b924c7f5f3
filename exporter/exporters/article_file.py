"""Saved articles: an article becomes JSON, which the reader `saved` reads back as it was.

What is made of a folder later, such as a digest, needs its source no more.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from exporter import article_json
from exporter.article import Article, Resource
from exporter.config import Config
from exporter.edition import Edition
from exporter.exporters import Written
from exporter.output import write_whole

SUFFIX = ".article.json"


def suffix(config: Config) -> str:  # noqa: ARG001  every article has the same
    """Return the suffix of a saved article."""
    return SUFFIX


def export(edition: Edition, path: Path) -> Written:
    """Write each article, its pictures inside, in the form of ``exporter show --json``; raises `OutputError`.

    An edition of several articles becomes a file for each, the second and the following ones with their number.
    """
    name = path.name.removesuffix(SUFFIX)
    paths = [path, *(path.with_name(f"{name}-{number}{SUFFIX}") for number in range(2, len(edition.works) + 1))]
    for place, work in zip(paths, edition.works, strict=True):
        write_whole(place, msgspec.json.encode(article_json.view(_make_portable(work.source_article))))
    return Written(tuple(paths))


def _make_portable(article: Article) -> Article:
    """Return an article that names no file of this machine."""
    metadata = msgspec.structs.replace(article.metadata, source=article.metadata.address or None)
    resources = tuple(map(_embed_data, article.resources))
    return msgspec.structs.replace(article, metadata=metadata, resources=resources)


def _embed_data(resource: Resource) -> Resource:
    """Return a picture with its bytes in place of its path; without both if its file is gone."""
    if not resource.path:
        return resource
    data = Path(resource.path).read_bytes() if Path(resource.path).is_file() else b""
    return msgspec.structs.replace(resource, data=data, path="")
