"""The pictures of an article that are still elsewhere: fetched side by side, politely, each once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import msgspec

from exporter.article import Article, Resource
from exporter.errors import Notice, SourceError
from exporter.sources.http_client import Client, HttpRequest

MAX_WORKERS = 4
"""Pictures that are fetched at a time (browsers: 6 from one host)."""

MAX_PICTURE_BYTES = 40_000_000
"""Bytes of one picture."""

MAX_PICTURES = 2_000
"""Pictures of one article that are fetched."""

_PICTURE_REQUEST = HttpRequest("image/*, */*;q=0.1", MAX_PICTURE_BYTES, pace=0.1, tries=2)
_NON_PICTURE_TYPES = ("text/", "application/json", "application/xhtml", "audio/", "video/")


def fetch_pictures(article: Article, client: Client) -> tuple[Article, tuple[Notice, ...]]:
    """Return the article with its pictures' bytes; one that cannot be had is a notice and stays as it was."""
    wanted = {resource.source: resource.name for resource in article.resources if _is_remote(resource)}
    addresses = list(wanted)[:MAX_PICTURES]
    if not addresses:
        return article, ()
    with ThreadPoolExecutor(min(MAX_WORKERS, len(addresses))) as pool:
        answers = dict(
            zip(addresses, pool.map(lambda address: _fetch_picture(client, address), addresses), strict=True)
        )
    filled = tuple(_fill_resource(resource, answers.get(resource.source, "")) for resource in article.resources)
    notices = tuple(Notice(wanted[address], answer) for address, answer in answers.items() if isinstance(answer, str))
    return msgspec.structs.replace(article, resources=filled), notices


def _is_remote(resource: Resource) -> bool:
    return not resource.data and not resource.path and resource.source.lower().startswith(("http://", "https://"))


def _fetch_picture(client: Client, address: str) -> bytes | str:
    """The bytes of a picture, or why there are none."""
    try:
        page = client.get(address, _PICTURE_REQUEST)
    except SourceError as error:
        return f"{address}: {error.cause}"
    if not page.data or page.media_type.startswith(_NON_PICTURE_TYPES):
        return f"{address}: it is no picture but {page.media_type or 'empty'}"
    return page.data


def _fill_resource(resource: Resource, answer: bytes | str) -> Resource:
    fits = isinstance(answer, bytes) and _is_remote(resource)
    return msgspec.structs.replace(resource, data=answer) if fits else resource
