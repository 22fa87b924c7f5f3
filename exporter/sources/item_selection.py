"""Chooses among the items of feeds and exports: the newest, those since a date, the unread ones, those with a tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.sources import LinkedPage


class ListItem(msgspec.Struct, frozen=True):
    """An item of a feed or an export, and what the choice depends on.

    `date` is ISO 8601: when it was published, or saved to the list; None if unknown. `unread` is None if the list does
    not say whether the item was read.
    """

    part: Document | LinkedPage
    date: str | None = None
    tags: tuple[str, ...] = ()
    unread: bool | None = None


def select_items(
    items: Iterable[ListItem | SourceError], settings: InputSettings
) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield the chosen items in their order; an item without a date, or that may be read or not, is never left out."""
    chosen = (item for item in items if isinstance(item, SourceError) or _fits(item, settings))
    for item in _take_newest(list(chosen), settings.limit) if settings.limit else chosen:
        yield item if isinstance(item, SourceError) else item.part


def parse_moment(text: str) -> datetime | None:
    """Return the moment of an ISO 8601 date or time (UTC if it states no zone), or None if it is not one."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fits(item: ListItem, settings: InputSettings) -> bool:
    if settings.unread and item.unread is False:
        return False
    if settings.tags and not {tag.casefold() for tag in settings.tags}.intersection(map(str.casefold, item.tags)):
        return False
    since, moment = parse_moment(settings.since), parse_moment(item.date or "")
    return since is None or moment is None or moment >= since


def _take_newest(items: list[ListItem | SourceError], limit: int) -> Iterator[ListItem | SourceError]:
    """Yield the newest items up to a number, in the order of the list; those without a date count as the oldest.

    Of items of the same date, or without one, the first are taken.
    """

    def age(number: int) -> tuple[float, int]:
        item = items[number]
        moment = parse_moment(item.date or "") if isinstance(item, ListItem) else None
        return (-moment.timestamp() if moment else float("inf"), number)

    newest = sorted(range(len(items)), key=age)[:limit]
    yield from (items[number] for number in sorted(newest))
