"""The export of Omnivore: a ZIP archive with lists of metadata, and the text of each article beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import msgspec

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers.file_signatures import ZIP_START
from exporter.readers.page.html_encoding import decode_html
from exporter.sources import LinkedPage
from exporter.sources.item_selection import ListItem, select_items
from exporter.sources.markup import damaged_error, empty_entry_error
from exporter.sources.reading_lists import convert_item, normalize_names
from exporter.sources.zips import Archive

_METADATA_MARK = re.compile(rb"metadata_\d+_to_\d+\.json")
_METADATA_NAME = re.compile(r"(?:.*/)?metadata_(\d+)_to_\d+\.json")


def recognises(document: Document) -> bool:
    """Whether a document is a ZIP archive with a file that is named as Omnivore names its lists."""
    return document.data.startswith(ZIP_START) and _METADATA_MARK.search(document.data) is not None


def contents(document: Document, settings: InputSettings) -> Iterator[Document | LinkedPage | SourceError]:
    """Yield each item, in order: the article if the archive holds it, else the link to its page."""
    return select_items(_iter_items(Archive(document, settings.largest), document.name), settings)


def _iter_items(archive: Archive, name: str) -> Iterator[ListItem | SourceError]:
    lists = {int(found[1]): path for path in archive.names() if (found := _METADATA_NAME.fullmatch(path))}
    for _, path in sorted(lists.items()):
        try:
            items = msgspec.json.decode(archive.read(path), type=list[dict[str, object]])
        except (msgspec.DecodeError, RecursionError) as error:
            yield damaged_error(f"{name}:{path}", error)
            continue
        for item in items:
            yield _convert_item(item, PurePosixPath(path).parent, archive, name)


def _convert_item(
    item: dict[str, object], folder: PurePosixPath, archive: Archive, name: str
) -> ListItem | SourceError:
    """Return an item with its text, which is called after its slug."""
    content = str(folder / "content" / f"{item.get('slug', '')}.html")
    fields = normalize_names(item)
    if content in archive:
        fields["content"] = decode_html(archive.read(content))
    return convert_item(fields, f"{name}:{content}") or empty_entry_error(f"{name}:{content}")
