"""Fetches the pictures of an article that are on the web, several at a time, each once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec

from exporter.article import Article, Resource
from exporter.errors import Notice, SourceError
from exporter.sources.files import is_too_large_error
from exporter.sources.host_queues import split_host
from exporter.sources.http_client import Client, HttpRequest
from exporter.sources.markup import is_web_address
from exporter.sources.picture_limit import OVER_LIMIT, ByteBudget

MAX_WORKERS = 4
"""Pictures that are fetched at a time; browsers open 6 connections to a host."""

MAX_PICTURE_BYTES = 40_000_000
"""Bytes of one picture; chosen: above photographs as cameras write them."""

MAX_PICTURES = 2_000
"""Pictures of one article that are fetched; chosen: 40 seconds at the pace below, within `input.deadline`."""

MAX_NOTICES_PER_HOST = 3
"""Pictures of one host that are named in a notice each; more of them are one notice. Chosen by eye."""

_PICTURE_REQUEST = HttpRequest("image/*, */*;q=0.1", pace_seconds=0.02, max_tries=2)
_KEEP_REMEDY = ": to keep it, save the page with its pictures"
_NON_PICTURE_TYPES = ("text/", "application/json", "application/xhtml", "audio/", "video/")


def fetch_pictures(
    article: Article, client: Client, max_bytes: int, seconds_left: float | None = None
) -> tuple[Article, tuple[Notice, ...]]:
    """Return the article with the bytes of its pictures; one that cannot be fetched stays as it is, with a notice.

    All that are fetched have at most `max_bytes` together, and come within `seconds_left`; None means `input.deadline`.
    """
    names = {resource.source: resource.name for resource in article.resources if _is_remote(resource)}
    addresses = list(names)[:MAX_PICTURES]
    if not addresses:
        return article, ()
    budget = ByteBudget(max_bytes)
    deadline = client.start_deadline(seconds_left)
    with ThreadPoolExecutor(min(MAX_WORKERS, len(addresses))) as pool:
        answers = dict(
            zip(
                addresses,
                pool.map(lambda address: _fetch_picture(client, address, budget, deadline), addresses),
                strict=True,
            )
        )
    filled = tuple(_fill_resource(resource, answers.get(resource.source, "")) for resource in article.resources)
    missing = {address: answer for address, answer in answers.items() if isinstance(answer, str)}
    return msgspec.structs.replace(article, resources=filled), tuple(_make_notices(missing, names))


def _make_notices(causes: dict[str, str], names: dict[str, str]) -> Iterator[Notice]:
    """Yield a notice for each picture that is missing, by the cause of its address; one for many of one host."""
    by_host: dict[str, list[str]] = {}
    for address in causes:
        by_host.setdefault(split_host(address), []).append(address)
    for host, addresses in by_host.items():
        if len(addresses) > MAX_NOTICES_PER_HOST:
            reasons = "; ".join(dict.fromkeys(causes[address] for address in addresses))
            yield Notice(host, f"{len(addresses)} pictures are missing, each for one of these causes: {reasons}")
            continue
        for address in addresses:
            cause = causes[address]
            yield Notice(
                names[address], f"{address}: {cause}" if cause == OVER_LIMIT else f"{address} {cause}{_KEEP_REMEDY}"
            )


def _is_remote(resource: Resource) -> bool:
    return not resource.data and not resource.path and is_web_address(resource.source)


def _fetch_picture(client: Client, address: str, budget: ByteBudget, deadline: float) -> bytes | str:
    """Return the bytes of a picture, or the cause why there is none."""
    max_bytes = min(MAX_PICTURE_BYTES, budget.remaining_bytes)
    if not max_bytes:
        return OVER_LIMIT
    try:
        page = client.get(address, msgspec.structs.replace(_PICTURE_REQUEST, max_bytes=max_bytes), deadline)
    except SourceError as error:
        if is_too_large_error(error) and max_bytes < MAX_PICTURE_BYTES:
            return OVER_LIMIT
        return f"could not be fetched ({error.cause})"
    if not page.data or page.media_type.startswith(_NON_PICTURE_TYPES):
        return f"is not a picture ({page.media_type or 'empty'})"
    return page.data if budget.take(len(page.data)) else OVER_LIMIT


def _fill_resource(resource: Resource, answer: bytes | str) -> Resource:
    fits = isinstance(answer, bytes) and _is_remote(resource)
    return msgspec.structs.replace(resource, data=answer) if fits else resource
